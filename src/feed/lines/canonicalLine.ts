import { endOfPlainString } from './jsonBytes.ts'
import { firstSpecial, wide, word } from './lineWords.ts'
import {
  type FieldPlaces,
  fieldAt,
  fieldDialogue,
  fieldEvent,
  fieldInquiry,
  fieldOperator,
  fieldSession,
  fieldStatus,
  type LineBytes,
} from './recordSpan.ts'

const quote = 0x22
const newline = 0x0a
const comma = 0x2c
const openBrace = 0x7b
const closeBrace = 0x7d

/** So many bytes are read at once from where a field begins. */
const prefixBytes = 12

const [at0, at1] = [word('"at"'), word('t":"')]
const [operator0, operator1] = [word('"ope'), wide('rator":"')]
const [session0, session1] = [word('"ses'), wide('ssion":"')]
const [event0, event1] = [word('"eve'), wide('event":"')]
const [status0, status1] = [word('"sta'), wide('tatus":"')]
const [dialogue0, dialogue1] = [word('"dia'), wide('logue":"')]
const [inquiry0, inquiry1] = [word('"inq'), wide('quiry":"')]

/** By field: the bytes from the name's opening quote to after the value's. */
const prefixLengths = new Int32Array([6, 9, 12, 11, 10, 12, 11])

/**
 * Reads the line at `start` if it is written as the contract shows it: strings without escapes, no blanks, no
 * other fields, none twice; the order does not matter. Compares names four bytes at a time. False says nothing about
 * the line.
 */
export function readCanonicalLine(lines: LineBytes, start: number, places: FieldPlaces): boolean {
  const { bytes, view } = lines
  if (bytes[start] !== openBrace) return false
  places.clear()
  const limit = bytes.length - prefixBytes
  let position = start
  do {
    position += 1
    if (position > limit) return false
    const field = fieldAtPrefix(view, position)
    if (field === -1) return false
    const valueStart = position + (prefixLengths[field] as number)
    const valueEnd = field === fieldAt ? endOfTime(bytes, valueStart) : endOfName(bytes, view, valueStart)
    if (valueEnd === -1 || places.starts[field] !== 0) return false
    places.starts[field] = valueStart
    places.ends[field] = valueEnd
    position = valueEnd + 1
  } while (bytes[position] === comma)
  return bytes[position] === closeBrace && bytes[position + 1] === newline && places.finish(lines, position + 1)
}

/** Where a time's closing quote is, if it has the contract's length; what stands before it is not looked at. */
function endOfTime(bytes: Buffer, start: number): number {
  if (start + 24 >= bytes.length) return -1
  if (bytes[start + 24] === quote) return start + 24
  return bytes[start + 20] === quote ? start + 20 : -1
}

/** The field of which `"name":"` begins at `start`, or -1. */
function fieldAtPrefix(view: DataView, start: number): number {
  switch (view.getInt32(start, true)) {
    case at0:
      return view.getInt32(start + 2, true) === at1 ? fieldAt : -1
    case operator0:
      return view.getFloat64(start + 4, true) === operator1 ? fieldOperator : -1
    case session0:
      return view.getFloat64(start + 3, true) === session1 ? fieldSession : -1
    case event0:
      return view.getFloat64(start + 1, true) === event1 ? fieldEvent : -1
    case status0:
      return view.getFloat64(start + 2, true) === status1 ? fieldStatus : -1
    case dialogue0:
      return view.getFloat64(start + 4, true) === dialogue1 ? fieldDialogue : -1
    case inquiry0:
      return view.getFloat64(start + 3, true) === inquiry1 ? fieldInquiry : -1
    default:
      return -1
  }
}

/** `endOfPlainString`, four bytes at a time. */
function endOfName(bytes: Buffer, view: DataView, start: number): number {
  let position = start
  const limit = bytes.length - 4
  while (position <= limit && firstSpecial(view.getInt32(position, true), 0) === 0) position += 4
  return endOfPlainString(bytes, position)
}
