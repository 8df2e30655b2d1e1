/** The shape that a value should have had, for the words in `views/failures/problem.ts`. */
export type Expected = 'object' | 'array' | 'string' | 'boolean' | 'string-or-null' | 'object-or-null' | 'version-1'

export type NameFlaw = 'empty' | 'too-long' | 'control' | 'bidirectional' | 'zero-width' | 'lone-surrogate'
export type IntervalFlaw = 'clock' | 'overlap'
export type IdFlaw = 'empty' | 'too-long' | 'characters'

/** One broken rule of contract §1, as facts. The words are in `views/failures/problem.ts`. */
export type ProblemKind =
  | { readonly kind: 'wrong-type'; readonly expected: Expected; readonly value: unknown }
  | { readonly kind: 'missing'; readonly key: string }
  | { readonly kind: 'bad-status-id'; readonly flaw: IdFlaw; readonly value: string }
  | { readonly kind: 'bad-operator-id'; readonly flaw: IdFlaw; readonly value: string }
  | { readonly kind: 'bad-calendar-id'; readonly flaw: IdFlaw; readonly value: string }
  | { readonly kind: 'bad-name'; readonly flaw: NameFlaw; readonly value: string }
  | { readonly kind: 'bad-color'; readonly value: string }
  /** YAML takes an unquoted `#ff0000` for a comment. */
  | { readonly kind: 'color-as-comment'; readonly value: string }
  | { readonly kind: 'bad-choice'; readonly value: string; readonly choices: readonly string[] }
  | { readonly kind: 'bad-duration'; readonly value: string; readonly flaw: DurationFlaw }
  | { readonly kind: 'bad-time'; readonly value: string }
  | { readonly kind: 'bad-time-or-date'; readonly value: string }
  | { readonly kind: 'bad-time-zone'; readonly value: string }
  | { readonly kind: 'bad-date'; readonly value: string }
  | { readonly kind: 'bad-weekday'; readonly value: string }
  | {
      readonly kind: 'bad-interval'
      readonly from: string
      readonly to: string
      readonly flaw: IntervalFlaw
    }
  | { readonly kind: 'bad-share'; readonly value: unknown }
  /** A guard in one word, as on the command line. */
  | { readonly kind: 'bad-guard'; readonly value: string }
  | { readonly kind: 'bad-count'; readonly value: unknown }
  | { readonly kind: 'both-flags'; readonly status: string }
  | {
      readonly kind: 'duplicate-id'
      readonly of: 'status' | 'operator' | 'calendar'
      readonly value: string
      readonly firstPath: string
    }
  | { readonly kind: 'duplicate-name'; readonly value: string; readonly firstPath: string }
  | { readonly kind: 'name-is-id'; readonly value: string; readonly otherPath: string }
  /** Two manifests say different things of one setting. */
  | { readonly kind: 'contradiction'; readonly value: unknown; readonly other: unknown; readonly otherPath: string }
  | { readonly kind: 'unknown-status'; readonly value: string }
  | { readonly kind: 'unknown-calendar'; readonly value: string }
  | { readonly kind: 'receiving-target'; readonly status: string; readonly setting: 'auto-offline' | 'default-offline' }
  | { readonly kind: 'enabled-without-status' }
  | { readonly kind: 'too-many-statuses'; readonly count: number }
  | { readonly kind: 'too-many-operators'; readonly count: number }
  /** Scenarios: a relative time without a start, an unusable record, an unknown operator. */
  | { readonly kind: 'relative-without-start'; readonly value: string }
  | { readonly kind: 'bad-record'; readonly reason: 'unknown-event' | 'too-long'; readonly value: string }
  | { readonly kind: 'unknown-operator'; readonly value: string }
  /** Scenarios: a key that nothing reads, a time that the replay does not reach. */
  | {
      readonly kind: 'unknown-key'
      readonly key: string
      readonly similar: readonly string[]
      readonly known: readonly string[]
    }
  | { readonly kind: 'before-start'; readonly at: number; readonly start: number }
  | { readonly kind: 'after-until'; readonly at: number; readonly until: number }

export type DurationFlaw = 'form' | 'bare-number' | 'too-short' | 'too-long' | 'not-nullable'

/** A broken rule and its place: a JSON path such as `$.statuses[2].color`; a line where the text has lines; the file where there are several. */
export type Problem = ProblemKind & { readonly path: string; readonly line?: number; readonly file?: string }
