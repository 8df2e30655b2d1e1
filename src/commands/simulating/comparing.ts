import type { Failure } from '../../domain/failure.ts'
import { createReplay, finishReplay, type Replay, type ReplayResult, replayBatch } from '../../domain/replay/replay.ts'
import { type Comparison, compareTracks, startTrack, trackBatch } from '../../domain/reports/absence/comparison.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { Beside } from './playedRecords.ts'
import type { PreparedPlay, SimulateOptions } from './playing.ts'

/** The present settings, played beside the changed ones. */
export interface Comparing extends Beside {
  /** Compares with the finished replay of the changed settings. */
  finish(result: ReplayResult, lastExpected: number | null): Comparison
}

/** Null where no comparison is wanted. Refuses one without a changed setting. */
export function startComparing(
  options: SimulateOptions,
  prepared: PreparedPlay,
  changed: Replay,
): Result<Comparing | null, Failure> {
  if (options.compare !== true) return ok(null)
  if ((options.set ?? []).length === 0) return refuse({ code: 'usage', mistake: 'nothing-to-compare' })
  const { setup, catalogue, present } = prepared
  const replay = createReplay({ ...setup, catalogue: { ...catalogue, settings: present } })
  const [before, after] = [startTrack(replay), startTrack(changed)]
  return ok({
    state: replay.state,
    onBatch(batch) {
      replayBatch(replay, batch)
      trackBatch(before, batch)
      trackBatch(after, batch)
    },
    finish: (result, lastExpected) =>
      compareTracks({ track: before, result: finishReplay(replay, lastExpected).result }, { track: after, result }),
  })
}
