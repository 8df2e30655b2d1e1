import { finishHash, mixWord } from '../../domain/names/nameHash.ts'
import { kindBeat, kindClose, kindOpen } from '../../domain/records/records.ts'
import { parseTime } from '../../domain/time.ts'
import { longestLine } from '../feedFile.ts'
import { type HeartbeatRows, mostRows } from './heartbeatRows.ts'
import { firstSpecial, wide, word } from './lineWords.ts'
import type { LineBytes } from './recordSpan.ts'

/**
 * Reads heartbeats that are written to the letter as the contract shows them:
 * `{"at":"2026-11-22T10:00:00.000Z","operator":"ana","session":"tab-1","event":"beat"}`.
 */
export interface UsualLines {
  /**
   * Adds rows for the lines from `start` on until one is written otherwise or the rows are full; answers where that
   * line begins. `nonAscii`: whether bytes above 0x7f are known to be valid UTF-8; where not, a name with them is not
   * read here.
   */
  read(lines: LineBytes, start: number, rows: HeartbeatRows, nonAscii: 'valid' | 'unknown'): number
}

const quote = 0x22
/** The longest look ahead from the end of a name, or from the beginning of a line. */
const lookAhead = 64

/** From the line's beginning the bytes up to the minute, those of the seconds, and the operator's name. */
const minuteBytes = 24
const secondsBytes = 8
const [operator0, operator1] = [wide(',"operat'), wide('rator":"')]
const [session0, session1] = [wide('","sessi'), wide('ssion":"')]
const event0 = wide('","event')
const [beat0, beat1] = [wide('t":"beat'), word('t"}\n')]
const [open0, open1] = [wide('t":"open'), word('n"}\n')]
const [close0, close1] = [wide('t":"clos'), word('se"}')]
const newline = 0x0a

/** `00.0` and `00Z"`: the digits of `SS.mmmZ"` come out as numbers when these are taken away. */
const [secondsZero, millisZero] = [word('00.0'), word('00Z"')]

/**
 * Deliberately one long loop in which both names are written out: it goes over every byte of nearly every line.
 * Remembers the beginning of the last line up to the minute, as three floats (equal just where the bytes are): records
 * come minute by minute.
 */
export function createUsualLines(): UsualLines {
  let [head0, head1, head2] = [Number.NaN, Number.NaN, Number.NaN]
  let minuteAt = Number.NaN

  /** Is there a minute at the beginning of this line? Then it is remembered. */
  function remember({ bytes, view }: LineBytes, line: number): boolean {
    const head = bytes.toString('latin1', line, line + minuteBytes)
    const at = head.startsWith('{"at":"') ? parseTime(`${head.slice(7)}00Z`) : null
    if (at === null) return false
    head0 = view.getFloat64(line, true)
    head1 = view.getFloat64(line + 8, true)
    head2 = view.getFloat64(line + 16, true)
    minuteAt = at
    return true
  }

  return {
    read(lines, start, rows, nonAscii) {
      const { bytes, view } = lines
      const { batch, operators, sessions } = rows
      const { start: hashStart, factor } = rows.names.hashing
      const { at, kind } = batch
      const foreign = nonAscii === 'valid' ? 0 : 0x80808080
      const limit = bytes.length - lookAhead
      let row = rows.length
      let line = start
      reading: while (row < mostRows && line <= limit) {
        const isRemembered =
          view.getFloat64(line, true) === head0 &&
          view.getFloat64(line + 8, true) === head1 &&
          view.getFloat64(line + 16, true) === head2
        if (!isRemembered && !remember(lines, line)) break
        const seconds = view.getInt32(line + minuteBytes, true) ^ secondsZero
        const millis = view.getInt32(line + minuteBytes + 4, true) ^ millisZero
        // Digits are below ten, the tens of seconds below six, and the point, Z and quote stand in their places.
        if (((seconds | (seconds + 0x0600060a)) & 0xf0fff0f0) !== 0) break
        if (((millis | (millis + 0x00000606)) & 0xfffff0f0) !== 0) break
        let position = line + minuteBytes + secondsBytes
        if (view.getFloat64(position, true) !== operator0 || view.getFloat64(position + 5, true) !== operator1) break

        position += 13
        operators.start[row] = position
        let hash = hashStart
        let bits = view.getInt32(position, true)
        let special = firstSpecial(bits, foreign)
        while (special === 0) {
          hash = mixWord(hash, bits, factor)
          position += 4
          if (position > limit) break reading
          bits = view.getInt32(position, true)
          special = firstSpecial(bits, foreign)
        }
        let rest = (31 - Math.clz32(special & -special)) & 24
        if (rest !== 0) hash = mixWord(hash, bits & ((1 << rest) - 1), factor)
        position += rest >> 3
        operators.end[row] = position
        operators.hash[row] = finishHash(hash)
        if (view.getFloat64(position, true) !== session0 || view.getFloat64(position + 5, true) !== session1) break

        position += 13
        if (bytes[position] === quote) break
        sessions.start[row] = position
        hash = hashStart
        bits = view.getInt32(position, true)
        special = firstSpecial(bits, foreign)
        while (special === 0) {
          hash = mixWord(hash, bits, factor)
          position += 4
          if (position > limit) break reading
          bits = view.getInt32(position, true)
          special = firstSpecial(bits, foreign)
        }
        rest = (31 - Math.clz32(special & -special)) & 24
        if (rest !== 0) hash = mixWord(hash, bits & ((1 << rest) - 1), factor)
        position += rest >> 3
        sessions.end[row] = position
        sessions.hash[row] = finishHash(hash)
        if (view.getFloat64(position, true) !== event0) break

        const event = view.getFloat64(position + 7, true)
        let next = position + 18
        let code = kindBeat
        if (event === beat0) {
          if (view.getInt32(position + 14, true) !== beat1) break
        } else if (event === open0) {
          if (view.getInt32(position + 14, true) !== open1) break
          code = kindOpen
        } else {
          if (event !== close0 || view.getInt32(position + 14, true) !== close1) break
          if (bytes[position + 18] !== newline) break
          next = position + 19
          code = kindClose
        }
        if (next - line > longestLine) break
        rows.line[row] = line
        at[batch.length + row] =
          minuteAt +
          (seconds & 15) * 10_000 +
          ((seconds >> 8) & 15) * 1000 +
          ((seconds >> 24) & 15) * 100 +
          (millis & 15) * 10 +
          ((millis >> 8) & 15)
        kind[batch.length + row] = code
        row++
        line = next
      }
      rows.length = row
      return line
    },
  }
}
