import {
  type FeedRecord,
  kindDialogueOpen,
  kindInquiry,
  kindStatus,
  kindTick,
  pushRecord,
  type RecordBatch,
  type RecordKind,
  type RecordNames,
  recordKinds,
  type SkipReason,
} from '../../domain/records/records.ts'
import type { RecordSpan } from './recordSpan.ts'

/** Names become numbers and a record goes into a batch, or a reason says why not. */
export interface RecordPlacing {
  placeRecord(record: FeedRecord, batch: RecordBatch): SkipReason | null
  /** The same for a record whose names are places in `bytes`, which are valid UTF-8. */
  placeSpan(span: RecordSpan, bytes: Buffer, batch: RecordBatch): SkipReason | null
}

/** `futureLimit` in epoch milliseconds. Slots are asked for last: a line that is passed over leaves no trace. */
export function createRecordPlacing(names: RecordNames, futureLimit: number): RecordPlacing {
  function place({ at, kind, operator: id, subject }: NamedRecord, batch: RecordBatch): SkipReason | null {
    if (kind >= kindTick) {
      if (at > futureLimit) return 'future'
      pushRecord(batch, { at, kind, operator: -1, subject: kind === kindInquiry ? names.inquiryIndex(subject) : -1 })
      return null
    }
    const operator = names.operatorIndex(id)
    if (operator === -1) return 'unknownOperator'
    const status = kind === kindStatus ? names.statusIndex(subject) : 0
    if (status === -1) return 'unknownStatus'
    if (at > futureLimit) return 'future'
    if (kind === kindStatus) pushRecord(batch, { at, kind, operator, subject: status })
    else if (kind < kindDialogueOpen)
      pushRecord(batch, { at, kind, operator, subject: names.sessionSlot(operator, subject) })
    else pushRecord(batch, { at, kind, operator, subject: names.dialogueSlot(operator, subject) })
    return null
  }

  return {
    placeRecord: (record, batch) => place(namedInRecord(record), batch),
    placeSpan: (span, bytes, batch) => place(namedInSpan(span, bytes), batch),
  }
}

/** A record's names as texts; empty where its kind has none. */
interface NamedRecord {
  readonly at: number
  readonly kind: number
  readonly operator: string
  /** The session, status, dialogue or inquiry. */
  readonly subject: string
}

const kindOf: ReadonlyMap<RecordKind, number> = new Map(recordKinds.map((kind, index) => [kind, index]))

function namedInRecord(record: FeedRecord): NamedRecord {
  const { at, event } = record
  const kind = kindOf.get(event) as number
  if (event === 'tick') return { at, kind, operator: '', subject: '' }
  if (event === 'inquiry') return { at, kind, operator: '', subject: record.inquiry }
  const { operator } = record
  if (event === 'status') return { at, kind, operator, subject: record.status }
  return { at, kind, operator, subject: 'session' in record ? record.session : record.dialogue }
}

function namedInSpan(span: RecordSpan, bytes: Buffer): NamedRecord {
  const { at, kind } = span
  const operator = kind < kindTick ? bytes.toString('utf8', span.operatorStart, span.operatorEnd) : ''
  const subject = kind === kindTick ? '' : bytes.toString('utf8', span.subjectStart, span.subjectEnd)
  return { at, kind, operator, subject }
}
