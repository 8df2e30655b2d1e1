import { isUtf8 } from 'node:buffer'
import {
  createBatch,
  pushRecord,
  type RecordBatch,
  type RecordKind,
  recordKinds,
  type SkipReason,
} from '../../src/domain/records/records.ts'
import { parseTimeValue } from '../../src/domain/time.ts'
import type { RosterNames } from './rosterNames.ts'

/** What every line of some bytes comes to, found in the plainest way there is. */
export interface PlainReading {
  readonly batch: RecordBatch
  /** A reason or `accepted`, line by line. */
  readonly outcomes: readonly (SkipReason | 'accepted')[]
}

/** The oracle of the line parser: splits, decodes and `JSON.parse`s every line on its own. */
export function readPlainly(bytes: Buffer, reading: { names: RosterNames; futureLimit: number }): PlainReading {
  const batch = createBatch(8)
  const outcomes: (SkipReason | 'accepted')[] = []
  for (let start = 0; bytes.indexOf(10, start) !== -1; ) {
    const end = bytes.indexOf(10, start)
    const mark = start === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    const isLong = end - start > 65_536
    outcomes.push(isLong ? 'tooLong' : outcomeOf(bytes.subarray(start + mark, end), { ...reading, batch }))
    start = end + 1
  }
  return { batch, outcomes }
}

function outcomeOf(
  line: Buffer,
  { names, futureLimit, batch }: { names: RosterNames; futureLimit: number; batch: RecordBatch },
): SkipReason | 'accepted' {
  const record = objectOn(line)
  if (record === null) return 'malformed'
  const at = parseTimeValue(record.at)
  if (at === null || typeof record.event !== 'string') return 'malformed'
  const kind = recordKinds.indexOf(record.event as RecordKind)
  if (kind === -1) return 'unknownEvent'
  const isFeedWide = kind >= 6
  const subjectField = ['session', 'session', 'session', 'status', 'dialogue', 'dialogue', '', 'inquiry'][
    kind
  ] as string
  const subject = subjectField === '' ? '-' : record[subjectField]
  if (!isFeedWide && typeof record.operator !== 'string') return 'malformed'
  if (typeof subject !== 'string' || (subject === '' && kind !== 3)) return 'malformed'
  const operator = isFeedWide ? -1 : names.operatorIndex(record.operator as string)
  if (!isFeedWide && operator === -1) return 'unknownOperator'
  if (kind === 3 && names.statusIndex(subject) === -1) return 'unknownStatus'
  if (at > futureLimit) return 'future'
  const slots = [
    () => names.sessionSlot(operator, subject),
    () => names.sessionSlot(operator, subject),
    () => names.sessionSlot(operator, subject),
    () => names.statusIndex(subject),
    () => names.dialogueSlot(operator, subject),
    () => names.dialogueSlot(operator, subject),
    () => -1,
    () => names.inquiryIndex(subject),
  ]
  pushRecord(batch, { at, kind, operator, subject: (slots[kind] as () => number)() })
  return 'accepted'
}

function objectOn(line: Buffer): Record<string, unknown> | null {
  if (!isUtf8(line)) return null
  try {
    const value: unknown = JSON.parse(line.toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
