import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Transition } from '../history/history.ts'
import { createRecorded, type Recorded } from '../history/recorded.ts'
import { presenceOf } from '../presence/live.ts'
import { countReceiving, operatorNamed, type PresenceState } from '../presence/presenceState.ts'
import { createBatch, kindSeen, kindStatus, pushRecord, type RecordBatch } from '../records/records.ts'
import type { ReplayResult } from '../replay/replay.ts'
import { foldLive } from '../rule/engine.ts'
import type { PresenceEvent } from '../rule/events.ts'
import { createTrace, type Trace, traceBatch } from './trace.ts'

/** The presence of an instant in the past, put together again. */
export interface LookBack {
  readonly state: PresenceState
  readonly trace: Trace
  readonly instant: number
  /** Choices in the feed stamped up to then are in the history already. */
  readonly recordedUntil: number
  readonly events: PresenceEvent[]
}

/** Everybody where the history has them at the instant; the feed is still to be read. `operator` may have left. */
export function startLookBack(
  operator: { readonly id: string; readonly isThere: boolean },
  past: {
    readonly catalogue: Catalogue
    readonly recorded: Recorded
    readonly instant: number
    readonly recordedUntil: number
  },
): LookBack {
  const { catalogue, recorded, instant, recordedUntil } = past
  const state = presenceOf(catalogue, recorded)
  const index = operatorNamed(state, operator.id)
  // Nothing is known of somebody who is not recorded yet, or has left.
  if (!recorded.stays.has(operator.id)) state.columns.status[index] = -1
  if (!operator.isThere) state.columns.present[index] = 0
  countReceiving(state)
  return { state, trace: createTrace(index), instant, recordedUntil, events: [] }
}

/** Takes in a batch of the feed: all of it for the trace, what is stamped up to the instant for the presence. */
export function lookAtBatch({ state, trace, instant, recordedUntil, events }: LookBack, batch: RecordBatch): void {
  traceBatch(trace, state, batch)
  const kept = createBatch(batch.length)
  for (let index = 0; index < batch.length; index++) {
    const at = batch.at[index] as number
    if (at > instant) continue
    const kind = batch.kind[index] as number
    pushRecord(kept, {
      at,
      kind: kind === kindStatus && at <= recordedUntil ? kindSeen : kind,
      operator: batch.operator[index] as number,
      subject: batch.subject[index] as number,
    })
  }
  foldLive(state, kept, instant, events)
}

/** One operator's transitions among the events of a look back: choices that nobody had recorded. */
export function unrecordedChoices({ events }: LookBack, operator: string): Transition[] {
  return events.flatMap((event) => {
    if (event.type !== 'status-entered' || event.operator !== operator) return []
    const { type: _, ...transition } = event
    return [transition]
  })
}

/** A replay's transitions up to an instant, as if a history had recorded them. */
export function recordedByReplay(result: ReplayResult, instant: number): Recorded {
  const recorded = createRecorded()
  const from = result.from
  if (from === null || from > instant) return recorded
  for (const [operator, status] of result.startStatus) {
    if (status !== '') recorded.stays.set(operator, { status, since: from, cause: 'admin', due: null })
  }
  for (const { at, operator, to, cause, due } of result.transitions) {
    if (at <= instant) recorded.stays.set(operator, { status: to, since: at, cause, due })
  }
  return recorded
}
