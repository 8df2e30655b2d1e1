import { forgetGapsBefore } from '../rule/coverage.ts'
import { isReceiving, type PresenceState } from './presenceState.ts'
import { sweepSlots, sweepWhenGrown } from './slots.ts'

/*
 * A watcher runs for months, and a panel may call its session by another name at each reload. What can't matter any
 * more is forgotten, so that memory follows what is going on and not how long it has been going on.
 */

/** A session is kept at least so long after it was heard: a longer time-out set meanwhile still finds it. */
const leastKeptMs = 3_600_000
/** Gaps are kept at least so long: a record may come in so late and begin a stay, and its deadline, before them. */
const gapsKeptMs = 7 * 24 * 3_600_000
/** Fewer old gaps than this are not worth asking all operators whether one of them needs them. */
const fewGaps = 64

/** Forgets what can't matter at `now` or later, where enough has come together. No record may be on its way. */
export function forgetPast(state: PresenceState, now: number): void {
  forgetClosedDialogues(state)
  sweepWhenGrown(state.sessions, isUnheardSince(state, now - sessionsKeptMs(state)))
  const oldest = now - gapsKeptMs
  const { ends } = state.coverage
  if ((ends[fewGaps] ?? Number.POSITIVE_INFINITY) <= oldest)
    forgetGapsBefore(state.coverage, Math.min(oldest, earliestBase(state)))
}

/** The same of all sessions at once, before they are written down. */
export function forgetPastSessions(state: PresenceState, now: number): void {
  forgetSessionsBefore(state, now - sessionsKeptMs(state))
}

/** A closed dialogue is like one that never was (contract §3), at any time. */
export function forgetClosedDialogues({ dialogues }: PresenceState): void {
  sweepWhenGrown(dialogues, (slot) => dialogues.open[slot] === 0)
}

/**
 * Forgets the sessions last heard before an instant. With one that lies back by the session time-out or more this
 * changes nothing: they are not active, and an older record of them that still comes in could not make them so.
 */
export function forgetSessionsBefore(state: PresenceState, instant: number): void {
  sweepSlots(state.sessions, isUnheardSince(state, instant))
}

function sessionsKeptMs({ rule }: PresenceState): number {
  return Math.max(leastKeptMs, rule.sessionTimeoutMs)
}

function isUnheardSince({ sessions }: PresenceState, instant: number): (slot: number) => boolean {
  return (slot) => (sessions.at[slot] as number) < instant
}

/** No deadline is counted from an earlier instant than this. */
function earliestBase(state: PresenceState): number {
  const { lastSeen, since } = state.columns
  let earliest = Number.POSITIVE_INFINITY
  for (let operator = 0; operator < state.operators.length; operator++) {
    if (!isReceiving(state, operator)) continue
    const base = Math.max(lastSeen[operator] as number, since[operator] as number)
    if (base > Number.NEGATIVE_INFINITY && base < earliest) earliest = base
  }
  return earliest
}
