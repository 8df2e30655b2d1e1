import type { Failure } from '../../domain/failure.ts'
import type { Span } from '../../domain/history/accounting.ts'
import type { RecordBatch, RecordNames } from '../../domain/records/records.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { aheadToleranceMs } from '../../domain/rule/engine.ts'
import { createLineParser, type LineParser } from '../../feed/lineParser.ts'
import { type KeptFeed, readKeptFeed } from '../../feed/reading/keptFeed.ts'
import { readFeed } from '../../feed/reading/wholeFeed.ts'
import type { System } from '../../system/system.ts'
import { keptFeedNotes } from '../../views/findings/feedNotes.ts'
import { skippedNotes } from '../../views/findings/skippedLines.ts'
import type { Globals } from '../declaring/command.ts'
import { withProgress } from '../printing/progress.ts'
import { sourceName } from '../sources/sourceName.ts'

/** What was read of the feed. */
export interface FeedRead {
  /** The earliest and latest stamp; null where there is no feed, or no record in it. */
  readonly span: Span | null
  readonly records: number
  /** Sentences about what could not be used. */
  readonly notes: readonly string[]
  /** Rotated files that nobody can read here. */
  readonly compressed: readonly string[]
}

interface Reading {
  readonly names: RecordNames
  readonly onBatch: (batch: RecordBatch) => void
}

/**
 * Reads the feed once as far as it is kept, what was rotated away first. A missing default feed is none; a named one
 * is refused.
 */
export async function readWholeFeed(
  globals: Globals,
  system: System,
  reading: Reading,
): Promise<Result<FeedRead, Failure>> {
  const stamps = noteStamps(reading.onBatch)
  const futureLimit = system.clock.now() + aheadToleranceMs
  const parsers: LineParser[] = []
  const createParser = () => {
    const parser = createLineParser({ names: reading.names, futureLimit })
    parsers.push(parser)
    return parser
  }
  const { file, named } = globals.feed
  const work = {
    doing: 'reading',
    to: sourceName(file),
    records: () => parsers.reduce((sum, { counts }) => sum + counts.lines, 0),
  }
  const { onBatch } = stamps
  if (file === '-') {
    const parser = createParser()
    const read = await withProgress(work, { globals, system }, (pace) =>
      readFeed({ source: { bytes: system.stdin.bytes() }, parser, onBatch, pace }),
    )
    return read.ok ? ok(standardInput(parser, stamps.span())) : read
  }
  const read = await withProgress(work, { globals, system }, (pace) =>
    readKeptFeed({ file, createParser, onBatch, pace }),
  )
  if (!read.ok) return read
  if (!read.value.isThere && named) return refuse({ code: 'file', file, action: 'read', errno: 'ENOENT', hint: null })
  return ok(keptFeed(read.value, file, stamps.span()))
}

/** Follows the batches' stamps on their way. */
function noteStamps(onBatch: Reading['onBatch']): { readonly onBatch: Reading['onBatch']; span(): Span | null } {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  return {
    onBatch(batch) {
      for (let index = 0; index < batch.length; index++) {
        from = Math.min(from, batch.at[index] as number)
        to = Math.max(to, batch.at[index] as number)
      }
      onBatch(batch)
    },
    span: () => (from <= to ? { from, to } : null),
  }
}

function standardInput({ counts }: LineParser, span: Span | null): FeedRead {
  return { span, records: counts.accepted, notes: skippedNotes(counts), compressed: [] }
}

function keptFeed(kept: KeptFeed, file: string, span: Span | null): FeedRead {
  const records = kept.parts.reduce((sum, { counts }) => sum + counts.accepted, 0)
  return { span, records, notes: keptFeedNotes(kept, file), compressed: kept.compressed }
}
