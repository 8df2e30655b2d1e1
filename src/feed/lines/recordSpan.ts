import { recordFields } from '../../domain/records/recordFields.ts'
import { kindBeat, kindInquiry, kindTick, recordKinds } from '../../domain/records/records.ts'
import { latestTime } from '../../domain/time.ts'
import { createTimeReader } from './timeReader.ts'

/** A record's parts as places in the bytes it was read from. */
export interface RecordSpan {
  /** Epoch milliseconds. */
  at: number
  kind: number
  operatorStart: number
  operatorEnd: number
  /** The session, status, dialogue or inquiry, by kind. */
  subjectStart: number
  subjectEnd: number
  /** Where the line's newline is. */
  end: number
}

/** Places in `recordFields`, written out: they are read for every line. */
export const fieldAt = 0
export const fieldEvent = 1
export const fieldOperator = 2
export const fieldSession = 3
export const fieldStatus = 4
export const fieldDialogue = 5
export const fieldInquiry = 6

/** Bytes and a view of the same bytes; the last complete line in them ends with a newline. */
export interface LineBytes {
  readonly bytes: Buffer
  readonly view: DataView
}

/** Where the values of a line's fields stand, quotes left out, and the record that they make. */
export interface FieldPlaces {
  /** By field; 0: it has not come. A field that comes twice is overwritten, as in JSON. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly span: RecordSpan
  clear(): void
  /** Makes the span. False: fields are missing, empty or not as they should be; `JSON.parse` finds out which. */
  finish(lines: LineBytes, end: number): boolean
}

const quote = 0x22
/** The field that an event needs beside the operator, by kind. */
const subjectFields = [
  fieldSession,
  fieldSession,
  fieldSession,
  fieldStatus,
  fieldDialogue,
  fieldDialogue,
  fieldAt,
  fieldInquiry,
]
const kindNames = recordKinds.map((kind) => Buffer.from(kind))

export function createFieldPlaces(): FieldPlaces {
  const times = createTimeReader()
  const starts = new Int32Array(recordFields.length)
  const ends = new Int32Array(recordFields.length)
  const span = { at: 0, kind: 0, operatorStart: 0, operatorEnd: 0, subjectStart: 0, subjectEnd: 0, end: 0 }

  function clear(): void {
    for (let field = 0; field < starts.length; field++) starts[field] = 0
  }

  function finish(lines: LineBytes, end: number): boolean {
    const start = starts[fieldAt] as number
    if (start === 0 || starts[fieldEvent] === 0) return false
    const { bytes } = lines
    span.kind = kindAt(lines, starts[fieldEvent] as number, ends[fieldEvent] as number)
    if (span.kind === -1 || (span.kind !== kindTick && !findNames())) return false
    const isText = bytes[start - 1] === quote
    span.at = isText
      ? times.read(lines, start, ends[fieldAt] as number)
      : wholeNumber(bytes, start, ends[fieldAt] as number)
    span.end = end
    return !Number.isNaN(span.at)
  }

  /** Are the names that the event needs there and filled? */
  function findNames(): boolean {
    const subject = subjectFields[span.kind] as number
    span.subjectStart = starts[subject] as number
    span.subjectEnd = ends[subject] as number
    span.operatorStart = starts[fieldOperator] as number
    span.operatorEnd = ends[fieldOperator] as number
    if (span.subjectStart === 0 || span.subjectStart === span.subjectEnd) return false
    return span.kind === kindInquiry || span.operatorStart !== 0
  }

  return { starts, ends, span, clear, finish }
}

/** By the first four bytes of a kind's name, the kinds that begin so. */
const kindWords = kindNames.map((name) => name.readInt32LE())

/** The kind whose name stands in `bytes[start, end)`, or -1. */
function kindAt({ bytes, view }: LineBytes, start: number, end: number): number {
  if (end === start) return -1
  const word = view.getInt32(start, true)
  if (word === kindWords[kindBeat] && end - start === 4) return kindBeat
  for (let kind = 0; kind < kindNames.length; kind++) {
    const name = kindNames[kind] as Buffer
    if (word === kindWords[kind] && name.length === end - start && standsAt(bytes, start, name)) return kind
  }
  return -1
}

/** Do these bytes stand at `start`? */
export function standsAt(bytes: Buffer, start: number, name: Buffer): boolean {
  for (let index = 0; index < name.length; index++) if (bytes[start + index] !== name[index]) return false
  return true
}

/** Epoch milliseconds written as digits alone; NaN for every other number. */
function wholeNumber(bytes: Buffer, start: number, end: number): number {
  if (end - start > 15) return Number.NaN
  let value = 0
  for (let position = start; position < end; position++) {
    const digit = (bytes[position] as number) - 0x30
    if (digit >>> 0 > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value > latestTime ? Number.NaN : value
}
