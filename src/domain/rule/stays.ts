import { isReceiving, type PresenceState } from '../presence/presenceState.ts'
import { armOperator } from './triggers.ts'
import { clearDecision } from './undecided.ts'

/** The deadline of the last automatic switch: signs of life up to it come too late. */
export function noteSwitchDue(state: PresenceState, operator: number, due: number): void {
  state.columns.switchDue[operator] = due
  if (due > state.latestSwitchDue) state.latestSwitchDue = due
}

/** Puts an operator into a status, as the history or a record says; the stay begins at `since`. */
export function enterStatus(state: PresenceState, operator: number, status: number, since: number): void {
  const { columns } = state
  if (isReceiving(state, operator)) state.receivingCount--
  columns.status[operator] = status
  columns.since[operator] = since
  clearDecision(state, operator)
  if (!isReceiving(state, operator)) return
  state.receivingCount++
  armOperator(state, operator)
}
