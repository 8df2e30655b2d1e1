import { exitCodeOf, type Failure, type FileAction, type StatusInUse, type StatusUse } from '../domain/failure.ts'
import { unreachable } from '../domain/result.ts'
import { formatDuration, formatTime } from '../domain/time.ts'
import { wordErrno } from './errno.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'
import { wordProblem } from './problem.ts'
import { jsonLine } from './show.ts'

/** A refusal in words. Each names the value that was wrong and the command or flag that mends it. */
export interface FailureWords {
  readonly message: string
  readonly details: readonly string[]
  readonly hint: string | null
}

/** As people read it on stderr, without a newline at the end. */
export function showFailure(failure: Failure, paint: Paint): string {
  return showWords(wordFailure(failure), paint)
}

export function showWords(words: FailureWords, paint: Paint): string {
  const { chalk } = paint
  const lines = [
    `${chalk.red('error:')} ${printable(words.message)}`,
    ...words.details.map((detail) => `  - ${printable(detail)}`),
  ]
  if (words.hint !== null) lines.push(`${chalk.dim('hint:')} ${printable(words.hint)}`)
  return lines.join('\n')
}

/** As programs read it on stderr: one line of JSON (contract §2), without a newline at the end. */
export function failureLine(failure: Failure): string {
  return errorLine({ code: failure.code, ...wordFailure(failure), exitCode: exitCodeOf(failure) })
}

export function errorLine(error: FailureWords & { readonly code: string; readonly exitCode: number }): string {
  const { code, message, hint, details, exitCode } = error
  return jsonLine({ error: { code, message, hint, details, exitCode } })
}

/** The one place that words refusals. */
export function wordFailure(failure: Failure): FailureWords {
  switch (failure.code) {
    case 'usage':
      return words(failure.message, failure.hint)
    case 'missing-answer':
      return words(`${failure.what} is missing, and there is no terminal to ask on`, `give ${failure.flag}`)
    case 'confirmation-needed':
      return words(`${failure.action} needs a yes, and there is no terminal to ask on`, `add ${failure.flag}`)
    case 'invalid':
      return wordInvalid(failure)
    case 'unparsable':
      return words(`${failure.source} can't be read: ${failure.reason}`, failure.hint)
    case 'status-not-found':
      return wordNotFound('status', failure, 'opstat status list')
    case 'operator-not-found':
      return wordNotFound('operator', failure, 'opstat operator list')
    case 'calendar-not-found':
      return wordNotFound('calendar', failure, 'opstat export, under "calendars"')
    case 'setting-not-found':
      return words(`there is no setting "${failure.reference}"`, `the settings are ${failure.known.join(', ')}`)
    case 'differences':
      return { message: failure.what, details: failure.details, hint: null }
    case 'not-permitted':
      return wordNotPermitted(failure)
    case 'id-taken':
    case 'name-taken':
    case 'name-is-id':
    case 'id-is-name':
    case 'status-in-use':
    case 'receiving-in-use':
    case 'calendar-in-use':
    case 'last-status':
    case 'too-many':
    case 'no-status-choice':
      return wordConflict(failure)
    default:
      return wordFile(failure)
  }
}

type Conflict = Extract<
  Failure,
  {
    code:
      | 'id-taken'
      | 'name-taken'
      | 'name-is-id'
      | 'id-is-name'
      | 'status-in-use'
      | 'receiving-in-use'
      | 'calendar-in-use'
      | 'last-status'
      | 'too-many'
      | 'no-status-choice'
  }
>

/** Refused by what the catalogue holds now. */
function wordConflict(failure: Conflict): FailureWords {
  switch (failure.code) {
    case 'id-taken':
      return words(
        `the ${failure.of} id "${failure.id}" is taken`,
        `choose another ${failure.of === 'status' ? 'with --id' : 'id'}, or see: opstat ${failure.of} show ${shellWord(failure.id)}`,
      )
    case 'name-taken':
      return words(
        `the name "${failure.name}" is taken by the status ${failure.status}`,
        `choose another name, or see: opstat status show ${failure.status}`,
      )
    case 'name-is-id':
      return words(
        `the name "${failure.name}" is the id of another status`,
        `choose another name, or see: opstat status show ${failure.status}`,
      )
    case 'id-is-name':
      return words(
        `the id "${failure.id}" is the name of the status ${failure.status}`,
        `choose another with --id, or see: opstat status show ${failure.status}`,
      )
    case 'status-in-use':
      return wordInUse([failure, ...failure.others])
    case 'receiving-in-use':
      return {
        message: `the status "${failure.name}" (${failure.status}) can't receive: absent operators are put into it`,
        details: failure.uses.map((use) => wordUse(use, failure.status)),
        hint: 'name another status there first, or leave can-receive off with --no-can-receive',
      }
    case 'calendar-in-use':
      return words(
        `the calendar "${failure.calendar}" is in use: ${people(failure.operators)} assigned to it`,
        'give them another first: opstat operator edit OPERATOR --calendar CALENDAR',
      )
    case 'last-status':
      return words(
        `"${failure.status}" is the last status, and a catalogue needs one`,
        'add another first: opstat status create NAME',
      )
    case 'too-many':
      return words(
        `there can be no more than ${failure.limit.toLocaleString('en')} ${failure.of}`,
        failure.of === 'statuses'
          ? 'remove one first: opstat status delete STATUS'
          : 'remove one first: opstat operator remove OPERATOR',
      )
    case 'no-status-choice':
      return words(
        `there is no status that the operator "${failure.operator}" could start in`,
        'name one with --status, or set one for all: opstat settings set default-offline STATUS',
      )
    default:
      return unreachable(failure)
  }
}

