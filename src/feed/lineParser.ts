import { isUtf8 } from 'node:buffer'
import {
  createBatch,
  kindClose,
  type RecordBatch,
  type RecordNames,
  type SkipReason,
} from '../domain/records/records.ts'
import { longestLine } from './feedFile.ts'
import { parseAnyLine } from './lines/anyLine.ts'
import { readCanonicalLine } from './lines/canonicalLine.ts'
import {
  addRow,
  createHeartbeatRows,
  type HeartbeatRows,
  mostRows,
  placeRows,
  startRows,
} from './lines/heartbeatRows.ts'
import { countAccepted, countSkipped, type LineCounts, noLines, type SkippedLine } from './lines/lineCounts.ts'
import { readLooseLine } from './lines/looseLine.ts'
import { createRecordPlacing, type RecordPlacing } from './lines/recordPlacing.ts'
import { createFieldPlaces, type LineBytes } from './lines/recordSpan.ts'
import { createUsualLines } from './lines/usualLines.ts'

export type { LineCounts, SkippedLine }

/** Turns a feed's bytes, cut anywhere, into records. Holds at most one unfinished line of 64 KiB. */
export interface LineParser {
  readonly counts: LineCounts
  /** The number of the last complete line within the present file; 0 before the first, NaN where nobody counted. */
  readonly line: number
  /** Appends the records of the lines that are complete with this chunk. The chunk may be reused afterwards. */
  parse(bytes: Uint8Array, batch: RecordBatch): void
  /** The input is at its end: an unfinished last line counts as one. */
  end(batch: RecordBatch): void
  /** What follows is another file, or the same one from after line `line` (NaN: nobody counted). An unfinished line is dropped. */
  startFile(line: number): void
}

const newline = 0x0a

/**
 * `futureLimit`: epoch milliseconds; records stamped after it are skipped as `future` (null: none is). The reasons
 * win in this order: tooLong, malformed (no object, `at`, `event`), unknownEvent, malformed (the event's fields),
 * unknownOperator, unknownStatus, future.
 */
export function createLineParser(options: {
  readonly names: RecordNames
  readonly futureLimit: number | null
}): LineParser {
  const futureLimit = options.futureLimit ?? Number.POSITIVE_INFINITY
  return new CarryingParser(options.names, futureLimit)
}

class CarryingParser implements LineParser {
  readonly counts = noLines()
  line = 0
  private readonly placing: RecordPlacing
  private readonly futureLimit: number
  private readonly places = createFieldPlaces()
  private readonly usual = createUsualLines()
  /** Null where names are only looked up one by one. */
  private readonly rows: HeartbeatRows | null
  /** The unfinished line's beginning, with room for its newline. What is longer is too long and not kept. */
  private readonly carried = Buffer.alloc(longestLine + 1)
  /** Bytes of the unfinished line, those that were not kept included. */
  private carriedLength = 0

  constructor(names: RecordNames, futureLimit: number) {
    this.placing = createRecordPlacing(names, futureLimit)
    this.futureLimit = futureLimit
    this.rows = names.byBytes === undefined ? null : createHeartbeatRows(names.byBytes, createBatch(0))
  }

  startFile(line: number): void {
    this.line = line
    this.carriedLength = 0
  }

  parse(bytes: Uint8Array, batch: RecordBatch): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const last = chunk.lastIndexOf(newline)
    if (last === -1) {
      this.carry(chunk)
      return
    }
    let start = 0
    if (this.carriedLength > 0) {
      start = chunk.indexOf(newline)
      this.carry(chunk.subarray(0, start))
      this.finishCarried(batch)
      start += 1
    }
    this.takeLines(chunk.subarray(start, last + 1), batch)
    this.carry(chunk.subarray(last + 1))
  }

  end(batch: RecordBatch): void {
    if (this.carriedLength > 0) this.finishCarried(batch)
  }

  private carry(bytes: Buffer): void {
    bytes.copy(this.carried, Math.min(this.carriedLength, longestLine))
    this.carriedLength += bytes.length
  }

  private finishCarried(batch: RecordBatch): void {
    const length = this.carriedLength
    this.carriedLength = 0
    if (length > longestLine) {
      this.countSkipped('tooLong', this.carried)
      return
    }
    this.carried[length] = newline
    this.takeLines(this.carried.subarray(0, length + 1), batch)
  }

  /** `bytes` are whole lines. UTF-8 is checked for all of them at once, one by one only where some are not. */
  private takeLines(bytes: Buffer, batch: RecordBatch): void {
    const areUtf8 = isUtf8(bytes)
    const lines = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
    const { rows } = this
    for (let start = 0; start < bytes.length; ) {
      if (rows !== null) {
        if (rows.length === 0) startRows(rows, batch)
        start = this.usual.read(lines, start, rows, areUtf8 ? 'valid' : 'unknown')
        if (rows.length === mostRows) this.finishRows(lines)
      }
      if (start < bytes.length) start = this.takeUnusualLine(lines, start, { areUtf8, batch })
    }
    this.finishRows(lines)
  }

  /** The line at `start`, however it is written; answers where the next one begins. */
  private takeUnusualLine(
    lines: LineBytes,
    start: number,
    { areUtf8, batch }: { readonly areUtf8: boolean; readonly batch: RecordBatch },
  ): number {
    const { bytes } = lines
    const { places, placing, rows } = this
    const { span } = places
    const isRead = readCanonicalLine(lines, start, places) || readLooseLine(lines, start, places)
    if (!isRead || span.end - start > longestLine || !(areUtf8 || isUtf8(bytes.subarray(start, span.end)))) {
      this.finishRows(lines)
      return this.takeAnyLine(bytes, start, batch)
    }
    if (rows !== null && span.kind <= kindClose) {
      addRow(rows, lines, start, span)
      if (rows.length === mostRows) this.finishRows(lines)
    } else {
      this.finishRows(lines)
      this.count(placing.placeSpan(span, bytes, batch), bytes, start)
    }
    return span.end + 1
  }

  /** The heartbeats read so far become records. Whatever is not one of them is placed after those before it. */
  private finishRows(lines: LineBytes): void {
    const { rows, futureLimit } = this
    if (rows === null || rows.length === 0) return
    const { length } = rows
    const onRow = (reason: SkipReason | null, line: number) => this.count(reason, lines.bytes, line)
    if (placeRows(rows, lines, { futureLimit, onRow }) === 'all') this.countAccepted(length)
  }

  /** The line at `start` by `JSON.parse`; answers where the next one begins. */
  private takeAnyLine(bytes: Buffer, start: number, batch: RecordBatch): number {
    const end = bytes.indexOf(newline, start)
    this.count(this.readAnyLine(bytes.subarray(start, end), batch), bytes, start)
    return end + 1
  }

  private readAnyLine(line: Buffer, batch: RecordBatch): SkipReason | null {
    const parsed = parseAnyLine(line, this.line === 0 ? 'first' : 'later')
    return parsed.ok ? this.placing.placeRecord(parsed.value, batch) : parsed.failure.reason
  }

  private count(reason: SkipReason | null, bytes: Buffer, start: number): void {
    if (reason === null) this.countAccepted(1)
    else this.countSkipped(reason, bytes.subarray(start, bytes.indexOf(newline, start)))
  }

  private countAccepted(lines: number): void {
    this.line += lines
    countAccepted(this.counts, lines)
  }

  private countSkipped(reason: SkipReason, line: Buffer): void {
    this.line += 1
    countSkipped(this.counts, reason, { line: this.line, bytes: line })
  }
}
