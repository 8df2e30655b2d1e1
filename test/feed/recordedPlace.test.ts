import { expect, test } from 'vitest'
import { FollowerStory, type Step } from './followerStory.ts'

const append = (count: number): Step => ({ step: 'append', sizes: Array.from({ length: count }, () => 200) })
const look: Step = { step: 'look', meanwhile: [] }
const empty: Step = { step: 'copytruncate', gap: [] }

test('what came between two truncations while nobody looked is new, though the history ends before both', async () => {
  const story = new FollowerStory()
  await story.play([
    append(8),
    look,
    { step: 'commit' },
    { step: 'checkpoint' },
    append(1),
    empty,
    append(8),
    empty,
    append(8),
    { step: 'crash' },
    look,
  ])
  expect(story.applied).toEqual(story.written)
  expect(story.misplaced).toEqual([])
})

test('a commit while the feed is empty takes nothing for recorded that is written later', async () => {
  const story = new FollowerStory()
  await story.play([look, { step: 'commit' }, append(3), empty, append(3), look])
  expect(story.applied).toEqual(story.written)
  expect(story.misplaced).toEqual([])
})

test('a commit while the feed is empty records the end of the file before it', async () => {
  const story = new FollowerStory()
  await story.play([
    append(3),
    look,
    { step: 'checkpoint' },
    append(3),
    look,
    { step: 'rotate', by: 'number', create: true },
    look,
    { step: 'commit' },
    append(3),
    { step: 'crash' },
    look,
  ])
  expect(story.misplaced).toEqual([])
})
