import { kindBeat, kindClose, kindOpen, kindStatus, kindTick, type RecordBatch } from '../records/records.ts'
import type { OperatorTrace, Pairs, Survey } from './survey.ts'

const mostDistances = 50
const mostRecent = 4096
/** What a stamp in seconds looks like when it is taken for milliseconds: a day of early 1970. */
const latestInSeconds = 5_000_000_000
/** Records may overtake each other by so much on their way. */
const overtakingMs = 5000

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
    notePair(survey, { operator, at })
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
function notePair(survey: Survey, { operator, at }: NonNullable<Survey['previous']>): void {
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
