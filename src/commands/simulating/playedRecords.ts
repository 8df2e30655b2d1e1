import type { Failure } from '../../domain/failure.ts'
import type { PresenceState } from '../../domain/presence/presenceState.ts'
import { recordNames } from '../../domain/presence/recordNames.ts'
import {
  createBatch,
  type FeedRecord,
  noneSkipped,
  type RecordBatch,
  type RecordNames,
  sortedByTime,
} from '../../domain/records/records.ts'
import { type Replay, replayBatch } from '../../domain/replay/replay.ts'
import type { Transitions } from '../../domain/replay/transitionLog.ts'
import { sharedNames } from '../../domain/reports/absence/sharedNames.ts'
import { ok, type Result } from '../../domain/result.ts'
import { aheadToleranceMs } from '../../domain/rule/engine.ts'
import { createLineParser, type LineCounts } from '../../feed/lineParser.ts'
import { createRecordPlacing } from '../../feed/lines/recordPlacing.ts'
import { readFeed } from '../../feed/reading/wholeFeed.ts'
import type { System } from '../../system/system.ts'
import type { Call } from '../declaring/command.ts'
import { type LongWork, withProgress } from '../printing/progress.ts'
import { feedSource } from '../sources/feedSource.ts'
import { sourceName } from '../sources/sourceName.ts'

/** What was passed over on the way. */
export interface PlayCounts extends Pick<LineCounts, 'skipped' | 'firstSkipped'> {
  /** The feed that nobody named and that is not there yet; null: there was something to read. */
  readonly missing: string | null
}

/** Another replay of the same records under other settings: it learns their names together with the first. */
export interface Beside {
  readonly state: PresenceState
  /** Takes each batch after the first replay has played it. */
  onBatch(batch: RecordBatch): void
}

interface Playing {
  readonly onTransitions: (transitions: Transitions) => Promise<void>
  readonly beside: Beside | null
}

/** Plays the feed that the command names. A missing default feed is one without records. */
export async function playFeed(
  replay: Replay,
  { call, system, ...playing }: Playing & { readonly call: Pick<Call, 'globals'>; readonly system: System },
): Promise<Result<PlayCounts, Failure>> {
  const { feed } = call.globals
  const parser = createLineParser({
    names: namesFor(replay, playing.beside),
    futureLimit: system.clock.now() + aheadToleranceMs,
  })
  const source = feedSource(feed.file, system)
  const work: LongWork = {
    doing: 'playing',
    to: sourceName(feed.file),
    records: () => parser.counts.lines,
    results: call.globals.format === 'jsonl' ? 'streamed' : 'at the end',
  }
  const read = await withProgress(work, { globals: call.globals, system }, (pace) =>
    readFeed({ source, parser, onBatch: (batch) => playBatch(replay, batch, playing), pace }),
  )
  const isMissingDefault = !read.ok && !feed.named && read.failure.code === 'file' && read.failure.errno === 'ENOENT'
  const missing = isMissingDefault ? feed.file : null
  return read.ok || isMissingDefault ? ok({ ...parser.counts, missing }) : read
}

/** Plays a scenario's records in the order of their stamps. */
export async function playRecords(
  replay: Replay,
  records: readonly FeedRecord[],
  playing: Playing,
): Promise<Result<PlayCounts, Failure>> {
  const batch = createBatch(Math.max(1, records.length))
  // What a scenario names was found to exist, so every record has its place.
  const { placeRecord } = createRecordPlacing(namesFor(replay, playing.beside), Number.POSITIVE_INFINITY)
  for (const record of records) placeRecord(record, batch)
  await playBatch(replay, sortedByTime(batch), playing)
  return ok({ skipped: noneSkipped(), firstSkipped: {}, missing: null })
}

function namesFor(replay: Replay, beside: Beside | null): RecordNames {
  return beside === null ? recordNames(replay.state) : sharedNames([replay.state, beside.state])
}

async function playBatch(replay: Replay, batch: RecordBatch, { onTransitions, beside }: Playing): Promise<void> {
  const transitions = replayBatch(replay, batch)
  beside?.onBatch(batch)
  await onTransitions(transitions)
}
