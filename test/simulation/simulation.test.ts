import { expect, test } from 'vitest'
import { simulate, wordOutcome } from './simulate.ts'

/* `npm run soak` lives through more of them, and tells one's story. */
const seeds = 300
const perTest = 30
/** A test takes two or three seconds on a machine that has nothing else to do. */
const timeoutMs = 60_000

test.each(Array.from({ length: seeds / perTest }, (_, index) => index * perTest + 1))(
  'whatever happens to feed, disk, clock and processes, no promise is broken: thirty seeds from %i on',
  async (first) => {
    const failures: string[] = []
    let switches = 0
    for (let seed = first; seed < first + perTest; seed++) {
      const outcome = await simulate(seed)
      if (outcome.broken.length > 0) failures.push(wordOutcome(outcome))
      switches += outcome.switches
    }
    expect(failures.join('\n')).toBe('')
    expect(switches).toBeGreaterThan(2 * perTest)
  },
  timeoutMs,
)

test('a seed tells the same story again', async () => {
  const [once, again] = [await simulate(7), await simulate(7)]
  expect(again.diary).toEqual(once.diary)
  expect(again.history).toEqual(once.history)
})