function wordInUse(kept: readonly StatusInUse[]): FailureWords {
  const named = kept.map(({ name, status }) => `"${name}" (${status})`)
  const several = kept.length > 1
  return {
    message: several ? `the statuses ${named.join(', ')} are in use` : `the status ${named[0]} is in use`,
    details: kept.flatMap(({ uses, status }) =>
      uses.map((use) => (several ? `${status}: ${wordUse(use, status)}` : wordUse(use, status))),
    ),
    hint: 'nothing was deleted; settle each of these first',
  }
}

/** What keeps a status, and the command that ends it. */
export function wordUse(use: StatusUse, status: string): string {
  switch (use.by) {
    case 'auto-offline':
      return use.enabled
        ? 'auto-offline switches absent operators to it; to change that: opstat settings set auto-offline STATUS (or none)'
        : 'auto-offline, switched off, remembers it; to change that: opstat settings set auto-offline none'
    case 'default-offline':
      return 'it is the default offline status; to change that: opstat settings set default-offline STATUS (or none)'
    case 'calendar':
      return `the calendar ${use.calendar} plans it; to change that: opstat export, edit the calendar, opstat apply -f FILE`
    case 'operators-in':
      return `${people(use.operators)} in it; to move them: opstat status delete ${status} --move-to STATUS`
    case 'operators-start':
      return `${people(use.operators)} to start in it; to move them: opstat status delete ${status} --move-to STATUS`
    case 'move-to':
      return 'it is deleted too, so nobody can be moved there; name another status with --move-to STATUS'
    case 'move-to':
      return 'it is to be deleted itself; name a status that stays: --move-to STATUS'
    default:
      return unreachable(use)
  }
}

type FileFailure = Extract<
  Failure,
  {
    code:
      | 'busy'
      | 'changed-underneath'
      | 'file'
      | 'store-missing'
      | 'not-json'
      | 'newer-version'
      | 'not-a-file'
      | 'history-broken'
  }
>

/** Files and whoever else holds them. */
function wordFile(failure: FileFailure): FailureWords {
  switch (failure.code) {
    case 'busy':
      return words(
        `${failure.file} is held by ${wordHolder(failure.holder)}, also after ${formatDuration(failure.waitedMs)} of waiting`,
        'try again; nothing was changed',
      )
    case 'changed-underneath':
      return words(
        `${failure.file} was changed by another program at the same moment`,
        'try again; nothing was changed',
      )
    case 'file':
      return words(
        `can't ${actionWords[failure.action]} ${failure.file}: ${wordErrno(failure.errno)} (${failure.errno})`,
        failure.hint,
      )
    case 'store-missing':
      return words(
        `there is no catalogue at ${failure.file}`,
        'create one with opstat init, or name another with --store FILE',
      )
    case 'not-json':
      return words(
        `${failure.file} is not JSON, from line ${failure.line}, column ${failure.column}; it was left as it is`,
        failure.backup === null
          ? 'mend it in an editor, then run: opstat validate'
          : `mend it in an editor, or take back the last good version: ${failure.backup}`,
      )
    case 'newer-version':
      return words(
        `${failure.file} has version ${failure.version}, which is newer than this opstat understands (1)`,
        'use a newer opstat; the file was left as it is',
      )
    case 'not-a-file':
      return words(`${failure.file} is a ${failure.found}, not a file`, 'name a file')
    case 'history-broken':
      return words(
        `${failure.file}, line ${failure.line}: ${failure.reason}`,
        'see what is wrong with it: opstat history verify',
      )
    default:
      return unreachable(failure)
  }
}

const actionWords: Record<FileAction, string> = {
  read: 'read',
  write: 'write',
  create: 'create',
  lock: 'lock',
  append: 'append to',
}

function wordInvalid(failure: Extract<Failure, { code: 'invalid' }>): FailureWords {
  const problems = failure.problems.map(wordProblem)
  const [first] = problems
  if (problems.length === 1 && first !== undefined) return words(`${failure.source}: ${first}`, 'nothing was changed')
  return {
    message: `${failure.source} has ${problems.length} problems`,
    details: problems,
    hint: 'nothing was changed; mend all of them and try again',
  }
}

function wordNotFound(
  what: string,
  failure: { readonly reference: string; readonly similar: readonly string[] },
  list: string,
): FailureWords {
  const meant = failure.similar.length === 0 ? '' : `did you mean ${failure.similar.join(' or ')}? `
  return words(`there is no ${what} "${failure.reference}"`, `${meant}see: ${list}`)
}

function wordNotPermitted(failure: Extract<Failure, { code: 'not-permitted' }>): FailureWords {
  const who = failure.operator === null ? 'which belongs to no operator' : `the operator ${failure.operator}`
  return words(
    `the account ${failure.account} (${who}) may not ${failure.action}`,
    'ask a supervisor or administrator; whose account is whose stands in: opstat operator list',
  )
}

function wordHolder(holder: { readonly pid: number; readonly since: number } | null): string {
  return holder === null ? 'another process' : `process ${holder.pid} since ${formatTime(holder.since)}`
}

/** "ana is", "ana and ben are", "ana, ben, eva and 4 others are". */
function people(operators: readonly string[]): string {
  const named = operators.slice(0, 3)
  const others = operators.length - named.length
  const parts = others > 0 ? [...named, `${others} ${others === 1 ? 'other' : 'others'}`] : named
  const last = parts.at(-1) ?? 'nobody'
  const text = parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
  return `${text} ${operators.length === 1 ? 'is' : 'are'}`
}

/** As it can be typed after a command. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

function words(message: string, hint: string | null): FailureWords {
  return { message, details: [], hint }
}
