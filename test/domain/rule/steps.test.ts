import { afterAll, expect, test } from 'vitest'
import type { PresenceState } from '../../../src/domain/presence/presenceState.ts'
import { beginCounting } from '../../support/steps.ts'

const counter = await beginCounting()
afterAll(() => counter.end())
// What is loaded before is not counted.
const { parseCatalogue } = await import('../../../src/domain/catalogue/rules/rules.ts')
const { createPresenceState } = await import('../../../src/domain/presence/presenceState.ts')
const { recordNames } = await import('../../../src/domain/presence/recordNames.ts')
const { createBatch } = await import('../../../src/domain/records/records.ts')
const { applySwitch, decideLive, foldLive } = await import('../../../src/domain/rule/engine.ts')
const { armEverybody } = await import('../../../src/domain/rule/triggers.ts')
const { createLineParser } = await import('../../../src/feed/lineParser.ts')

/* Steps are calls and turns of loops, counted by V8 (test/support/steps.ts): no time is measured. */

const start = Date.UTC(2026, 10, 22, 9)
const minute = 60_000

test('deciding takes steps for those who are due, however many there are', async () => {
  const [few, many, tenfold] = [await decide(1000, 20), await decide(20_000, 20), await decide(20_000, 200)]
  // A deadline finds its place among n in about log n steps, and so does a switch among those made together.
  expect(many / few).toBeLessThan(1.7)
  expect(tenfold / many).toBeLessThan(15)
})

test('where nobody is due a turn takes next to no steps', async () => {
  const state = stateOf(20_000)
  const { steps, answer } = await stepsOf(() => decideAt(state, start + 5 * minute))
  expect(answer).toBe(0)
  expect(steps).toBeLessThan(40)
})

test('a heartbeat takes the same few steps, from its bytes to its deadline, however many operators there are', async () => {
  const [few, many] = [await hear(200), await hear(20_000)]
  expect(many / few).toBeLessThan(1.05)
  // One word of a name after the other; a line that is not read at once takes twice as many.
  expect(few).toBeLessThan(60)
})

/** The steps for switching so many who are due among all. */
async function decide(operators: number, due: number): Promise<number> {
  const state = stateOf(operators)
  for (let index = 0; index < operators; index++)
    state.columns.lastSeen[index] = start + (index % Math.floor(operators / due) === 0 ? 0 : minute)
  armEverybody(state)
  const { steps, answer } = await stepsOf(() => decideAt(state, start + 10 * minute + 1))
  expect(answer).toBe(due)
  return steps
}

/** The steps for each heartbeat of a feed in which everybody was heard before. */
async function hear(operators: number): Promise<number> {
  const state = stateOf(operators)
  const parser = createLineParser({ names: recordNames(state), futureLimit: null })
  const batch = createBatch(4096)
  const read = (from: number) => {
    batch.length = 0
    for (let at = from; at < from + 5 * minute; at += minute) parser.parse(heard(at), batch)
    foldLive(state, batch, start + 60 * minute, [])
    return batch.length
  }
  read(start)
  const { steps, answer } = await stepsOf(() => read(start + 5 * minute))
  expect(answer).toBe(5 * 400)
  return steps / answer
}

function decideAt(state: PresenceState, now: number): number {
  const due = decideLive(state, now, [])
  for (const one of due) applySwitch(state, one)
  return due.length
}

async function stepsOf<Answer>(run: () => Answer): Promise<{ readonly steps: number; readonly answer: Answer }> {
  let answer: Answer | undefined
  const steps = await counter.stepsOf(async () => {
    answer = run()
  })
  return { steps, answer: answer as Answer }
}

/** The two sessions of two hundred operators, within a second. */
function heard(at: number): Buffer {
  return Buffer.from(Array.from({ length: 400 }, (_, index) => lineOf(index >> 1, index & 1, at + index)).join(''))
}

function lineOf(operator: number, tab: number, at: number): string {
  const id = String(operator).padStart(5, '0')
  return `{"at":"${new Date(at).toISOString()}","operator":"op-${id}","session":"tab-${tab}","event":"beat"}\n`
}

function stateOf(count: number): PresenceState {
  const parsed = parseCatalogue({
    version: 1,
    statuses: [
      { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
      { id: 'offline', name: 'Offline', color: '#757575' },
    ],
    operators: Array.from({ length: count }, (_, index) => ({
      id: `op-${String(index).padStart(5, '0')}`,
      initialStatus: 'online',
    })),
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  const state = createPresenceState(parsed.value)
  state.columns.since.fill(start)
  armEverybody(state)
  return state
}
