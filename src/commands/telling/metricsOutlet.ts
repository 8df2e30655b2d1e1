import type { Failure } from '../../domain/failure.ts'
import type { EnteredEntry } from '../../domain/history/history.ts'
import { presenceRows } from '../../domain/presence/presence.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { Notice } from '../../domain/watching/notice.ts'
import type { MetricsServing } from '../../metrics/metricsServer.ts'
import type { WatchFacts } from '../../metrics/watchMetrics.ts'
import type { System } from '../../system/system.ts'
import { wordFailure } from '../../views/failures/failure.ts'
import type { Watcher } from '../watching/watcher.ts'
import type { Address, OutletOptions } from './outlets.ts'

/** The watcher's numbers, in a file, at an address, or both. */
export interface MetricsOutlet {
  noteEntry(entry: EnteredEntry): void
  afterTurn(watcher: Watcher, turn: Result<readonly Notice[], Failure>): Promise<Notice[]>
  close(): Promise<Notice[]>
}

/** The file is written so often at most; the collector reads it every fifteen seconds or so. */
const fileEveryMs = 5000
/** A daemon that did not take a turn for so long is not well. */
const longestPauseMs = 30_000

/** Null where nobody asked for numbers: then nothing of it is loaded. */
export async function openMetrics(
  { metricsFile, metricsPort }: OutletOptions,
  system: System,
): Promise<Result<MetricsOutlet | null, Failure>> {
  if (metricsFile === undefined && metricsPort === undefined) return ok(null)
  const { createWatchMetrics } = await import('../../metrics/watchMetrics.ts')
  const { clock } = system
  const seen: Seen = { watcher: null, turnAt: null, failure: null }
  const metrics = createWatchMetrics(() => (seen.watcher === null ? null : factsOf(seen.watcher)))
  const serving = metricsPort === undefined ? ok(null) : await serve(metricsPort, { seen, metrics, clock })
  if (!serving.ok) return serving
  const file = metricsFile === undefined ? null : fileWriter(system.absolute(metricsFile), { metrics, clock })
  return ok({
    noteEntry: (entry) => metrics.noteTransition(entry),
    async afterTurn(watcher, turn) {
      seen.watcher = watcher
      seen.turnAt = clock.steady()
      seen.failure = turn.ok ? null : turn.failure
      metrics.noteTurn({ at: clock.now(), problems: problemCodes(turn) })
      return file === null ? [] : file.write('when-due')
    },
    async close() {
      await serving.value?.close()
      return file === null || seen.watcher === null ? [] : file.write('now')
    },
  })
}

interface Seen {
  watcher: Watcher | null
  /** By the steady clock. */
  turnAt: number | null
  failure: Failure | null
}

type Metrics = ReturnType<typeof import('../../metrics/watchMetrics.ts').createWatchMetrics>

async function serve(
  { host, port }: Address,
  { seen, metrics, clock }: { readonly seen: Seen; readonly metrics: Metrics; readonly clock: System['clock'] },
): Promise<Result<Extract<MetricsServing, { serving: true }>, Failure>> {
  const { serveMetrics } = await import('../../metrics/metricsServer.ts')
  const serving = await serveMetrics({
    host,
    port,
    contentType: metrics.contentType,
    metrics: () => metrics.text(),
    trouble: () => {
      if (seen.failure !== null) return wordFailure(seen.failure).message
      const pausedMs = seen.turnAt === null ? 0 : clock.steady() - seen.turnAt
      return pausedMs > longestPauseMs ? `no turn for ${Math.round(pausedMs / 1000)} s` : null
    },
  })
  return serving.serving ? ok(serving) : refuse({ code: 'address', host, port, errno: serving.errno })
}

function fileWriter(file: string, { metrics, clock }: { metrics: Metrics; clock: System['clock'] }) {
  let writtenAt = Number.NEGATIVE_INFINITY
  let told: string | null = null
  return {
    /** What can't be written is told once while it lasts. */
    async write(urgency: 'when-due' | 'now'): Promise<Notice[]> {
      if (urgency === 'when-due' && clock.steady() - writtenAt < fileEveryMs) return []
      writtenAt = clock.steady()
      const { writeMetricsFile } = await import('../../metrics/metricsFile.ts')
      const errno = await writeMetricsFile(file, await metrics.text())
      const isNews = errno !== null && errno !== told
      told = errno
      return isNews ? [{ type: 'problem', at: clock.now(), problem: { code: 'metrics-file', file, errno } }] : []
    },
  }
}

function problemCodes(turn: Result<readonly Notice[], Failure>): string[] {
  if (!turn.ok) return [turn.failure.code]
  return turn.value.flatMap((notice) => {
    if (notice.type !== 'problem') return []
    return [notice.problem.code === 'refused' ? notice.problem.failure.code : notice.problem.code]
  })
}

function factsOf({ live, present, snapshot }: Watcher): WatchFacts {
  const { state, parser } = live
  const now = present.steady + present.offsetMs
  let held = 0
  for (let index = 0; index < state.operators.length; index++) {
    if (state.columns.present[index] === 1 && !Number.isNaN(state.columns.heldFrom[index] as number)) held++
  }
  return {
    now,
    rows: presenceRows(state, snapshot.catalogue, now),
    accepted: parser.counts.accepted,
    late: state.late,
    skipped: parser.counts.skipped,
    feedAt: Number.isFinite(state.clock) ? state.clock : null,
    held,
    offlineAfterMs: snapshot.catalogue.settings.offlineAfterMs,
  }
}
