import type { Problem } from './catalogue/rules/problem.ts'
import type { ToldAlteration } from './history/history.ts'
import type { Mistake } from './mistake.ts'
import type { Discrepancy } from './reports/discrepancy.ts'

/** A place that names a status and so keeps it from being deleted. */
export type StatusUse =
  | { readonly by: 'auto-offline'; readonly enabled: boolean }
  | { readonly by: 'default-offline' }
  | { readonly by: 'calendar'; readonly calendar: string }
  | { readonly by: 'operators-in'; readonly operators: readonly string[] }
  | { readonly by: 'operators-start'; readonly operators: readonly string[] }
  /** It is itself among those deleted, and the place where the others' operators were to go. */
  | { readonly by: 'move-to' }

/** What an account is about to do, where settings may ask who it is. */
export type Deed =
  | { readonly kind: 'change'; readonly what: 'statuses' | 'settings' | 'roster' | 'catalogue' }
  | { readonly kind: 'set-status'; readonly operator: string }

/** A status that can't be changed as wanted, and everything that keeps it. */
export interface StatusInUse {
  readonly status: string
  readonly name: string
  readonly uses: readonly StatusUse[]
}

/** Why nobody can be asked: there is no terminal, or it was not wanted. */
export type Unasked = 'no-terminal' | 'no-input'

/** Where a refusal says that a value came from: a flag, an argument or an answer; its path is the field's name. */
export const commandLine = 'command line'

/** Every refusal there is, as facts. The words are in `views/failures/failure.ts`; `exitCodeOf` says how the process ends. */
export type Failure =
  // Usage, judged without the catalogue's rules: exit 2.
  | ({ readonly code: 'usage' } & Mistake)
  | {
      readonly code: 'missing-answer'
      readonly what: string
      readonly why: Unasked | 'none-there'
      readonly flag: string
    }
  | { readonly code: 'confirmation-needed'; readonly action: string; readonly why: Unasked; readonly flag: string }
  // Content that breaks a rule: exit 3.
  | {
      readonly code: 'invalid'
      readonly source: string
      readonly problems: readonly Problem[]
      /** It would do as a manifest or a feed, or it is a manifest that an import printed all the same. */
      readonly mend?: 'validate-as-manifest' | 'play-as-feed' | 'mend-import'
    }
  | ({ readonly code: 'unparsable'; readonly source: string } & Unparsable)
  // Something named does not exist: exit 4.
  | { readonly code: 'status-not-found'; readonly reference: string; readonly similar: readonly string[] }
  | { readonly code: 'operator-not-found'; readonly reference: string; readonly similar: readonly string[] }
  | { readonly code: 'calendar-not-found'; readonly reference: string; readonly similar: readonly string[] }
  | { readonly code: 'setting-not-found'; readonly reference: string; readonly known: readonly string[] }
  // Refused by the current state: exit 5.
  | { readonly code: 'id-taken'; readonly of: 'status' | 'operator'; readonly id: string }
  | { readonly code: 'name-taken'; readonly name: string; readonly status: string }
  | { readonly code: 'name-is-id'; readonly name: string; readonly status: string }
  | { readonly code: 'id-is-name'; readonly id: string; readonly status: string }
  | ({
      readonly code: 'status-in-use'
      /** The further ones, where several statuses were to be deleted. */
      readonly others: readonly StatusInUse[]
    } & StatusInUse)
  | {
      readonly code: 'receiving-in-use'
      readonly status: string
      readonly name: string
      readonly uses: readonly StatusUse[]
    }
  | { readonly code: 'calendar-in-use'; readonly calendar: string; readonly operators: readonly string[] }
  | { readonly code: 'too-many'; readonly of: 'statuses' | 'operators'; readonly limit: number }
  // Another process holds the store: exit 6.
  | {
      readonly code: 'busy'
      readonly file: string
      readonly holder: { readonly pid: number; readonly since: number } | null
      readonly waitedMs: number
    }
  | { readonly code: 'changed-underneath'; readonly file: string }
  // A file can't be read or written: exit 7.
  | {
      readonly code: 'file'
      readonly file: string
      readonly action: FileAction
      readonly errno: string
      readonly hint: FileHint | null
    }
  | { readonly code: 'store-missing'; readonly file: string }
  /** An address can't be listened on. */
  | { readonly code: 'address'; readonly host: string; readonly port: number; readonly errno: string }
  | {
      readonly code: 'not-json'
      readonly file: string
      readonly line: number
      readonly column: number
      readonly backup: string | null
    }
  | { readonly code: 'newer-version'; readonly file: string; readonly version: number }
  | { readonly code: 'not-a-file'; readonly file: string; readonly found: SpecialKind }
  | { readonly code: 'history-broken'; readonly file: string; readonly line: number; readonly reason: string }
  // Not permitted for this account: exit 8.
  | {
      readonly code: 'not-permitted'
      readonly account: string
      readonly operator: string | null
      readonly deed: Deed
    }
  // Differences: exit 10.
  | ({ readonly code: 'differences' } & Difference)

/** Why a text is no JSON or YAML document. */
export type Unparsable =
  | { readonly flaw: 'not-utf-8'; readonly line: number }
  /** `expected`: by the parser's own name for what is wrong there. Both counts from 1. */
  | { readonly flaw: 'json'; readonly line: number; readonly column: number; readonly expected: string }
  | { readonly flaw: 'no-json' }
  /** One JSON value on each line, as a feed has them. */
  | { readonly flaw: 'json-lines' }
  /** The parser's own words. `swallowed`: a colour that YAML took for a comment before. */
  | {
      readonly flaw: 'yaml'
      readonly reason: string
      readonly swallowed: { readonly color: string; readonly line: number } | null
    }
  | { readonly flaw: 'several-documents' }

/** What is not as it has to be: numbers of a report that contradict each other, or a history that somebody else changed. */
export type Difference =
  | { readonly of: 'report'; readonly discrepancies: readonly Discrepancy[] }
  | { readonly of: 'broken-history'; readonly file: string; readonly line: number; readonly reason: string }
  | { readonly of: 'altered-history'; readonly alterations: readonly ToldAlteration[] }

/** What stands where a file should be. */
export type SpecialKind = 'directory' | 'fifo' | 'socket' | 'device'

export type FileAction = 'read' | 'write' | 'create' | 'lock' | 'append'
/**
 * What the system's error alone does not say: a link lies where opstat keeps a file of its own and follows none, or
 * what was printed is incomplete, and whether the command itself was carried out.
 */
export type FileHint = 'link-not-followed' | 'output-lost' | 'output-lost-but-done'
export type FailureCode = Failure['code']

const exitCodes: Record<FailureCode, number> = {
  usage: 2,
  'missing-answer': 2,
  'confirmation-needed': 2,
  invalid: 3,
  unparsable: 3,
  'status-not-found': 4,
  'operator-not-found': 4,
  'calendar-not-found': 4,
  'setting-not-found': 4,
  'id-taken': 5,
  'name-taken': 5,
  'name-is-id': 5,
  'id-is-name': 5,
  'status-in-use': 5,
  'receiving-in-use': 5,
  'calendar-in-use': 5,
  'too-many': 5,
  busy: 6,
  'changed-underneath': 6,
  file: 7,
  'store-missing': 7,
  address: 7,
  'not-json': 7,
  'newer-version': 7,
  'not-a-file': 7,
  'history-broken': 7,
  'not-permitted': 8,
  differences: 10,
}

/** The process's exit code for a refusal (contract §2). */
export function exitCodeOf(failure: Failure): number {
  return exitCodes[failure.code]
}
