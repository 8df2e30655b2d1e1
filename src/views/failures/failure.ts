import type { Problem } from '../../domain/catalogue/rules/problem.ts'
import { commandLine, exitCodeOf, type Failure, type Unasked } from '../../domain/failure.ts'
import { unreachable } from '../../domain/result.ts'
import type { Paint } from '../painting/paint.ts'
import { printable } from '../painting/printable.ts'
import { jsonLine } from '../show.ts'
import { wordConflict } from './conflictWords.ts'
import { wordDifference } from './differenceWords.ts'
import { wordFile } from './fileWords.ts'
import { wordMistake } from './mistakeWords.ts'
import { wordProblem } from './problem.ts'
import { wordUnparsable } from './unparsableWords.ts'
import { type FailureWords, meant, words } from './words.ts'

/** As people read it on stderr, without a newline at the end. */
export function showFailure(failure: Failure, paint: Paint): string {
  return showWords(wordFailure(failure), paint)
}

export function showWords(worded: FailureWords, paint: Paint): string {
  const { chalk } = paint
  const lines = [
    `${chalk.red('error:')} ${printable(worded.message)}`,
    ...worded.details.map((detail) => `  - ${printable(detail)}`),
  ]
  if (worded.hint !== null) lines.push(`${chalk.dim('hint:')} ${printable(worded.hint)}`)
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

/** Words for every refusal: those about command lines, the catalogue and files have pages of their own. */
export function wordFailure(failure: Failure): FailureWords {
  switch (failure.code) {
    case 'usage':
      return wordMistake(failure)
    case 'missing-answer':
      return words(`${failure.what} is missing, and ${unaskedWords[failure.why]}`, `give ${failure.flag}`)
    case 'confirmation-needed':
      return words(`${failure.action} needs a yes, and ${unaskedWords[failure.why]}`, `add ${failure.flag}`)
    case 'invalid':
      return wordInvalid(failure)
    case 'unparsable':
      return wordUnparsable(failure)
    case 'status-not-found':
      return wordNotFound('status', failure, 'opstat status list')
    case 'operator-not-found':
      return wordNotFound('operator', failure, 'opstat operator list')
    case 'calendar-not-found':
      return wordNotFound('calendar', failure, 'opstat export, under "calendars"')
    case 'setting-not-found':
      return words(`there is no setting "${failure.reference}"`, `the settings are ${failure.known.join(', ')}`)
    case 'differences':
      return wordDifference(failure)
    case 'not-permitted':
      return wordNotPermitted(failure)
    case 'id-taken':
    case 'name-taken':
    case 'name-is-id':
    case 'id-is-name':
    case 'status-in-use':
    case 'receiving-in-use':
    case 'calendar-in-use':
    case 'too-many':
      return wordConflict(failure)
    default:
      return wordFile(failure)
  }
}

const unaskedWords: Record<Unasked | 'none-there', string> = {
  'no-terminal': 'there is no terminal to ask on',
  'no-input': 'asking was ruled out with --no-input',
  'none-there': 'there is none to choose from',
}

function wordInvalid(failure: Extract<Failure, { code: 'invalid' }>): FailureWords {
  const problems = failure.problems.map(wordProblem)
  const { source, mend } = failure
  const otherwise = mend === undefined ? null : mendWords(mend, source)
  const [first] = problems
  if (problems.length === 1 && first !== undefined) {
    if (source !== commandLine)
      return words(`${source}: ${first}`, otherwise ?? 'nothing was changed; mend it and try again')
    const [problem] = failure.problems
    return words(first, hintFor(problem?.kind))
  }
  return {
    message: `${source} has ${problems.length} problems`,
    details: problems,
    hint: otherwise ?? 'nothing was changed; mend all of them and try again',
  }
}

function mendWords(mend: NonNullable<Extract<Failure, { code: 'invalid' }>['mend']>, source: string): string {
  switch (mend) {
    case 'validate-as-manifest':
      return `as a manifest it is valid: opstat validate ${source} --as manifest`
    case 'play-as-feed':
      return 'it looks like a feed: replay it with --heartbeats FILE'
    case 'mend-import':
      return 'the manifest was printed as it is: mend it by hand, or import again with --rename ID=NAME or --map ID=skip'
    default:
      return unreachable(mend)
  }
}

/** Of times and zones, which mostly say what to show, the message says all there is. */
function hintFor(kind: Problem['kind'] | undefined): string | null {
  switch (kind) {
    case 'both-flags':
      return bothFlagsHint
    case 'bad-time':
    case 'bad-time-or-date':
    case 'bad-time-zone':
    case 'before-start':
      return null
    default:
      return 'nothing was changed'
  }
}

const bothFlagsHint =
  'give only one; on a status that has the other already, switch that off: --no-can-receive or --no-count-after-close'

function wordNotFound(
  what: string,
  failure: { readonly reference: string; readonly similar: readonly string[] },
  list: string,
): FailureWords {
  return words(`there is no ${what} "${failure.reference}"`, `${meant(failure.similar)}see: ${list}`)
}

function wordNotPermitted(failure: Extract<Failure, { code: 'not-permitted' }>): FailureWords {
  const { account, operator, deed } = failure
  const who = operator === null ? 'which belongs to no operator' : `the operator ${operator}`
  const what = deed.kind === 'change' ? `change the ${deed.what}` : `set the status of ${deed.operator}`
  return words(
    `the account ${account} (${who}) may not ${what}`,
    'ask a supervisor or administrator; whose account is whose stands in: opstat operator list',
  )
}
