import type { Failure } from '../../domain/failure.ts'
import { createBatch, type RecordBatch } from '../../domain/records/records.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { errnoOf } from '../feedFile.ts'
import { type OpenFile, realFiles } from '../feedFiles.ts'
import type { LineParser } from '../lineParser.ts'
import { blocksOf } from './blocks.ts'

/** A feed to read from its beginning to its end: a file, or bytes that are handed in (standard input). */
export type FeedSource =
  | { readonly file: string }
  /** `name` is what a refusal calls them; `-` where absent. */
  | { readonly bytes: AsyncIterable<Uint8Array>; readonly name?: string }

export interface FeedReading {
  readonly source: FeedSource
  readonly parser: LineParser
  /** Takes the records read so far; the batch is emptied and used again afterwards. */
  readonly onBatch: (batch: RecordBatch) => void | Promise<void>
  readonly pace?: ReadingPace
}

/** Hears of a long reading. */
export interface ReadingPace {
  /** So many bytes there are to read in all; not told where nobody knows. */
  expect(bytes: number): void
  /** So many were read by now. A promise is waited for; what it rejects with ends the reading. */
  at(bytes: number): Promise<void> | undefined
}

export interface WholeFeed {
  /** False: a last line without its newline was read too. (Of a feed that is followed it is no line, yet.) */
  readonly endsInNewline: boolean
}

const batchRecords = 8192
/** Lines are at least this long on average, or a batch grows; it never has to be cut. */
const sliceBytes = 1 << 19

/**
 * Reads a whole feed in blocks and hands on its records in batches of about 8,000. Refuses what can't be opened or
 * read (`file`, its errno; standard input is called `-`) and what is no file (`not-a-file`).
 */
export async function readFeed(reading: FeedReading): Promise<Result<WholeFeed, Failure>> {
  const { source } = reading
  if ('bytes' in source) return readBlocks(reading, { blocks: source.bytes, file: source.name ?? '-' })
  const opened = await openFeed(source.file)
  if (!opened.ok) return opened
  const { open, size } = opened.value
  try {
    reading.pace?.expect(size)
    return await readBlocks(reading, { blocks: blocksOf(open), file: source.file })
  } finally {
    await open.close()
  }
}

async function readBlocks(
  { parser, onBatch, pace }: FeedReading,
  from: { readonly blocks: AsyncIterable<Uint8Array>; readonly file: string },
): Promise<Result<WholeFeed, Failure>> {
  const batch = createBatch(batchRecords * 2)
  let bytesRead = 0
  for await (const block of refusing(from.blocks, from.file)) {
    if (!block.ok) return block
    for (let start = 0; start < block.value.length; start += sliceBytes) {
      parser.parse(block.value.subarray(start, start + sliceBytes), batch)
      if (batch.length >= batchRecords) await handOn(batch, onBatch)
    }
    bytesRead += block.value.length
    const paused = pace?.at(bytesRead)
    if (paused !== undefined) await paused
  }
  const { lines } = parser.counts
  parser.end(batch)
  if (batch.length > 0) await handOn(batch, onBatch)
  return ok({ endsInNewline: parser.counts.lines === lines })
}

/** The blocks, and a refusal where the next one can't be read. What the reader of the blocks throws passes by. */
async function* refusing(blocks: AsyncIterable<Uint8Array>, file: string): AsyncIterable<Result<Uint8Array, Failure>> {
  try {
    for await (const block of blocks) yield ok(block)
  } catch (error) {
    yield refuse({ code: 'file', file, action: 'read', errno: errnoOf(error), hint: null })
  }
}

async function handOn(batch: RecordBatch, onBatch: FeedReading['onBatch']): Promise<void> {
  const done = onBatch(batch)
  if (done !== undefined) await done
  batch.length = 0
}

interface OpenFeed {
  readonly open: OpenFile
  readonly size: number
}

/** A FIFO without a writer is refused instead of waited for. */
async function openFeed(file: string): Promise<Result<OpenFeed, Failure>> {
  let open: OpenFile | null = null
  try {
    open = await realFiles.open(file)
    const { kind, size } = await open.facts()
    if (kind === 'file') return ok({ open, size })
    await open.close()
    return refuse({ code: 'not-a-file', file, found: kind })
  } catch (error) {
    await open?.close()
    return refuse({ code: 'file', file, action: 'read', errno: errnoOf(error), hint: null })
  }
}
