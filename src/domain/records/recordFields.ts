import { ok, type Result, refuse } from '../result.ts'
import { parseTimeValue } from '../time.ts'
import type { FeedRecord } from './records.ts'

/** Every field that a record may need, in the order in which they are looked for. */
export const recordFields = ['at', 'event', 'operator', 'session', 'status', 'dialogue', 'inquiry'] as const
export type RecordField = (typeof recordFields)[number]

/** Why an object is no record. `field` is the first offending field; null: the value is no object at all. */
export type RecordFlaw =
  | { readonly reason: 'malformed'; readonly field: RecordField | null; readonly value: unknown }
  | { readonly reason: 'unknownEvent'; readonly field: 'event'; readonly value: string }

/** What a feed and a scenario read differently. */
export interface RecordReading {
  /** Epoch milliseconds of a record's `at`, or null where it is no time. */
  at(value: unknown): number | null
  /** Stands in for a session that is left out; null: the session is required. */
  readonly sessionDefault: string | null
}

/** How a feed's lines are read (contract §3). */
export const feedReading: RecordReading = { at: parseTimeValue, sessionDefault: null }

/**
 * A record from an unknown value, names unresolved (contract §3). Unknown fields are ignored. The order of the
 * checks is the order in which reasons win: `at`, `event`, then the event's own fields.
 */
export function parseRecordObject(
  value: unknown,
  reading: RecordReading = feedReading,
): Result<FeedRecord, RecordFlaw> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed(null, value)
  const fields = value as Partial<Record<RecordField, unknown>>
  const at = reading.at(fields.at)
  if (at === null) return malformed('at', fields.at)
  const event = fields.event
  if (typeof event !== 'string') return malformed('event', event)
  switch (event) {
    case 'tick':
      return ok({ at, event })
    case 'inquiry':
      if (!isFilled(fields.inquiry)) return malformed('inquiry', fields.inquiry)
      return ok({ at, event, inquiry: fields.inquiry })
    case 'open':
    case 'beat':
    case 'close':
    case 'status':
    case 'dialogue-open':
    case 'dialogue-close':
      return parseOperatorRecord({ at, event, fields, sessionDefault: reading.sessionDefault })
    default:
      return refuse({ reason: 'unknownEvent', field: 'event', value: event })
  }
}

function parseOperatorRecord(record: {
  readonly at: number
  readonly event: Exclude<FeedRecord['event'], 'tick' | 'inquiry'>
  readonly fields: Partial<Record<RecordField, unknown>>
  readonly sessionDefault: string | null
}): Result<FeedRecord, RecordFlaw> {
  const { at, event, fields } = record
  const operator = fields.operator
  if (typeof operator !== 'string') return malformed('operator', operator)
  if (event === 'status') {
    if (typeof fields.status !== 'string') return malformed('status', fields.status)
    return ok({ at, event, operator, status: fields.status })
  }
  if (event === 'dialogue-open' || event === 'dialogue-close') {
    if (!isFilled(fields.dialogue)) return malformed('dialogue', fields.dialogue)
    return ok({ at, event, operator, dialogue: fields.dialogue })
  }
  const session = fields.session === undefined ? record.sessionDefault : fields.session
  if (!isFilled(session)) return malformed('session', fields.session)
  return ok({ at, event, operator, session })
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function malformed(field: RecordField | null, value: unknown): Result<FeedRecord, RecordFlaw> {
  return refuse({ reason: 'malformed', field, value })
}
