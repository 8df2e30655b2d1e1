import { endOfPlainString } from './jsonBytes.ts'
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

const newline = 0x0a
const comma = 0x2c
const openBrace = 0x7b
const closeBrace = 0x7d

/** So many bytes are read at once from where a field begins. */
const prefixBytes = 12

/** Four characters as a little-endian `DataView.getInt32` reads them. */
function word(text: string): number {
  return Buffer.from(text, 'latin1').readInt32LE()
}

const [at0, at1] = [word('"at"'), word('t":"')]
const [operator0, operator1, operator2] = [word('"ope'), word('rato'), word('r":"')]
const [session0, session1, session2] = [word('"ses'), word('sion'), word('n":"')]
const [event0, event1, event2] = [word('"eve'), word('vent'), word('t":"')]
const [status0, status1, status2] = [word('"sta'), word('atus'), word('s":"')]
const [dialogue0, dialogue1, dialogue2] = [word('"dia'), word('logu'), word('e":"')]
const [inquiry0, inquiry1, inquiry2] = [word('"inq'), word('uiry'), word('y":"')]

/** By field: the bytes from the name's opening quote to after the value's. */
const prefixLengths = new Int32Array([6, 9, 12, 11, 10, 12, 11])

/**
 * Reads the line at `start` if it is written as the contract shows it: strings without escapes, no blanks, no
 * other fields; the order does not matter. Compares names four bytes at a time. False says nothing about the line.
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
    const valueEnd = endOfPlainString(bytes, valueStart)
    if (valueEnd === -1) return false
    places.starts[field] = valueStart
    places.ends[field] = valueEnd
    position = valueEnd + 1
  } while (bytes[position] === comma)
  return bytes[position] === closeBrace && bytes[position + 1] === newline && places.finish(lines, position + 1)
}

/** The field of which `"name":"` begins at `start`, or -1. */
function fieldAtPrefix(view: DataView, start: number): number {
  const isField = (offset1: number, word1: number, offset2: number, word2: number) =>
    view.getInt32(start + offset1, true) === word1 && view.getInt32(start + offset2, true) === word2
  switch (view.getInt32(start, true)) {
    case at0:
      return isField(2, at1, 2, at1) ? fieldAt : -1
    case operator0:
      return isField(4, operator1, 8, operator2) ? fieldOperator : -1
    case session0:
      return isField(4, session1, 7, session2) ? fieldSession : -1
    case event0:
      return isField(2, event1, 5, event2) ? fieldEvent : -1
    case status0:
      return isField(3, status1, 6, status2) ? fieldStatus : -1
    case dialogue0:
      return isField(4, dialogue1, 8, dialogue2) ? fieldDialogue : -1
    case inquiry0:
      return isField(4, inquiry1, 7, inquiry2) ? fieldInquiry : -1
    default:
      return -1
  }
}
