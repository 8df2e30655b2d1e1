import {
  kindBeat,
  kindClose,
  kindOpen,
  kindStatus,
  kindTick,
  type RecordBatch,
  type RecordNames,
} from '../records/records.ts'

/** What the check holds a feed against. Milliseconds. */
export interface SurveyRule {
  /** Null: the rule is off. */
  readonly offlineAfterMs: number | null
  readonly sessionTimeoutMs: number
  readonly feedTimeoutMs: number
  /** Epoch milliseconds. */
  readonly now: number
}

/** Whom and what the feed may name; null: no catalogue says so, and every name will do. */
export interface Known {
  readonly operators: ReadonlySet<string>
  isStatus(reference: string): boolean
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
  /** Pairs of neighbouring records of different origin: how many, how many in the wrong order, and by how much. */
  readonly before: Pairs
  readonly after: Pairs
}

interface Pairs {
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

const mostDistances = 50
const mostRecent = 4096
const mostNamed = 1000
/** What a stamp in seconds looks like when it is taken for milliseconds: a day of early 1970. */
const latestInSeconds = 5_000_000_000
/** Records may overtake each other by so much on their way. */
const overtakingMs = 5000

export function createSurvey(rule: SurveyRule, known: Known | null): Survey {
  const operators: OperatorTrace[] = []
  const sessions: SessionTrace[] = []
  const unknownOperators = new Map<string, number>()
  const unknownStatuses = new Map<string, number>()
  return {
    rule,
    names: namesOf({ known, operators, sessions, unknownOperators, unknownStatuses }),
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

/** Takes in the next records, in the feed's order. */
export function surveyBatch(survey: Survey, batch: RecordBatch): void {
  for (let index = 0; index < batch.length; index++) {
    const at = batch.at[index] as number
    const kind = batch.kind[index] as number
    const operator = batch.operator[index] as number
    const subject = batch.subject[index] as number
    survey.records++
    if (kind === kindTick) survey.ticks++
    else if (operator !== -1 && isRepeated(survey, `${at} ${kind} ${operator} ${subject}`)) survey.duplicates++
    noteStamp(survey, at)
    notePair(survey, operator, at)
    if (kind <= kindStatus) noteSign(survey, { operator, session: kind === kindStatus ? -1 : subject, kind, at })
    survey.clock = Math.max(survey.clock, at)
  }
}

function isRepeated({ recent }: Survey, key: string): boolean {
  if (recent.has(key)) return true
  recent.add(key)
  if (recent.size > mostRecent) for (const oldest of [...recent].slice(0, mostRecent / 2)) recent.delete(oldest)
  return false
}

function noteStamp(survey: Survey, at: number): void {
  const { rule, clock } = survey
  survey.from = Math.min(survey.from, at)
  if (Math.abs(at) < latestInSeconds) survey.inSeconds++
  if (at > rule.now + 60_000) note(survey.ahead, at - rule.now)
  if (clock - at > overtakingMs) note(survey.backwards, clock - at)
  if (at - clock > rule.feedTimeoutMs && Number.isFinite(clock)) {
    const open = survey.sessions.filter((session) => session.open && clock - session.at <= rule.sessionTimeoutMs).length
    survey.gaps.push({ from: clock, to: at, open })
    survey.gapMs += at - clock
  }
}

function note(sum: { count: number; mostMs: number }, ms: number): void {
  sum.count++
  sum.mostMs = Math.max(sum.mostMs, ms)
}

/** Whose stamps stand mostly behind, or before, those of their neighbours has another clock. */
function notePair(survey: Survey, operator: number, at: number): void {
  const { previous } = survey
  survey.previous = { operator, at }
  if (previous === null || previous.operator === operator) return
  const wrongMs = Math.max(0, previous.at - at)
  addPair(survey.operators[previous.operator]?.before, wrongMs)
  addPair(survey.operators[operator]?.after, wrongMs)
}

function addPair(pairs: Pairs | undefined, wrongMs: number): void {
  if (pairs === undefined) return
  pairs.count++
  if (wrongMs < overtakingMs) return
  pairs.wrong++
  pairs.wrongMs += wrongMs
}

function noteSign(survey: Survey, sign: { operator: number; session: number; kind: number; at: number }): void {
  const { at, kind } = sign
  const operator = survey.operators[sign.operator] as OperatorTrace
  const session = survey.sessions[sign.session]
  const silentMs = at - operator.lastSeen - (survey.ticks > 0 ? survey.gapMs - operator.gapMsThen : 0)
  const { offlineAfterMs } = survey.rule
  if (offlineAfterMs !== null && session?.open === true && silentMs > offlineAfterMs && Number.isFinite(silentMs)) {
    survey.returns.push({ operator: sign.operator, session: session.name, from: operator.lastSeen, to: at })
  }
  if (at > operator.lastSeen) {
    operator.lastSeen = at
    operator.gapMsThen = survey.gapMs
  }
  if (session === undefined) return
  if (kind === kindBeat && session.open && at > session.at && session.distances.length < mostDistances) {
    session.distances.push(at - session.at)
  }
  session.at = Math.max(session.at, at)
  if (kind === kindOpen || kind === kindBeat) session.open = true
  if (kind === kindClose) session.open = false
}

/** Operators, sessions and dialogues as small numbers, in the order of their first mention. */
function namesOf(into: {
  readonly known: Known | null
  readonly operators: OperatorTrace[]
  readonly sessions: SessionTrace[]
  readonly unknownOperators: Map<string, number>
  readonly unknownStatuses: Map<string, number>
}): RecordNames {
  const { known, operators, sessions, unknownOperators, unknownStatuses } = into
  const places = new Map<string, number>()
  const placeOf = (key: string, add: () => number): number => {
    const place = places.get(key) ?? add()
    places.set(key, place)
    return place
  }
  let others = 0
  const other = (key: string) => placeOf(key, () => others++)
  return {
    operatorIndex(id) {
      if (known !== null && !known.operators.has(id)) {
        countName(unknownOperators, id)
        return -1
      }
      return placeOf(`o ${id}`, () => operators.push(newOperator(id)) - 1)
    },
    statusIndex(reference) {
      if (known === null || known.isStatus(reference)) return other(`s ${reference}`)
      countName(unknownStatuses, reference)
      return -1
    },
    sessionSlot: (operator, name) =>
      placeOf(`p ${operator} ${name}`, () => {
        const at = Number.NEGATIVE_INFINITY
        return sessions.push({ operator, name, at, open: false, distances: [] }) - 1
      }),
    dialogueSlot: (operator, dialogue) => other(`d ${operator} ${dialogue}`),
    inquiryIndex: (inquiry) => other(`i ${inquiry}`),
  }
}

function newOperator(id: string): OperatorTrace {
  const pairs = (): Pairs => ({ count: 0, wrong: 0, wrongMs: 0 })
  return { id, lastSeen: Number.NEGATIVE_INFINITY, gapMsThen: 0, before: pairs(), after: pairs() }
}

function countName(names: Map<string, number>, name: string): void {
  if (names.has(name) || names.size < mostNamed) names.set(name, (names.get(name) ?? 0) + 1)
}
