import { expect, test } from 'vitest'
import { FollowerStory, type Step } from './followerStory.ts'

/** As many accesses as a look has in these stories, and some more. */
const accesses = 36
const append: Step = { step: 'append', sizes: [0] }
const look: Step = { step: 'look', meanwhile: [] }
const copyTruncate: Step = { step: 'copytruncate', gap: [] }
const rotate: Step = { step: 'rotate', by: 'number', create: true }
const vacate: Step = { step: 'rotate', by: 'number', create: false }

for (const [name, before] of Object.entries({
  'that was empty at the last look': [],
  'that was empty at the last look and is not now': [append],
  'that has something new': [append, look, append],
  'that was copied and truncated just before': [append, look, append, copyTruncate],
  'that was rotated just before': [append, look, append, rotate],
  'that is missing just now': [vacate, append, vacate],
})) {
  test(`wherever two rotations fall into a look at a feed ${name}, every line comes once`, async () => {
    for (const [first, second] of [
      [copyTruncate, copyTruncate],
      [rotate, rotate],
      [vacate, append],
      [vacate, vacate],
      [append, copyTruncate],
      [copyTruncate, append],
    ] as const) {
      for (let one = 1; one < accesses; one++) {
        for (let other = one; other < accesses; other += 1 + (one % 3)) {
          const meanwhile = [
            { after: one, step: first },
            { after: one, step: append },
            { after: other, step: second },
          ]
          await everyLineOnce([...before, { step: 'look', meanwhile }])
        }
      }
    }
  })
}

test('a file that got its first line late is known when it is let go', async () => {
  const rotations = Array.from({ length: 20 }, () => [append, { ...rotate, by: 'date' as const }, look]).flat()
  const part: Step = { step: 'append-part', size: 3 }
  await everyLineOnce([part, { ...rotate, by: 'date' }, look, { step: 'finish-part' }, look, ...rotations])
})

test('a copy that was empty when it was first met is not taken for a file of its own', async () => {
  await everyLineOnce([{ step: 'begin-copy' }, look, append, look, { step: 'end-copy' }, append, look])
})

async function everyLineOnce(steps: readonly Step[]): Promise<void> {
  const story = new FollowerStory()
  await story.play(steps)
  const isCopied = JSON.stringify(steps).includes('copy')
  const applied = isCopied || story.isLate ? story.applied.toSorted((one, other) => one - other) : story.applied
  expect(applied, JSON.stringify(steps)).toEqual(story.written)
}
