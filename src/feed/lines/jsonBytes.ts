/**
 * JSON read from bytes, for lines that end with a newline: every loop stops there at the latest. Positions go in,
 * positions come out; -1 says only that the text is not as simple as is read here.
 */

const quote = 0x22
const backslash = 0x5c
const plain = 0
const endOfString = 1

/** What a byte does in a string: it stands for itself, ends it, or needs `JSON.parse`. */
const stringBytes = new Uint8Array(256)
stringBytes.fill(2, 0, 0x20)
stringBytes[backslash] = 2
stringBytes[quote] = endOfString

/** What may follow a backslash: `"\\/bfnrt`. */
const singleEscapes = Buffer.from('"\\/bfnrt')

/** The first position that is no space, tab or carriage return. */
export function skipBlanks(bytes: Uint8Array, start: number): number {
  let position = start
  for (;;) {
    const byte = bytes[position] as number
    if (byte > 0x20 || (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d)) return position
    position += 1
  }
}

/** Where the string that begins after a quote at `start - 1` has its closing quote; -1 where it has escapes. */
export function endOfPlainString(bytes: Uint8Array, start: number): number {
  const position = skipPlain(bytes, start)
  return bytes[position] === quote ? position : -1
}

function skipPlain(bytes: Uint8Array, start: number): number {
  let position = start
  while (stringBytes[bytes[position] as number] === plain) position += 1
  return position
}

/** The closing quote of a string that may have escapes; -1 where one of them is no JSON. */
function endOfAnyString(bytes: Uint8Array, start: number): number {
  let position = start
  for (;;) {
    position = skipPlain(bytes, position)
    if (bytes[position] === quote) return position
    if (bytes[position] !== backslash) return -1
    const escaped = bytes[position + 1] as number
    if (escaped === 0x75) {
      for (let digit = position + 2; digit < position + 6; digit++) if (!isHexDigit(bytes[digit] as number)) return -1
      position += 6
    } else {
      if (!singleEscapes.includes(escaped)) return -1
      position += 2
    }
  }
}

/** The position after the value at `start`; -1 for deep nesting and what is no JSON. */
export function endOfJsonValue(bytes: Uint8Array, start: number, depth = 0): number {
  const byte = bytes[start] as number
  if (byte === quote) {
    const end = endOfAnyString(bytes, start + 1)
    return end === -1 ? -1 : end + 1
  }
  if (byte === 0x74) return endOfWord(bytes, start, 'true')
  if (byte === 0x66) return endOfWord(bytes, start, 'false')
  if (byte === 0x6e) return endOfWord(bytes, start, 'null')
  if (byte === 0x7b) return depth < deepest ? endOfObject(bytes, start, depth + 1) : -1
  if (byte === 0x5b) return depth < deepest ? endOfArray(bytes, start, depth + 1) : -1
  return endOfNumber(bytes, start)
}

/** Deeper nesting is left to `JSON.parse`, which needs no stack for it. */
const deepest = 16

function endOfObject(bytes: Uint8Array, start: number, depth: number): number {
  let position = skipBlanks(bytes, start + 1)
  if (bytes[position] === 0x7d) return position + 1
  for (;;) {
    if (bytes[position] !== quote) return -1
    const keyEnd = endOfAnyString(bytes, position + 1)
    if (keyEnd === -1) return -1
    position = skipBlanks(bytes, keyEnd + 1)
    if (bytes[position] !== 0x3a) return -1
    position = endOfJsonValue(bytes, skipBlanks(bytes, position + 1), depth)
    if (position === -1) return -1
    position = skipBlanks(bytes, position)
    if (bytes[position] === 0x7d) return position + 1
    if (bytes[position] !== 0x2c) return -1
    position = skipBlanks(bytes, position + 1)
  }
}

function endOfArray(bytes: Uint8Array, start: number, depth: number): number {
  let position = skipBlanks(bytes, start + 1)
  if (bytes[position] === 0x5d) return position + 1
  for (;;) {
    position = endOfJsonValue(bytes, position, depth)
    if (position === -1) return -1
    position = skipBlanks(bytes, position)
    if (bytes[position] === 0x5d) return position + 1
    if (bytes[position] !== 0x2c) return -1
    position = skipBlanks(bytes, position + 1)
  }
}

/** `-? (0 | 1-9 digits) (. digits)? ([eE] [+-]? digits)?` */
function endOfNumber(bytes: Uint8Array, start: number): number {
  let position = bytes[start] === 0x2d ? start + 1 : start
  const whole = position
  position = skipDigits(bytes, position)
  if (position === whole || (bytes[whole] === 0x30 && position > whole + 1)) return -1
  if (bytes[position] === 0x2e) {
    const fraction = position + 1
    position = skipDigits(bytes, fraction)
    if (position === fraction) return -1
  }
  if (((bytes[position] as number) | 0x20) !== 0x65) return position
  position += 1
  if (bytes[position] === 0x2b || bytes[position] === 0x2d) position += 1
  const end = skipDigits(bytes, position)
  return end === position ? -1 : end
}

function skipDigits(bytes: Uint8Array, start: number): number {
  let position = start
  while (((bytes[position] as number) - 0x30) >>> 0 <= 9) position += 1
  return position
}

function endOfWord(bytes: Uint8Array, start: number, word: string): number {
  for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word.charCodeAt(index)) return -1
  return start + word.length
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
}
