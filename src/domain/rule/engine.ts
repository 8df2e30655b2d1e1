import type { PresenceState } from '../presence/presenceState.ts'
import { kindInquiry, kindSeen, kindStatus, type RecordBatch } from '../records/records.ts'
import { addGap, divideGap, isCovered } from './coverage.ts'
import { earliestKey } from './deadlines.ts'
import { type DueSwitch, dueSwitchOf, releasesOf, ripeInOrder, ripen, ripeSwitches } from './decisions.ts'
import type { EventSink, PresenceEvent } from './events.ts'
import { foldQuietly, quietBefore } from './folding/foldQuietly.ts'
import { foldRecord } from './folding/foldRecord.ts'
import { inquired } from './folding/inquiry.ts'
import { enterStatus, noteSwitchDue } from './stays.ts'
import { armEverybody, armWaiting } from './triggers.ts'

/**
 * One record of a replay (contract §4.7): the deadlines that its stamp moves the clock past are decided first, then
 * the record acts. Events are appended in the order in which they came about.
 */
export function replayRecord(state: PresenceState, batch: RecordBatch, index: number, events: EventSink): void {
  const at = batch.at[index] as number
  if (isCovered(state)) {
    advanceCoverage(state, batch, index, events)
    if (state.ripe.length > 0) switchRipe(state, state.clock, events)
  } else {
    if (at > state.clock) state.clock = at
    if (earliestKey(state.deadlines) <= state.clock) decideUpTo(state, state.clock, 'past', events)
  }
  if (batch.kind[index] === kindInquiry) events.push(inquired(state, batch, index))
  else foldRecord(state, batch, index, events)
}

/** Decides everything up to an instant of a replay: `reached` includes the instant itself. */
export function decideUpTo(state: PresenceState, instant: number, reach: 'past' | 'reached', events: EventSink): void {
  for (;;) {
    const stepEnd = earliestKey(state.deadlines) + decisionStepMs
    const isLast = stepEnd >= instant || stepEnd === Number.POSITIVE_INFINITY
    const upTo = isLast ? instant : stepEnd
    ripen(state, { upTo, reach: isLast ? reach : 'reached', completedAt: null, exempt: null }, events)
    if (state.ripe.length > 0) switchRipe(state, upTo, events)
    else if (isLast) return
  }
}

/** Where a long time is over at once, so much of it is decided together: thousands at most wait in lists. */
const decisionStepMs = 1000

/**
 * Folds the records of a live turn (contract §4.8): they act, but nothing is decided between them, except that the
 * record which completes an operator's covered time is remembered. A stamp more than a minute after `now` is taken
 * as stamped at its arrival (§4.9). Answers how many were. Of inquiries, which a watcher does not report, nothing stays.
 */
export function foldLive(state: PresenceState, batch: RecordBatch, now: number, events: EventSink): number {
  let ahead = 0
  const latest = now + aheadToleranceMs
  for (let index = 0; ; index++) {
    const before = isCovered(state) ? Math.min(quietBefore(state), latest + 1) : latest + 1
    index = foldQuietly(state, batch, { from: index, before })
    if (index >= batch.length) break
    if ((batch.at[index] as number) > latest) {
      batch.at[index] = now
      ahead++
    }
    if (isCovered(state)) advanceCoverage(state, batch, index, events)
    else state.clock = Math.max(state.clock, batch.at[index] as number)
    if (batch.kind[index] === kindStatus) noteConfirmed(state, batch, index, events)
    foldRecord(state, batch, index, events)
  }
  state.inquiries.length = 0
  return ahead
}

/** A choice that changes nothing here does where somebody moved the operator and this state has not heard of it yet. */
function noteConfirmed(state: PresenceState, batch: RecordBatch, index: number, events: EventSink): void {
  const at = batch.at[index] as number
  const operator = batch.operator[index] as number
  const status = state.columns.status[operator] as number
  if (batch.subject[index] !== status || at < (state.columns.since[operator] as number)) return
  const id = (state.statuses[status] as { id: string }).id
  events.push({ type: 'confirmed', at, operator: state.operators[operator] as string, status: id })
}

/** A stamp further ahead of the present than this is not believed (contract §4.9). */
export const aheadToleranceMs = 60_000

