import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FeedRecord } from '../../../../src/domain/records/records.ts'
import { createReplay, finishReplay, replayBatch } from '../../../../src/domain/replay/replay.ts'
import {
  type Comparison,
  compareTracks,
  startTrack,
  trackBatch,
} from '../../../../src/domain/reports/absence/comparison.ts'
import { catalogueWith } from '../../../support/catalogues.ts'
import { oracle } from '../../../support/oracle.ts'
import { batchOf } from '../../../support/play.ts'

const numRuns = Number(process.env.OPSTAT_RUNS ?? 300)
const minute = 60_000
const start = Date.UTC(2026, 10, 23, 9)
const ids = ['ana', 'bo']

function catalogueOf(minutes: number) {
  const catalogue = catalogueWith({ operators: ids.map((id) => ({ id, initialStatus: 'online' })) })
  return { ...catalogue, settings: { ...catalogue.settings, offlineAfterMs: minutes * minute } }
}

const step = fc.oneof(
  fc.constantFrom(0, 30_000, 2 * minute),
  fc
    .tuple(fc.constantFrom(5, 10, 15, 20, 25), fc.constantFrom(-1, 0, 1))
    .map(([minutes, off]) => minutes * minute + off),
)
const anyFeed = fc.array(
  fc.tuple(step, fc.constantFrom(...ids), fc.constantFrom('beat', 'close', 'online', 'on-break')),
  { minLength: 1, maxLength: 30, size: 'max' },
)

function recordsOf(happened: readonly (readonly [number, string, string])[]): FeedRecord[] {
  let at = start
  return happened.map(([ahead, operator, what]): FeedRecord => {
    at += ahead
    if (what === 'beat' || what === 'close') return { at, event: what, operator, session: 's' }
    return { at, event: 'status', operator, status: what }
  })
}

/** Compares two waits, the records handed over in pieces. */
function compare(records: readonly FeedRecord[], waits: readonly [number, number], pieces: number): Comparison {
  const replays = waits.map((minutes) =>
    createReplay({ catalogue: catalogueOf(minutes), start, until: null, initial: new Map() }),
  )
  const tracks = replays.map(startTrack)
  for (let index = 0; index < records.length; index += pieces) {
    for (const [which, replay] of replays.entries()) {
      const batch = batchOf(replay.state, records.slice(index, index + pieces))
      replayBatch(replay, batch)
      trackBatch(tracks[which] as (typeof tracks)[number], batch)
    }
  }
  const [before, after] = replays.map((replay, which) => ({
    track: tracks[which] as (typeof tracks)[number],
    result: finishReplay(replay, null).result,
  }))
  return compareTracks(before as NonNullable<typeof before>, after as NonNullable<typeof after>)
}

test('what is added, removed and moved, ghost and false-offline time are what brute force gives for both waits', () => {
  fc.assert(
    fc.property(
      anyFeed,
      fc.constantFrom([10, 5], [5, 10], [10, 10], [15, 20]),
      fc.integer({ min: 1, max: 9 }),
      (feed, waits, pieces) => {
        const records = recordsOf(feed)
        const played = waits.map((minutes) =>
          oracle({ catalogue: catalogueOf(minutes), records, start, until: null, initial: {} }),
        )
        const end = Math.max(...played.map(({ to }) => to))
        const [before, after] = played.map(({ transitions }) =>
          transitions.flatMap((one, index) => {
            if (one.cause !== 'auto-offline') return []
            const own = (other: { operator: string }) => other.operator === one.operator
            const base = Math.max(one.lastSeen ?? start, transitions.slice(0, index).findLast(own)?.at ?? start)
            const until = transitions.slice(index + 1).find(own)?.at ?? end
            const signs = records.filter((record) => 'operator' in record && own(record) && record.at > base)
            const back = Math.min(...signs.map(({ at }) => at).filter((at) => at <= one.at + 10 * minute))
            return [{ key: `${one.operator} ${base}`, at: one.at, base, until, back: Math.max(back, one.at) }]
          }),
        ) as [Played[], Played[]]
        const found = compare(records, waits as [number, number], pieces)
        const keys = (list: Played[]) => new Set(list.map(({ key }) => key))
        expect(found.added.map(({ at }) => at)).toEqual(
          after.filter(({ key }) => !keys(before).has(key)).map(({ at }) => at),
        )
        expect(found.removed.map(({ at }) => at)).toEqual(
          before.filter(({ key }) => !keys(after).has(key)).map(({ at }) => at),
        )
        const moved = after.flatMap(({ key, at }) =>
          before.filter((one) => one.key === key && one.at !== at).map((one) => [one.at, at]),
        )
        expect(found.moved.map((one) => [one.before.at, one.after.at])).toEqual(moved)
        expect([found.before, found.after]).toEqual([before, after].map(sumsOf))
        const total = (key: 'switches' | 'ghostMs' | 'falseOfflineMs') =>
          found.operators.reduce((sum, one) => sum + one.after[key], 0)
        expect([total('switches'), total('ghostMs'), total('falseOfflineMs')]).toEqual([
          ...[found.after.switches, found.after.ghostMs, found.after.falseOfflineMs],
        ])
      },
    ),
    { numRuns },
  )
})

interface Played {
  readonly key: string
  readonly at: number
  readonly base: number
  readonly until: number
  /** Infinity: they did not come back soon. */
  readonly back: number
}

function sumsOf(switches: readonly Played[]) {
  const back = switches.filter((one) => one.back !== Number.POSITIVE_INFINITY)
  return {
    switches: switches.length,
    ghostMs: switches.reduce((sum, { at, base }) => sum + at - base, 0),
    falseOffline: back.length,
    falseOfflineMs: back.reduce((sum, one) => sum + one.until - one.back, 0),
  }
}
