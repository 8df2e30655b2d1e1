import type {
  DurationFlaw,
  Expected,
  IdFlaw,
  IntervalFlaw,
  NameFlaw,
  Problem,
  ProblemKind,
} from '../../domain/catalogue/rules/problem.ts'
import { unreachable } from '../../domain/result.ts'
import { formatTime } from '../../domain/time.ts'

/** A broken rule in one line: its place, what was found there and what is allowed. */
export function wordProblem(problem: Problem): string {
  const { file, line, path } = problem
  const place = [...(file === undefined ? [] : [file]), ...(line === undefined ? [] : [`line ${line}`]), path]
  return `${place.join(', ')}: ${wordProblemKind(problem)}`
}

/** The same without its place, for a value that came from a flag or an answer. */
export function wordProblemKind(problem: ProblemKind): string {
  switch (problem.kind) {
    case 'wrong-type':
      if (problem.value === null && problem.expected === 'object')
        return 'there is nothing here, and an object is expected'
      return `${quote(problem.value)} is not ${expectedWords[problem.expected]}`
    case 'missing':
      return `${quote(problem.key)} is missing`
    case 'bad-status-id':
      return `${quote(problem.value)} is no status id: ${statusIdWords[problem.flaw]}`
    case 'bad-operator-id':
      return `${quote(problem.value)} is no operator id: ${operatorIdWords[problem.flaw]}`
    case 'bad-calendar-id':
      return `${quote(problem.value)} is no calendar id: ${operatorIdWords[problem.flaw]}`
    case 'bad-name':
      return `${quote(problem.value)} can't be a name: ${nameWords[problem.flaw]}`
    case 'bad-color':
      return `${quote(problem.value)} is no colour: write #rgb, #rrggbb or a CSS colour name`
    case 'color-as-comment':
      return `there is no value: in YAML an unquoted # begins a comment; write "${problem.value}" in quotes`
    case 'bad-choice':
      return `${quote(problem.value)} is not one of ${problem.choices.join(', ')}`
    case 'bad-duration':
      return `${quote(problem.value)} ${durationWords[problem.flaw]}`
    case 'bad-time':
      return `${quote(problem.value)} is no time: write RFC 3339 such as 2026-11-22T10:00:00Z, or epoch milliseconds`
    case 'bad-time-or-date':
      return `${quote(problem.value)} is no time: write a date such as 2026-11-22, or RFC 3339 such as 2026-11-22T10:00:00Z`
    case 'bad-time-zone':
      return `${quote(problem.value)} is no time zone: write an IANA name such as Europe/Kyiv`
    case 'bad-date':
      return `${quote(problem.value)} is no date: write YYYY-MM-DD`
    case 'bad-weekday':
      return `${quote(problem.value)} is no weekday: write mon, tue, wed, thu, fri, sat or sun`
    case 'bad-interval':
      return `${problem.from}–${problem.to} ${intervalWords[problem.flaw]}`
    case 'bad-share':
      return `${quote(problem.value)} is no share: write a number above 0 and at most 1`
    case 'bad-guard':
      return `${quote(problem.value)} is no guard: write a percentage such as 30%, {"share": 0.3, "atLeast": 3, "hold": "2m"}, or off`
    case 'bad-count':
      return `${quote(problem.value)} is no count: write a whole number from 1`
    case 'both-flags':
      return `${quote(problem.status)} has both canReceive and countAfterClose: only one of them can be true`
    default:
      return wordRelation(problem)
  }
}

type Relation = Extract<
  ProblemKind,
  {
    kind:
      | 'duplicate-id'
      | 'duplicate-name'
      | 'name-is-id'
      | 'contradiction'
      | 'unknown-status'
      | 'unknown-calendar'
      | 'unknown-operator'
      | 'receiving-target'
      | 'enabled-without-status'
      | 'too-many-statuses'
      | 'too-many-operators'
      | 'relative-without-start'
      | 'bad-record'
      | 'unknown-key'
      | 'before-start'
      | 'after-until'
  }
>

