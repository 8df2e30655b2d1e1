import { isReceiving, type PresenceState } from '../presence/presenceState.ts'
import { afterCounted } from './coverage.ts'
import { arm, disarmAll } from './deadlines.ts'

/**
 * The instant until which a receiving operator may be silent (contract §4.3): counted from the last sign of life or
 * the stay's beginning, whichever is later. Infinity where the rule is off, the
 * operator is not subject to it, or nothing is known yet to count from.
 */
export function deadlineOf(state: PresenceState, operator: number): number {
  const { rule, columns } = state
  if (rule.offlineAfterMs === null || !isReceiving(state, operator)) return Number.POSITIVE_INFINITY
  const base = Math.max(columns.lastSeen[operator] as number, columns.since[operator] as number)
  return base === Number.NEGATIVE_INFINITY
    ? Number.POSITIVE_INFINITY
    : afterCounted(state.coverage, base, rule.offlineAfterMs)
}

/** When a held operator is released: `hold` after the wave's first deadline, but not before their own. Else NaN. */
export function releaseOf(state: PresenceState, operator: number): number {
  const heldFrom = state.columns.heldFrom[operator] as number
  if (Number.isNaN(heldFrom)) return Number.NaN
  const holdMs = state.rule.guard?.holdMs ?? 0
  return Math.max(afterCounted(state.coverage, heldFrom, holdMs), deadlineOf(state, operator))
}

/** The instant at which something happens to an operator who stays silent. */
export function triggerOf(state: PresenceState, operator: number): number {
  const release = releaseOf(state, operator)
  return Number.isNaN(release) ? deadlineOf(state, operator) : release
}

/** Asks again at the operator's deadline. Does nothing for one who is not subject to the rule or not begun yet. */
export function armOperator(state: PresenceState, operator: number): void {
  if (state.columns.since[operator] === Number.NEGATIVE_INFINITY) return
  const trigger = triggerOf(state, operator)
  if (trigger !== Number.POSITIVE_INFINITY) arm(state.deadlines, operator, trigger)
}

/** Catches up with deadlines that came nearer. A switch that is ripe keeps the time of what completed it. */
export function armWaiting(state: PresenceState): void {
  if (state.deadlines.behindMs === 0) return
  state.deadlines.behindMs = 0
  for (let operator = 0; operator < state.operators.length; operator++) {
    if (Number.isNaN(state.columns.ripeAt[operator] as number)) armOperator(state, operator)
  }
}

/** Asks anew about everybody: after a change of settings, flags or roster. */
export function armEverybody(state: PresenceState): void {
  disarmAll(state.deadlines)
  state.ripe = []
  state.columns.ripeAt.fill(Number.NaN)
  state.undecided = 0
  for (let operator = 0; operator < state.operators.length; operator++) {
    if (!Number.isNaN(state.columns.heldFrom[operator] as number)) state.undecided++
    armOperator(state, operator)
  }
}
