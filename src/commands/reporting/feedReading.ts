import type { Failure } from '../../domain/failure.ts'
import type { Span } from '../../domain/history/accounting.ts'
import type { RecordBatch, RecordNames } from '../../domain/records/records.ts'
import { ok, type Result } from '../../domain/result.ts'
import { aheadToleranceMs } from '../../domain/rule/engine.ts'
import { createLineParser } from '../../feed/lineParser.ts'
import { readFeed } from '../../feed/wholeFeed.ts'
import type { System } from '../../system/system.ts'
import { skippedNotes } from '../../views/findings/skippedLines.ts'
import type { Globals } from '../declaring/command.ts'

/** What was read of the feed. */
export interface FeedRead {
  /** The earliest and latest stamp; null where there is no feed, or no record in it. */
  readonly span: Span | null
  readonly records: number
  /** Sentences about what could not be used. */
  readonly notes: readonly string[]
}

/** Reads the whole feed once, as far as it is kept. A missing default feed is none; a named one is refused. */
export async function readWholeFeed(
  globals: Globals,
  system: System,
  reading: { readonly names: RecordNames; readonly onBatch: (batch: RecordBatch) => void },
): Promise<Result<FeedRead, Failure>> {
  const { file, named } = globals.feed
  const parser = createLineParser({ names: reading.names, futureLimit: system.clock.now() + aheadToleranceMs })
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  const read = await readFeed({
    source: file === '-' ? { bytes: system.stdin.bytes() } : { file },
    parser,
    onBatch(batch) {
      for (let index = 0; index < batch.length; index++) {
        from = Math.min(from, batch.at[index] as number)
        to = Math.max(to, batch.at[index] as number)
      }
      reading.onBatch(batch)
    },
  })
  if (!read.ok) {
    const isMissingDefault = !named && read.failure.code === 'file' && read.failure.errno === 'ENOENT'
    return isMissingDefault ? ok({ span: null, records: 0, notes: [`there is no feed at ${file}`] }) : read
  }
  const span = from <= to ? { from, to } : null
  return ok({ span, records: parser.counts.accepted, notes: skippedNotes(parser.counts) })
}
