import type { PresenceState } from '../presence/presenceState.ts'
import { slotName } from '../presence/slots.ts'
import { kindBeat, kindClose, kindOpen, kindSeen, kindStatus, type RecordBatch } from '../records/records.ts'

/** A sign of life of one operator as the feed has it. Epoch milliseconds. */
export interface Sign {
  readonly at: number
  readonly event: 'open' | 'beat' | 'close' | 'status'
  /** Null for a status record. */
  readonly session: string | null
}

/** What a session said last. */
export interface LastRecord extends Sign {
  readonly session: string
}

/** One operator's signs of life, in the feed's order, and the span that the feed covers. */
export interface Trace {
  readonly operator: number
  readonly signs: Sign[]
  /** The earliest and latest stamp of any record; null before the first. */
  from: number | null
  to: number | null
}

export function createTrace(operator: number): Trace {
  return { operator, signs: [], from: null, to: null }
}

/** Notes a batch's records of the operator. Call it before the batch is folded. */
export function traceBatch(trace: Trace, state: PresenceState, batch: RecordBatch): void {
  for (let index = 0; index < batch.length; index++) {
    const at = batch.at[index] as number
    if (trace.from === null || at < trace.from) trace.from = at
    if (trace.to === null || at > trace.to) trace.to = at
    const event = eventOf(batch.kind[index] as number)
    if (batch.operator[index] !== trace.operator || event === null) continue
    const session = event === 'status' ? null : slotName(state.sessions, batch.subject[index] as number)
    trace.signs.push({ at, event, session })
  }
}

/** The latest sign of life stamped at or before an instant; of several with one stamp the last read. */
export function lastSignUpTo({ signs }: Trace, instant: number): Sign | null {
  let last: Sign | null = null
  for (const sign of signs) if (sign.at <= instant && (last === null || sign.at >= last.at)) last = sign
  return last
}

/** The earliest sign of life stamped after an instant. */
export function firstSignAfter({ signs }: Trace, instant: number): Sign | null {
  let first: Sign | null = null
  for (const sign of signs) if (sign.at > instant && (first === null || sign.at < first.at)) first = sign
  return first
}

/** What each session had said last up to an instant, the latest first. */
export function sessionsUpTo({ signs }: Trace, instant: number): LastRecord[] {
  const last = new Map<string, LastRecord>()
  for (const { at, event, session } of signs) {
    if (session === null || at > instant || at < (last.get(session)?.at ?? at)) continue
    last.set(session, { at, event, session })
  }
  return [...last.values()].sort((a, b) => b.at - a.at)
}

function eventOf(kind: number): Sign['event'] | null {
  switch (kind) {
    case kindOpen:
      return 'open'
    case kindBeat:
      return 'beat'
    case kindClose:
      return 'close'
    case kindStatus:
    case kindSeen:
      return 'status'
    default:
      return null
  }
}
