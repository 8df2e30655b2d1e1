import type { PresenceState } from '../../presence/presenceState.ts'
import { kindClose, type RecordBatch } from '../../records/records.ts'
import { isCovered } from '../coverage.ts'
import { earliestKey } from '../deadlines.ts'

/**
 * Folds heartbeats that decide nothing, as nearly all do, without asking of each what it might decide: somebody is
 * still there, at a time that goes on as expected. Does what `replayRecord` and `foldLive` would do with them. Answers
 * the index of the first record that may be more than that: not a heartbeat, stamped at `before` or later, or of a
 * time that was decided already.
 */
export function foldQuietly(
  state: PresenceState,
  batch: RecordBatch,
  { from, before }: { readonly from: number; readonly before: number },
): number {
  // A deadline that came up already is decided by any record, also by an older one.
  if (state.undecided > 0 || before <= state.clock) return from
  const { at, kind, operator, subject, length } = batch
  const { at: heardAt, open } = state.sessions
  const { lastSeen } = state.columns
  const { latestSwitchDue } = state
  // Where only covered time counts, a record out of order divides gaps and a long silence makes one.
  const covered = isCovered(state)
  const mostMs = covered ? (state.rule.feedTimeoutMs as number) : Number.POSITIVE_INFINITY
  let { clock } = state
  let late = 0
  let index = from
  for (; index < length; index++) {
    const stamp = at[index] as number
    const code = kind[index] as number
    if (code > kindClose || stamp >= before || stamp <= latestSwitchDue) break
    if (stamp > clock) {
      if (stamp - clock > mostMs) break
      clock = stamp
    } else if (covered && stamp < clock) break
    const who = operator[index] as number
    if (stamp >= (lastSeen[who] as number)) lastSeen[who] = stamp
    else late++
    const session = subject[index] as number
    if (stamp < (heardAt[session] as number)) continue
    heardAt[session] = stamp
    open[session] = code === kindClose ? 0 : 1
  }
  state.clock = clock
  state.late += late
  return index
}

/** Before this stamp no deadline comes up in a replay, and none of covered time. */
export function quietBefore({ deadlines }: PresenceState): number {
  return earliestKey(deadlines) - deadlines.behindMs
}
