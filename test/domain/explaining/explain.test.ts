import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../../../src/domain/explaining/explain.ts'
import type { Explanation } from '../../../src/domain/explaining/explanation.ts'
import { lookAtBatch, recordedByReplay, startLookBack } from '../../../src/domain/explaining/lookBack.ts'
import { createReplay, finishReplay, type ReplayResult, replayBatch } from '../../../src/domain/replay/replay.ts'
import type { OracleInput } from '../../support/oracle.ts'
import { oracle } from '../../support/oracle.ts'
import { batchOf } from '../../support/play.ts'
import { flavours, randomFeed } from '../../support/randomFeed.ts'

const numRuns = Number(process.env.OPSTAT_RUNS ?? 60)

/** The feed is played; what came of it stands in for a history. */
function playWhole(input: OracleInput): ReplayResult {
  const replay = createReplay({ ...input, initial: new Map(Object.entries(input.initial)) })
  replayBatch(replay, batchOf(replay.state, input.records))
  return finishReplay(replay, null).result
}

function explainAt(
  input: OracleInput,
  played: ReplayResult,
  { operator, at }: { operator: string; at: number },
): Explanation {
  const { catalogue } = input
  const recorded = recordedByReplay(played, at)
  const about = { catalogue, recorded, instant: at, recordedUntil: Number.POSITIVE_INFINITY }
  const back = startLookBack({ id: operator, isThere: true }, about)
  lookAtBatch(back, batchOf(back.state, input.records))
  return explain({
    ...{ operator: { id: operator, name: operator }, at, source: 'replayed', state: back.state, catalogue },
    transitions: played.transitions.filter((transition) => transition.operator === operator && transition.at <= at),
    ...{
      lostBefore: Number.NEGATIVE_INFINITY,
      rulesAtSwitch: null,
      concerning: [],
      next: null,
      trace: back.trace,
      start: played.from,
    },
    held: played.problems.flatMap((problem) => (problem.type === 'held' ? [problem] : [])),
  })
}

describe('what brute force switches is explained with its own arithmetic', () => {
  for (const flavour of flavours) {
    test(`on random feeds, ${flavour.name}`, () => {
      fc.assert(
        fc.property(randomFeed(flavour), (input) => {
          const { transitions, held, to } = oracle(input)
          const played = playWhole(input)
          const ordered = input.records.every(({ at }, index) => at >= (input.records[index - 1]?.at ?? at))
          const waitMs = input.catalogue.settings.offlineAfterMs as number
          for (const transition of transitions.filter(({ cause }) => cause === 'auto-offline')) {
            const { at, operator, due, lastSeen } = transition
            const { lastSwitch, feed } = explainAt(input, played, { operator, at })
            const silence = lastSwitch?.silence
            expect(lastSwitch?.transition).toMatchObject(transition)
            expect([silence?.deadline, lastSwitch?.target.status]).toEqual([due, transition.to])
            // The deadline is base, wait and what did not count, and that is exactly the feed's gaps.
            expect((silence?.base ?? 0) + waitMs + (silence?.uncountedMs ?? 0)).toBe(due)
            const gapsMs = silence?.gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0)
            // A late record may have divided a gap since.
            if (ordered) expect(silence?.uncountedMs).toBe(gapsMs)
            // The sign of life that counted is in the feed, unless the stay's beginning counted.
            if (silence?.basis === 'sign-of-life') expect(silence.sign?.at).toBe(lastSeen)
            expect(feed).not.toBeNull()
            const wasHeld = held.some((wave) => wave.operators.includes(operator) && wave.at <= (due as number))
            if (lastSwitch?.delay.by === 'guard') expect(wasHeld).toBe(true)
            if (at > (due as number) && held.length === 0) expect(lastSwitch?.delay.by).toBe('next-record')
            if (at === due) expect(lastSwitch?.delay).toEqual({ by: 'nothing', ms: 0 })
          }
          for (const { operator, canReceive } of oracle(input).operators) {
            const { outlook, row } = explainAt(input, played, { operator, at: to })
            expect(outlook.kind === 'nothing').toBe(row.switchAt === null)
            if (!canReceive) expect(outlook).toEqual({ kind: 'nothing', because: { reason: 'not-receiving' } })
            if (outlook.kind !== 'nothing') expect(outlook.switchAt).toBe(row.switchAt)
          }
        }),
        { numRuns },
      )
    })
  }
})
