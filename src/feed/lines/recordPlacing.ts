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

const kindOf: ReadonlyMap<RecordKind, number> = new Map(recordKinds.map((kind, index) => [kind, index]))

/**
 * `futureLimit` in epoch milliseconds. Slots are asked for last: a line that is passed over leaves no trace. Deliberately
 * written out for both forms: brought into one form first, a feed of many dialogues takes 4 % longer.
 */
export function createRecordPlacing(names: RecordNames, futureLimit: number): RecordPlacing {
  function placeRecord(record: FeedRecord, batch: RecordBatch): SkipReason | null {
    const { at } = record
    const kind = kindOf.get(record.event) as number
    if (record.event === 'tick' || record.event === 'inquiry') {
      if (at > futureLimit) return 'future'
      const subject = record.event === 'tick' ? -1 : names.inquiryIndex(record.inquiry)
      pushRecord(batch, { at, kind, operator: -1, subject })
      return null
    }
    const operator = names.operatorIndex(record.operator)
    if (operator === -1) return 'unknownOperator'
    const status = record.event === 'status' ? names.statusIndex(record.status) : 0
    if (status === -1) return 'unknownStatus'
    if (at > futureLimit) return 'future'
    const subject =
      record.event === 'status'
        ? status
        : 'session' in record
          ? names.sessionSlot(operator, record.session)
          : names.dialogueSlot(operator, record.dialogue)
    pushRecord(batch, { at, kind, operator, subject })
    return null
  }

  function placeSpan(span: RecordSpan, bytes: Buffer, batch: RecordBatch): SkipReason | null {
    const { at, kind, subjectStart, subjectEnd } = span
    if (kind >= kindTick) {
      if (at > futureLimit) return 'future'
      const subject = kind === kindInquiry ? names.inquiryIndex(bytes.toString('utf8', subjectStart, subjectEnd)) : -1
      pushRecord(batch, { at, kind, operator: -1, subject })
      return null
    }
    const text = (start: number, end: number) => bytes.toString('utf8', start, end)
    const operator = names.operatorIndex(text(span.operatorStart, span.operatorEnd))
    if (operator === -1) return 'unknownOperator'
    const name = text(subjectStart, subjectEnd)
    const status = kind === kindStatus ? names.statusIndex(name) : 0
    if (status === -1) return 'unknownStatus'
    if (at > futureLimit) return 'future'
    const subject =
      kind === kindStatus
        ? status
        : kind >= kindDialogueOpen
          ? names.dialogueSlot(operator, name)
          : names.sessionSlot(operator, name)
    pushRecord(batch, { at, kind, operator, subject })
    return null
  }

  return { placeRecord, placeSpan }
}
