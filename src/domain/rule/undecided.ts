import type { PresenceState } from '../presence/presenceState.ts'
import { armOperator } from './triggers.ts'

/* Who is held by the guard or waits for their switch to be made: counted, since hardly ever anybody is. */

/** A sign of life or a new status: a decision that was held or not yet carried out is void. */
export function clearDecision(state: PresenceState, operator: number): void {
  const { heldFrom, ripeAt } = state.columns
  if (!isUndecided(state, operator)) return
  state.undecided--
  heldFrom[operator] = Number.NaN
  ripeAt[operator] = Number.NaN
  armOperator(state, operator)
}

/** The guard holds the operator's switch with the wave that began at `from`. */
export function hold(state: PresenceState, operator: number, from: number): void {
  if (!isUndecided(state, operator)) state.undecided++
  state.columns.heldFrom[operator] = from
}

/** The operator's switch waits to be made. */
export function noteRipe(state: PresenceState, operator: number, at: number): void {
  if (!isUndecided(state, operator)) state.undecided++
  state.columns.ripeAt[operator] = at
  state.ripe.push(operator)
}

function isUndecided({ columns }: PresenceState, operator: number): boolean {
  return !Number.isNaN(columns.heldFrom[operator] as number) || !Number.isNaN(columns.ripeAt[operator] as number)
}
