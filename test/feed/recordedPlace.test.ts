import { expect, test } from 'vitest'
import { FileFollower } from '../../src/feed/fileFollower.ts'
import { FollowerStory, type Step } from './followerStory.ts'
import { createMemoryFiles } from './memoryFiles.ts'

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

test('lines that a power cut took from the feed after they were recorded leave their place to new ones', async () => {
  const files = createMemoryFiles()
  const lines = (from: number) => Buffer.from(Array.from({ length: 3 }, (_, n) => `line ${from + n}\n`).join(''))
  files.append('feed', lines(1))
  files.append('feed', lines(4))
  const before = new FileFollower(files, 'feed', null)
  await before.readToEnd({ recorded: null, onChunk: () => undefined })
  const recorded = before.feedPosition()
  await before.close()
  files.truncate('feed')
  files.append('feed', lines(1))
  files.append('feed', lines(7))
  const places: string[] = []
  const after = new FileFollower(files, 'feed', null)
  await after.readToEnd({ recorded, onChunk: ({ place }) => void places.push(place) })
  await after.close()
  expect(places).toEqual(['new'])
})
