import { parseTime } from '../../domain/time.ts'
import type { LineBytes } from './recordSpan.ts'

const secondMs = 1000

/** Reads the times that panels usually write without making a string or a Date of each. */
export interface TimeReader {
  /** Epoch milliseconds of the text in `bytes[start, end)`, by the rules of `parseTime`. NaN where it is no time. */
  read(lines: LineBytes, start: number, end: number): number
}

/**
 * Remembers the minute of the last time read, its sixteen bytes as two floats (equal just where the bytes are): the
 * records of a feed come minute by minute, and what follows the minute in `YYYY-MM-DDTHH:MM:SS.mmmZ` (fraction
 * optional) is five digits.
 */
export function createTimeReader(): TimeReader {
  let minuteText0 = Number.NaN
  let minuteText1 = Number.NaN
  let minuteStart = Number.NaN

  function startOfMinute({ bytes, view }: LineBytes, start: number): number {
    const text0 = view.getFloat64(start, true)
    const text1 = view.getFloat64(start + 8, true)
    if (text0 === minuteText0 && text1 === minuteText1) return minuteStart
    minuteText0 = text0
    minuteText1 = text1
    minuteStart = parseTime(`${bytes.toString('latin1', start, start + 16)}:00Z`) ?? Number.NaN
    return minuteStart
  }

  return {
    read: (lines, start, end) => {
      const pastMinute = canonicalSeconds(lines.bytes, start + 16, end)
      if (pastMinute === -1) return parseTime(lines.bytes.toString('latin1', start, end)) ?? Number.NaN
      return startOfMinute(lines, start) + pastMinute
    },
  }
}

/** Milliseconds of `:SS.mmmZ` or `:SSZ` in `bytes[start, end)`; -1 for every other form. */
function canonicalSeconds(bytes: Buffer, start: number, end: number): number {
  const length = end - start
  if ((length !== 8 && length !== 4) || bytes[start] !== 0x3a || bytes[end - 1] !== 0x5a) return -1
  const tens = (bytes[start + 1] as number) - 0x30
  const ones = (bytes[start + 2] as number) - 0x30
  if (tens >>> 0 > 5 || ones >>> 0 > 9) return -1
  const secondsMs = (tens * 10 + ones) * secondMs
  if (length === 4) return secondsMs
  const [first, second, third] = [bytes[start + 4] as number, bytes[start + 5] as number, bytes[start + 6] as number]
  const isFraction = (first - 0x30) >>> 0 <= 9 && (second - 0x30) >>> 0 <= 9 && (third - 0x30) >>> 0 <= 9
  if (bytes[start + 3] !== 0x2e || !isFraction) return -1
  return secondsMs + (first - 0x30) * 100 + (second - 0x30) * 10 + (third - 0x30)
}
