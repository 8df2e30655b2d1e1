import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FollowerStory, type Step } from './followerStory.ts'

const size = fc.oneof(
  { weight: 8, arbitrary: fc.nat(40) },
  { weight: 2, arbitrary: fc.integer({ min: 300, max: 1500 }) },
  { weight: 1, arbitrary: fc.constant(66_000) },
)
const append: fc.Arbitrary<Step> = fc.record({
  step: fc.constant('append'),
  sizes: fc.array(size, { minLength: 1, maxLength: 4 }),
})
const part: fc.Arbitrary<Step> = fc.record({ step: fc.constant('append-part'), size })
const finish: fc.Arbitrary<Step> = fc.constant({ step: 'finish-part' })
const clock: fc.Arbitrary<Step> = fc.constant({ step: 'tick-clock' })
const rotate = (by: 'number' | 'date'): fc.Arbitrary<Step> =>
  fc.record({ step: fc.constant('rotate'), by: fc.constant(by), create: fc.boolean() })
const copyTruncate: fc.Arbitrary<Step> = fc.record({
  step: fc.constant('copytruncate'),
  gap: fc.array(size, { maxLength: 2 }),
})
const late: fc.Arbitrary<Step> = fc.record({ step: fc.constant('append-late'), size })
const watcher: fc.Arbitrary<Step> = fc.constantFrom<Step>(
  { step: 'checkpoint' },
  { step: 'commit' },
  { step: 'restart' },
  { step: 'crash' },
)

function stories(...writing: readonly fc.Arbitrary<Step>[]): fc.Arbitrary<Step[]> {
  const written = fc.oneof(append, append, part, finish, clock, ...writing)
  const look: fc.Arbitrary<Step> = fc.record({
    step: fc.constant('look'),
    meanwhile: fc.oneof(
      fc.constant([]),
      fc.array(fc.record({ after: fc.integer({ min: 1, max: 25 }), step: written }), { maxLength: 3 }),
    ),
  })
  return fc.array(
    fc.oneof({ weight: 4, arbitrary: written }, { weight: 2, arbitrary: look }, { weight: 1, arbitrary: watcher }),
    { maxLength: 24 },
  )
}

for (const by of ['number', 'date'] as const) {
  test(`rotation by renaming to a ${by}: no record lost, repeated or out of order`, async () => {
    await holds(stories(rotate(by), rotate(by)), (story) => {
      expect(sorted(story.applied)).toEqual(sorted(story.written))
      if (story.isLate) return
      expect(story.applied).toEqual(story.written)
      expect(story.misplaced).toEqual([])
    })
  })
}

test('names of several kinds: no record lost or repeated', async () => {
  await holds(stories(rotate('number'), rotate('date'), late), (story) => {
    expect(sorted(story.applied)).toEqual(sorted(story.written))
  })
})

test('copying and truncating: nothing lost but what was written between the two', async () => {
  await holds(stories(copyTruncate, copyTruncate), (story) => {
    const applied = new Set(story.applied)
    expect(story.applied.length).toBe(applied.size)
    expect(story.written.filter((number) => !applied.has(number) && !story.inGap.has(number))).toEqual([])
    // What is not in the history is never passed over as if it were.
    expect(story.misplaced.filter((line) => line.endsWith('recorded'))).toEqual([])
  })
})

async function holds(steps: fc.Arbitrary<Step[]>, expectation: (story: FollowerStory) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(steps, async (played) => {
      const story = new FollowerStory()
      await story.play(played)
      expect(story.files.openCount).toBe(0)
      expectation(story)
    }),
    { numRuns: 1500 },
  )
}

function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((one, other) => one - other)
}
