import { compareIds } from '../../order.ts'
import { isReceiving, type PresenceState } from '../../presence/presenceState.ts'
import type { RecordBatch } from '../../records/records.ts'
import type { PresenceEvent } from '../events.ts'
import { activeSessions } from './foldRecord.ts'

/** Who could take an inquiry when it arrived, and who of them had no panel open (contract §6). Changes nothing. */
export function inquired(state: PresenceState, batch: RecordBatch, index: number): PresenceEvent {
  const at = batch.at[index] as number
  const eligible: string[] = []
  const absent: string[] = []
  for (let operator = 0; operator < state.operators.length; operator++) {
    if (!isReceiving(state, operator)) continue
    const id = state.operators[operator] as string
    eligible.push(id)
    if (activeSessions(state, operator, at) === 0) absent.push(id)
  }
  return {
    type: 'inquired',
    at,
    inquiry: state.inquiries[batch.subject[index] as number] as string,
    eligible: eligible.sort(compareIds),
    absent: absent.sort(compareIds),
  }
}
