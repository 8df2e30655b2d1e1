import type { Failure, StatusInUse, StatusUse } from '../../domain/failure.ts'
import { unreachable } from '../../domain/result.ts'
import { listed } from '../catalogue/outcome.ts'
import { type FailureWords, words } from './words.ts'

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
      | 'too-many'
  }
>

/** Refused by what the catalogue holds now. */
export function wordConflict(failure: Conflict): FailureWords {
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
    case 'too-many':
      return words(
        `there can be no more than ${failure.limit.toLocaleString('en')} ${failure.of}`,
        failure.of === 'statuses'
          ? 'remove one first: opstat status delete STATUS'
          : 'remove one first: opstat operator remove OPERATOR',
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
function wordUse(use: StatusUse, status: string): string {
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
    default:
      return unreachable(use)
  }
}

/** "ana is", "ana and ben are", "ana, ben, eva and 4 others are". */
function people(operators: readonly string[]): string {
  const named = operators.slice(0, 3)
  const others = operators.length - named.length
  const parts = others > 0 ? [...named, `${others} ${others === 1 ? 'other' : 'others'}`] : named
  return `${listed(parts)} ${operators.length === 1 ? 'is' : 'are'}`
}

/** As it can be typed after a command. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
