import type { Catalogue } from '../catalogue/catalogue.ts'
import type { HistoryFact } from '../history/history.ts'
import type { Recorded, RecordedStay } from '../history/recorded.ts'
import { kindSeen, kindStatus, type RecordBatch } from '../records/records.ts'
import { addGap, isCovered } from '../rule/coverage.ts'
import { shiftBack } from '../rule/engine.ts'
import { enterStatus, noteSwitchDue } from '../rule/stays.ts'
import { armEverybody } from '../rule/triggers.ts'
import {
  configure,
  createPresenceState,
  isReceiving,
  operatorNamed,
  type PresenceState,
  statusIndexOfId,
} from './presenceState.ts'
import { confirmStep, isSlewed, latestBelieved, longestBlinkMs, type PresentTime } from './presentTime.ts'

/** A presence with everybody where the history says they are, nothing of the feed read yet. */
export function presenceOf(catalogue: Catalogue, recorded: Recorded): PresenceState {
  const state = createPresenceState(catalogue)
  adoptStays(state, recorded)
  return state
}

/** A changed catalogue: its statuses, flags, settings and roster from now on. */
export function adoptCatalogue(state: PresenceState, catalogue: Catalogue, recorded: Recorded): void {
  configure(state, catalogue)
  for (const [index, id] of state.operators.entries()) {
    const stay = recorded.stays.get(id)
    if (stay !== undefined && state.columns.since[index] === Number.NEGATIVE_INFINITY)
      adoptStay(state, index, stay, recorded)
  }
  armEverybody(state)
}

/** An entry that somebody else wrote, the truth of who is where; or what became of a choice that is yet to be written. */
export function adoptEntry(state: PresenceState, entry: HistoryFact, recorded: Recorded): void {
  if (entry.type !== 'status-entered') return
  const operator = operatorNamed(state, entry.operator)
  if (operator === -1) return
  adoptStay(state, operator, { status: entry.to, since: entry.at, cause: entry.cause, due: entry.due }, recorded)
}

/** Marks records whose choices are in the history already: their status records are signs of life alone. */
export function muteChoices(batch: RecordBatch): void {
  for (let index = 0; index < batch.length; index++) if (batch.kind[index] === kindStatus) batch.kind[index] = kindSeen
}

/** Marks likewise the choices that the history tells of, wherever in the feed they are read again. */
export function muteRecordedChoices(
  { operators, statuses }: PresenceState,
  batch: RecordBatch,
  { endedChoices }: Recorded,
): void {
  if (endedChoices.size === 0) return
  for (let index = 0; index < batch.length; index++) {
    if (batch.kind[index] !== kindStatus) continue
    const choices = endedChoices.get(operators[batch.operator[index] as number] as string)
    const status = statuses[batch.subject[index] as number]?.id
    const isRecorded = choices?.some((choice) => choice.at === batch.at[index] && choice.status === status)
    if (isRecorded === true) batch.kind[index] = kindSeen
  }
}

/**
 * Follows a step of all clocks (`presentTime.ts`) that the newest record of a batch confirms: forward, the time that
 * was stepped over doesn't count; backward, what was seen keeps its age. Answers the step in milliseconds.
 */
export function followStep(state: PresenceState, present: PresentTime, batch: RecordBatch): number {
  if (batch.length === 0) return 0
  const before = present.steady + present.offsetMs
  const stepMs = confirmStep(present, batch.at[batch.length - 1] as number)
  if (stepMs > 0) {
    addGap(state.coverage, before, before + stepMs)
    armEverybody(state)
  }
  if (stepMs < 0) shiftBack(state, -stepMs)
  return stepMs
}

/**
 * What was stamped before a step back of the clocks and is read after it counts as stamped now, for its stamp lies
 * ahead, also where older records have confirmed the step already. Answers how many stamps were more than slewed.
 */
export function capStamps(present: PresentTime, batch: RecordBatch): number {
  const latest = latestBelieved(present)
  let capped = 0
  for (let index = 0; index < batch.length; index++) {
    const at = batch.at[index] as number
    if (at <= latest) continue
    batch.at[index] = latest
    if (!isSlewed(at - latest)) capped++
  }
  return capped
}

/**
 * From the feed's last record to the present nothing counts while nobody watched (contract §4.8): from `awakeAt`, when
 * somebody last did, null where nobody knows, until somebody did again. A feed with ticks says itself what counts.
 * Call it after the feed was read to its end. Answers how much time was left out, in milliseconds.
 */
export function leaveOutUnwatched(state: PresenceState, awakeAt: number | null, wokeAt: number): number {
  if (isCovered(state) || (awakeAt !== null && wokeAt - awakeAt <= longestBlinkMs)) return 0
  const from = Math.max(
    awakeAt !== null && awakeAt <= wokeAt ? awakeAt : Number.NEGATIVE_INFINITY,
    Math.min(state.clock, wokeAt),
  )
  if (!Number.isFinite(from) || from >= wokeAt) return 0
  addGap(state.coverage, from, wokeAt)
  return wokeAt - from
}

/**
 * What was known of the feed is lost and a part of the feed as well: a receiving operator without a surviving sign of
 * life counts as seen at the time of the rebuild (contract §4.11).
 */
export function countAsSeen(state: PresenceState, now: number): void {
  const { lastSeen, since } = state.columns
  for (let operator = 0; operator < state.operators.length; operator++) {
    const isUnheard = lastSeen[operator] === Number.NEGATIVE_INFINITY && (since[operator] as number) < now
    if (isUnheard && isReceiving(state, operator)) lastSeen[operator] = now
  }
  armEverybody(state)
}

function adoptStays(state: PresenceState, recorded: Recorded): void {
  for (const [id, stay] of recorded.stays) {
    const operator = operatorNamed(state, id)
    if (operator !== -1) adoptStay(state, operator, stay, recorded)
  }
}

function adoptStay(state: PresenceState, operator: number, stay: RecordedStay, recorded: Recorded): void {
  enterStatus(state, operator, statusIndexOfId(state, stay.status, recorded.statuses.get(stay.status)), stay.since)
  if (stay.cause === 'auto-offline' && stay.due !== null) noteSwitchDue(state, operator, stay.due)
}
