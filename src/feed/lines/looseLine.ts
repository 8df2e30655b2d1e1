import { recordFields } from '../../domain/records/recordFields.ts'
import { endOfJsonValue, endOfPlainString, skipBlanks } from './jsonBytes.ts'
import { type FieldPlaces, fieldAt, type LineBytes, standsAt } from './recordSpan.ts'

const quote = 0x22
const newline = 0x0a
const colon = 0x3a
const comma = 0x2c
const openBrace = 0x7b
const closeBrace = 0x7d

const nameBytes = recordFields.map((name) => Buffer.from(name))

/**
 * Reads the line at `start` if it is one object without escapes in its own names and values: blanks and other
 * fields of any value beside them are fine. Looks at every byte once. False says nothing about the line.
 */
export function readLooseLine(lines: LineBytes, start: number, places: FieldPlaces): boolean {
  const { bytes } = lines
  places.clear()
  let position = skipBlanks(bytes, start)
  if (bytes[position] !== openBrace) return false
  do {
    position = readField(bytes, skipBlanks(bytes, position + 1), places)
    if (position === -1) return false
  } while (bytes[position] === comma)
  if (bytes[position] !== closeBrace) return false
  position = skipBlanks(bytes, position + 1)
  return bytes[position] === newline && places.finish(lines, position)
}

/** The position after `"name": value` and blanks; -1 where that does not stand there. */
function readField(bytes: Buffer, start: number, places: FieldPlaces): number {
  const nameEnd = bytes[start] === quote ? endOfPlainString(bytes, start + 1) : -1
  if (nameEnd === -1) return -1
  const separator = skipBlanks(bytes, nameEnd + 1)
  if (bytes[separator] !== colon) return -1
  const value = skipBlanks(bytes, separator + 1)
  const end = endOfJsonValue(bytes, value)
  if (end === -1) return -1
  const field = fieldNamed(bytes, start + 1, nameEnd)
  if (field !== -1) {
    const isString = bytes[value] === quote
    if (isString ? endOfPlainString(bytes, value + 1) !== end - 1 : field !== fieldAt) return -1
    places.starts[field] = isString ? value + 1 : value
    places.ends[field] = isString ? end - 1 : end
  }
  return skipBlanks(bytes, end)
}

function fieldNamed(bytes: Buffer, start: number, end: number): number {
  for (let field = 0; field < nameBytes.length; field++) {
    const name = nameBytes[field] as Buffer
    if (name.length === end - start && standsAt(bytes, start, name)) return field
  }
  return -1
}
