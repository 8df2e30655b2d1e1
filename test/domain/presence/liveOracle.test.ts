import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liveOracle } from '../../support/oracle.ts'
import { watchTurns } from '../../support/play.ts'
import { flavours, reportFeed, watchedFeed } from '../../support/randomFeed.ts'

const runs = Number(process.env.OPSTAT_RUNS ?? 350)

describe('a live watcher and the brute-force oracle agree, with and without a restart between any two turns', () => {
  for (const flavour of flavours) {
    test(`on random feeds and turns, ${flavour.name}`, () => {
      fc.assert(
        fc.property(watchedFeed(flavour), (feed) => {
          const { late, transitions, held, operators } = watchTurns(feed, feed.turns, 'kept')
          const found = {
            late,
            operators,
            transitions: transitions.map(({ by: _, ...transition }) => transition),
            held: held.map(({ at, operators }) => ({ at, operators })),
          }
          expect(found).toEqual(liveOracle(feed, feed.turns))
          const { late: _, ...restarted } = watchTurns(feed, feed.turns, 'restarted')
          const { late: __, ...recalled } = watchTurns(feed, feed.turns, 'recalled')
          expect(recalled).toEqual(restarted)
          expect(restarted).toEqual({ transitions, held, operators })
        }),
        { numRuns: runs, reporter: reportFeed },
      )
    })
  }
})
