import { expect, test } from 'vitest'
import type { FeedHappening } from '../../src/domain/watching/notice.ts'
import type { FeedFiles } from '../../src/feed/feedFiles.ts'
import { FileFollower } from '../../src/feed/fileFollower.ts'
import type { Look } from '../../src/feed/follower.ts'
import type { FollowPosition } from '../../src/feed/followPosition.ts'
import { createMemoryFiles } from './memoryFiles.ts'

/** A feed of which the files named can't be opened at present. */
function feedWith(errno: string) {
  const memory = createMemoryFiles()
  let closed: readonly string[] = []
  const files: FeedFiles = {
    ...memory,
    open: async (file) => {
      if (closed.includes(file)) throw Object.assign(new Error(file), { code: errno })
      return memory.open(file)
    },
  }
  const happened: FeedHappening[] = []
  const lines: string[] = []
  return {
    memory,
    happened,
    lines,
    close: (...names: string[]) => {
      closed = names
    },
    follow: (position: FollowPosition | null) => new FileFollower(files, 'feed', position),
    look: async (follower: FileFollower): Promise<Look> => {
      const look = await follower.readToEnd({
        recorded: null,
        onChunk: ({ bytes }) => {
          lines.push(...Buffer.from(bytes).toString().split('\n').slice(0, -1))
        },
      })
      happened.push(...look.happened)
      return look
    },
  }
}

test.each(['EACCES', 'EIO', 'EMFILE'])(
  'a rotated file that can not be read for a while (%s) is waited for',
  async (errno) => {
    const feed = feedWith(errno)
    feed.memory.append('feed', Buffer.from('one\n'))
    const first = feed.follow(null)
    await feed.look(first)
    const position = first.position()
    await first.close()
    feed.memory.append('feed', Buffer.from('two\n'))
    feed.memory.rename('feed', 'feed.1')
    feed.memory.append('feed', Buffer.from('three\n'))
    feed.close('feed.1')
    const second = feed.follow(position)
    for (let look = 0; look < 10; look++) expect((await feed.look(second)).drained).toBe(false)
    expect(feed.lines).toEqual(['one'])
    expect(feed.happened.filter(({ event }) => event === 'unreadable')).toHaveLength(1)
    feed.close()
    expect((await feed.look(second)).drained).toBe(true)
    expect(feed.lines).toEqual(['one', 'two', 'three'])
    await second.close()
  },
)

test('a rotated file that stays unreadable is given up after a minute, and told of once', async () => {
  const feed = feedWith('EACCES')
  feed.memory.append('feed', Buffer.from('one\n'))
  const first = feed.follow(null)
  await feed.look(first)
  const position = first.position()
  await first.close()
  feed.memory.rename('feed', 'feed.1')
  feed.memory.append('feed', Buffer.from('two\n'))
  feed.close('feed.1')
  const second = feed.follow(position)
  for (let look = 0; look < 70; look++) await feed.look(second)
  expect(feed.lines).toEqual(['one', 'two'])
  expect(feed.happened.filter((event) => event.event === 'unreadable' && event.file === 'feed.1')).toHaveLength(1)
  expect((await feed.look(second)).drained).toBe(true)
  await second.close()
})

test('a feed that can not be read at the first look is read where it was rotated to meanwhile', async () => {
  const feed = feedWith('EACCES')
  feed.memory.append('feed', Buffer.from('one\n'))
  feed.close('feed', 'feed.1')
  const follower = feed.follow(null)
  await feed.look(follower)
  feed.memory.rename('feed', 'feed.1')
  expect(await feed.look(follower)).toMatchObject({ state: { state: 'unreadable', errno: 'EACCES' }, drained: false })
  feed.close()
  await feed.look(follower)
  expect(feed.lines).toEqual(['one'])
  expect(follower.position()).not.toBeNull()
  await follower.close()
})

test('where an unreadable feed was rotated and its file is given up, something older is known to be lost', async () => {
  const feed = feedWith('EACCES')
  feed.memory.append('feed', Buffer.from('one\n'))
  feed.close('feed', 'feed.1')
  const follower = feed.follow(null)
  await feed.look(follower)
  feed.memory.rename('feed', 'feed.1')
  for (let look = 0; look < 60; look++) expect((await feed.look(follower)).state.state).toBe('unreadable')
  expect(await feed.look(follower)).toMatchObject({ state: { state: 'missing' }, beganLate: true })
  await follower.close()
})