/** Problems between one place and another. */
function wordRelation(problem: Relation): string {
  switch (problem.kind) {
    case 'duplicate-id':
      return `the ${problem.of} id ${quote(problem.value)} is already used at ${problem.firstPath}`
    case 'duplicate-name':
      return `the name ${quote(problem.value)} is already used at ${problem.firstPath} (upper and lower case count as one)`
    case 'name-is-id':
      return `the name ${quote(problem.value)} is the id of another status, at ${problem.otherPath}`
    case 'contradiction':
      return `${quote(problem.value)} contradicts ${quote(problem.other)} at ${problem.otherPath}`
    case 'unknown-status':
      return `there is no status ${quote(problem.value)}`
    case 'unknown-calendar':
      return `there is no calendar ${quote(problem.value)}`
    case 'unknown-operator':
      return `there is no operator ${quote(problem.value)}`
    case 'receiving-target':
      return `${quote(problem.status)} can receive, so ${problem.setting} can't name it: absent operators would stay in the routing`
    case 'enabled-without-status':
      return 'auto-offline is enabled without a status: name one, or disable it'
    case 'too-many-statuses':
      return `${problem.count} statuses are more than the 1,000 there may be`
    case 'too-many-operators':
      return `${problem.count} operators are more than the 1,000,000 there may be`
    case 'relative-without-start':
      return `${quote(problem.value)} counts from the start, and the scenario has none: add "start"`
    case 'bad-record':
      return badRecordWords(problem)
    case 'unknown-key':
      return unknownKeyWords(problem)
    case 'before-start':
      return `${formatTime(problem.at)} lies before the start, ${formatTime(problem.start)}`
    case 'after-until':
      return `${formatTime(problem.at)} lies after until, ${formatTime(problem.until)}: it is never played`
    default:
      return unreachable(problem)
  }
}

function badRecordWords({ reason, value }: Extract<ProblemKind, { kind: 'bad-record' }>): string {
  switch (reason) {
    case 'unknown-event':
      return `${quote(value)} is no event of the feed`
    case 'too-long':
      return `the line of this ${value} would be longer than the 64 KiB that a reader takes`
    default:
      return unreachable(reason)
  }
}

function unknownKeyWords({ key, similar, known }: Extract<ProblemKind, { kind: 'unknown-key' }>): string {
  const meant = similar.length > 0 ? `did you mean ${similar.join(' or ')}?` : `there are ${known.join(', ')}`
  return `nothing reads the key ${quote(key)}: ${meant}`
}

const expectedWords: Record<Expected, string> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  boolean: 'true or false',
  'string-or-null': 'a text or null',
  'object-or-null': 'an object or null',
  'version-1': 'version 1, the only one there is',
}

const statusIdWords: Record<IdFlaw, string> = {
  empty: 'it is empty',
  'too-long': 'it is longer than 63 characters',
  characters: 'a to z, 0 to 9, _ and - are allowed, the first a letter or digit',
}

/** Ids of calendars follow the same rule. */
const operatorIdWords: Record<IdFlaw, string> = {
  empty: 'it is empty',
  'too-long': 'it is longer than 64 characters',
  characters: 'blanks and control characters are not allowed',
}

const nameWords: Record<NameFlaw, string> = {
  empty: 'it is empty',
  'too-long': 'it is longer than 64 characters',
  control: 'it holds a control character',
  bidirectional: 'it holds a character that reverses the direction of text',
  'zero-width': 'it holds an invisible character',
  'lone-surrogate': 'it holds half of a character',
}

const durationWords: Record<DurationFlaw, string> = {
  form: 'is no duration: write it like 90s, 10m, 1h30m or 2d',
  'bare-number': 'is no duration: say the unit, as in 90s or 10m',
  'too-short': 'is too short: a second is the shortest',
  'too-long': 'is too long: offline-after takes up to 24h, everything else up to 366d',
  'not-nullable': 'is no duration: here one is needed',
}

const intervalWords: Record<IntervalFlaw, string> = {
  clock: 'is no interval: write both ends as HH:MM',
  overlap: 'overlaps another interval of the day',
}

/** A value as it would stand in a file, cut where it is long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
