import type { RecordNames } from '../records/records.ts'
import { type Known, surveyedNames } from './surveyedNames.ts'

/** What the check holds a feed against. Milliseconds. */
export interface SurveyRule {
  /** Null: the rule is off. */
  readonly offlineAfterMs: number | null
  readonly sessionTimeoutMs: number
  readonly feedTimeoutMs: number
  /** Epoch milliseconds. */
  readonly now: number
}

/** A feed from its beginning, as far as it was read. Deliberately changed in place: a feed may be long. */
export interface Survey {
  readonly rule: SurveyRule
  /** Also counts the names that nobody knows. */
  readonly names: RecordNames
  readonly operators: OperatorTrace[]
  readonly sessions: SessionTrace[]
  readonly unknownOperators: Map<string, number>
  readonly unknownStatuses: Map<string, number>
  records: number
  ticks: number
  /** The earliest and the latest stamp. */
  from: number
  clock: number
  duplicates: number
  readonly recent: Set<string>
  readonly backwards: { count: number; mostMs: number }
  readonly ahead: { count: number; mostMs: number }
  inSeconds: number
  /** Silences of the whole feed beyond its time-out, and how many sessions were open then. */
  readonly gaps: { from: number; to: number; open: number }[]
  /** Their length so far. */
  gapMs: number
  /** Times that an operator was silent for longer than the rule allows and came back in the same session. */
  readonly returns: { operator: number; session: string; from: number; to: number }[]
  /** The record before, of whomever: its operator (-1: a tick or an inquiry) and stamp. */
  previous: { operator: number; at: number } | null
}

export interface OperatorTrace {
  readonly id: string
  lastSeen: number
  /** `gapMs` when last seen. */
  gapMsThen: number
  /** Pairs of neighbouring records of different origin. */
  readonly before: Pairs
  readonly after: Pairs
}

/** How many, how many in the wrong order, and by how much. */
export interface Pairs {
  count: number
  wrong: number
  wrongMs: number
}

export interface SessionTrace {
  readonly operator: number
  readonly name: string
  at: number
  open: boolean
  /** The first so many distances between its records. */
  readonly distances: number[]
}

export function createSurvey(rule: SurveyRule, known: Known | null): Survey {
  const operators: OperatorTrace[] = []
  const sessions: SessionTrace[] = []
  const unknownOperators = new Map<string, number>()
  const unknownStatuses = new Map<string, number>()
  return {
    rule,
    names: surveyedNames({ known, operators, sessions, unknownOperators, unknownStatuses }),
    operators,
    sessions,
    unknownOperators,
    unknownStatuses,
    records: 0,
    ticks: 0,
    from: Number.POSITIVE_INFINITY,
    clock: Number.NEGATIVE_INFINITY,
    duplicates: 0,
    recent: new Set(),
    backwards: { count: 0, mostMs: 0 },
    ahead: { count: 0, mostMs: 0 },
    inSeconds: 0,
    gaps: [],
    gapMs: 0,
    returns: [],
    previous: null,
  }
}
