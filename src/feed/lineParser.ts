import { isUtf8 } from 'node:buffer'
import { parseRecordObject } from '../domain/recordFields.ts'
import {
  type FeedRecord,
  noneSkipped,
  pushRecord,
  type RecordBatch,
  type RecordKind,
  type RecordNames,
  recordKinds,
  type SkippedCounts,
  type SkipReason,
} from '../domain/records.ts'

/** Longest line that is read, in bytes without its newline (contract §3). */
export const longestLine = 65_536

/** The first line that was passed over for a reason. */
export interface SkippedLine {
  /** Counted from 1 within the file. */
  readonly line: number
  /** Its beginning, as it stands in the feed: not yet fit for a terminal. */
  readonly excerpt: string
}

export interface LineCounts {
  /** Complete lines read: always `accepted` plus the sum of `skipped`. */
  lines: number
  accepted: number
  readonly skipped: SkippedCounts
  readonly firstSkipped: Partial<Record<SkipReason, SkippedLine>>
}

/** Turns a feed's bytes, cut anywhere, into records. Holds at most one unfinished line of 64 KiB. */
export interface LineParser {
  readonly counts: LineCounts
  /** The number of the last complete line within the present file; 0 before the first. */
  readonly line: number
  /** Appends the records of the lines that are complete with this chunk. The chunk may be reused afterwards. */
  parse(bytes: Uint8Array, batch: RecordBatch): void
  /** The file ends: an unfinished last line counts as a line if accepted, else it is dropped uncounted. */
  end(batch: RecordBatch, options: { readonly acceptUnterminated: boolean }): void
  /** What follows is another file, or the same one from after line `line`. An unfinished line is dropped. */
  startFile(line: number): void
}

const newline = 0x0a
const excerptBytes = 80
const kindOf: ReadonlyMap<RecordKind, number> = new Map(recordKinds.map((kind, index) => [kind, index]))

/**
 * `futureLimit`: epoch milliseconds; records stamped after it are skipped as `future` (null: none is). The reasons
 * win in this order: tooLong, malformed (no object, `at`, `event`), unknownEvent, malformed (the event's fields),
 * unknownOperator, unknownStatus, future.
 */
export function createLineParser(options: {
  readonly names: RecordNames
  readonly futureLimit: number | null
}): LineParser {
  return new CarryingParser(options.names, options.futureLimit ?? Number.POSITIVE_INFINITY)
}

class CarryingParser implements LineParser {
  readonly counts: LineCounts = {
    lines: 0,
    accepted: 0,
    skipped: noneSkipped(),
    firstSkipped: {},
  }
  line = 0
  private readonly names: RecordNames
  private readonly futureLimit: number
  /** The unfinished line's beginning: at most `longestLine + 1` bytes of it, which is enough to know it as too long. */
  private carried: Buffer = Buffer.alloc(0)

  constructor(names: RecordNames, futureLimit: number) {
    this.names = names
    this.futureLimit = futureLimit
  }

  startFile(line: number): void {
    this.line = line
    this.carried = Buffer.alloc(0)
  }

  parse(bytes: Uint8Array, batch: RecordBatch): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      if (this.carried.length > 0) {
        this.carry(chunk.subarray(start, end))
        const line = this.carried
        this.carried = Buffer.alloc(0)
        this.parseLine(line, batch)
      } else {
        this.parseLine(chunk.subarray(start, end), batch)
      }
      start = end + 1
    }
    if (start < chunk.length) this.carry(chunk.subarray(start))
  }

  end(batch: RecordBatch, options: { readonly acceptUnterminated: boolean }): void {
    const line = this.carried
    this.carried = Buffer.alloc(0)
    if (options.acceptUnterminated && line.length > 0) this.parseLine(line, batch)
  }

  private carry(bytes: Buffer): void {
    const room = longestLine + 1 - this.carried.length
    if (room > 0) this.carried = Buffer.concat([this.carried, bytes.subarray(0, room)])
  }

  private parseLine(line: Buffer, batch: RecordBatch): void {
    this.line += 1
    this.counts.lines += 1
    const reason = this.readLine(line, batch)
    if (reason === null) this.counts.accepted += 1
    else this.skip(reason, line)
  }

  private readLine(line: Buffer, batch: RecordBatch): SkipReason | null {
    if (line.length > longestLine) return 'tooLong'
    if (!isUtf8(line)) return 'malformed'
    let value: unknown
    try {
      const text = line.toString('utf8')
      value = JSON.parse(this.line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text)
    } catch {
      return 'malformed'
    }
    const parsed = parseRecordObject(value)
    return parsed.ok ? this.accept(parsed.value, batch) : parsed.failure.reason
  }

  /** Slots are asked for last: a line that is passed over leaves no trace in the presence. */
  private accept(record: FeedRecord, batch: RecordBatch): SkipReason | null {
    const { at } = record
    const kind = kindOf.get(record.event) as number
    if (record.event === 'tick' || record.event === 'inquiry') {
      if (at > this.futureLimit) return 'future'
      const subject = record.event === 'tick' ? -1 : this.names.inquiryIndex(record.inquiry)
      pushRecord(batch, { at, kind, operator: -1, subject })
      return null
    }
    const operator = this.names.operatorIndex(record.operator)
    if (operator === -1) return 'unknownOperator'
    const status = record.event === 'status' ? this.names.statusIndex(record.status) : 0
    if (status === -1) return 'unknownStatus'
    if (at > this.futureLimit) return 'future'
    pushRecord(batch, {
      at,
      kind,
      operator,
      subject: this.subjectOf(record, operator, status),
    })
    return null
  }

  private subjectOf(
    record: Exclude<FeedRecord, { event: 'tick' | 'inquiry' }>,
    operator: number,
    status: number,
  ): number {
    if (record.event === 'status') return status
    if ('session' in record) return this.names.sessionSlot(operator, record.session)
    return this.names.dialogueSlot(operator, record.dialogue)
  }

  private skip(reason: SkipReason, line: Buffer): void {
    this.counts.skipped[reason] += 1
    this.counts.firstSkipped[reason] ??= {
      line: this.line,
      excerpt: line.toString('utf8', 0, excerptBytes),
    }
  }
}
