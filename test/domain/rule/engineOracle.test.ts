import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReplayResult } from '../../../src/domain/replay/replay.ts'
import { oracle } from '../../support/oracle.ts'
import { play } from '../../support/play.ts'
import { flavours, randomFeed, reportFeed } from '../../support/randomFeed.ts'

const runs = Number(process.env.OPSTAT_RUNS ?? 1_500)

describe('the engine and the brute-force oracle agree in every field, however the feed is cut', () => {
  for (const flavour of flavours) {
    test(`on random feeds, ${flavour.name}`, () => {
      const everywhere = (count: number) => Array.from({ length: count }, (_, index) => index)
      fc.assert(
        fc.property(randomFeed(flavour), (input) => {
          const whole = play(input, [])
          expect(comparable(whole.result)).toEqual(oracle(input))
          expect(play(input, everywhere(input.records.length))).toEqual(whole)
        }),
        { numRuns: runs, reporter: reportFeed },
      )
    })
  }
})

/** The engine's result in the oracle's fields. */
function comparable({ beyond: _, startStatus: __, problems, transitions, ...rest }: ReplayResult) {
  return {
    ...rest,
    transitions: transitions.map(({ by: _, ...transition }) => transition),
    held: problems.flatMap((problem) =>
      problem.type === 'held' ? [{ at: problem.at, operators: problem.operators }] : [],
    ),
  }
}