/**
 * What a live turn has to switch at `now`. Changes no status: the caller commits the switches and then applies them
 * with `applySwitch`; until then every call answers them again, without those who came back.
 */
export function decideLive(state: PresenceState, now: number, events: EventSink): readonly DueSwitch[] {
  if (!isCovered(state)) ripen(state, { upTo: now, reach: 'past', completedAt: null, exempt: null }, events)
  return ripeSwitches(state, isCovered(state) ? state.clock : now)
}

/** The operator is in the target now. Answers the transition, in the past tense. */
export function applySwitch(state: PresenceState, due: DueSwitch): SwitchedEvent {
  const event = switchedBy(state, due)
  enterStatus(state, due.operator, state.rule.target, due.at)
  noteSwitchDue(state, due.operator, due.due)
  return event
}

export type SwitchedEvent = Extract<PresenceEvent, { type: 'status-entered' }>

/** What a due switch will have been once it is made. Changes nothing. */
export function switchedBy(state: PresenceState, due: DueSwitch): SwitchedEvent {
  const { columns, statuses, operators, rule } = state
  const lastSeen = columns.lastSeen[due.operator] as number
  return {
    type: 'status-entered',
    at: due.at,
    operator: operators[due.operator] as string,
    from: statuses[columns.status[due.operator] as number]?.id ?? null,
    to: (statuses[rule.target] as { id: string }).id,
    cause: 'auto-offline',
    due: due.due,
    lastSeen: Number.isFinite(lastSeen) ? lastSeen : null,
    by: 'opstat',
  }
}

/** The wall clock was set back by `stepMs` under a running watcher: what was seen keeps its age. */
export function shiftBack(state: PresenceState, stepMs: number): void {
  const { since, lastSeen, lastDialogueAt, switchDue, heldFrom } = state.columns
  for (const column of [since, lastSeen, lastDialogueAt, switchDue, heldFrom, state.sessions.at, state.dialogues.at]) {
    for (let index = 0; index < column.length; index++) column[index] = (column[index] as number) - stepMs
  }
  const { coverage } = state
  for (let index = 0; index < coverage.ends.length; index++) {
    coverage.starts[index] = (coverage.starts[index] as number) - stepMs
    coverage.ends[index] = (coverage.ends[index] as number) - stepMs
  }
  if (coverage.tickedFrom !== null) coverage.tickedFrom -= stepMs
  state.clock -= stepMs
  state.latestSwitchDue -= stepMs
  armEverybody(state)
}

function switchRipe(state: PresenceState, upTo: number, events: EventSink): void {
  const ripe = ripeInOrder(state, upTo)
  const held = ripe.filter((operator) => !Number.isNaN(state.columns.heldFrom[operator] as number))
  const releases = releasesOf(
    state,
    held.map((operator) => dueSwitchOf(state, operator)),
  )
  for (const released of releases) events.push(released)
  for (const operator of ripe) events.push(applySwitch(state, dueSwitchOf(state, operator)))
  state.ripe = []
}

/** Moves the covered clock to the record and notes whose covered time it completes, itself not yet having acted. */
function advanceCoverage(state: PresenceState, batch: RecordBatch, index: number, events: EventSink): void {
  const { deadlines } = state
  const at = batch.at[index] as number
  const feedTimeoutMs = state.rule.feedTimeoutMs as number
  const from = state.coverage.tickedFrom as number
  if (at > state.clock) {
    if (at - state.clock > feedTimeoutMs) addGap(state.coverage, Math.max(state.clock, from), at)
    state.clock = at
  } else if (at > from && at < state.clock) deadlines.behindMs += divideGap(state.coverage, at, feedTimeoutMs)
  // Beyond the clock all time counts, so a deadline comes nearer by no more than what counts after all.
  if (earliestKey(deadlines) - deadlines.behindMs > state.clock) return
  armWaiting(state)
  const exempt = isSignOfLife(batch.kind[index] as number) ? { operator: batch.operator[index] as number, at } : null
  ripen(state, { upTo: state.clock, reach: 'reached', completedAt: at, exempt }, events)
}

function isSignOfLife(kind: number): boolean {
  return kind <= kindStatus || kind === kindSeen
}
