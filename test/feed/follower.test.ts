import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { FeedPosition } from '../../src/domain/history/history.ts'
import { createFollower, type FollowPosition } from '../../src/feed/follower.ts'

const folders: string[] = []
const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
  for (const folder of folders) rmSync(folder, { recursive: true })
})

test('what is appended is handed on once, line by line complete', async () => {
  const { feed, look } = follow()
  writeFileSync(feed, 'one\ntwo\nthr')
  expect(await look()).toEqual({ lines: ['one', 'two'], events: [], state: 'following' })
  expect((await look()).lines).toEqual([])
  appendFileSync(feed, 'ee\nfour\n')
  expect((await look()).lines).toEqual(['three', 'four'])
})

test('a character split over two writes arrives whole', async () => {
  const { feed, look } = follow()
  const bytes = Buffer.from('Олена\n')
  writeFileSync(feed, bytes.subarray(0, 3))
  expect((await look()).lines).toEqual([])
  appendFileSync(feed, bytes.subarray(3))
  expect((await look()).lines).toEqual(['Олена'])
})

test('a restart goes on where the lines were handed on, also in the middle of an unfinished one', async () => {
  const { feed, look, restart } = follow()
  writeFileSync(feed, 'one\ntw')
  await look()
  appendFileSync(feed, 'o\nthree\n')
  await restart()
  expect((await look()).lines).toEqual(['two', 'three'])
})

test('a missing feed is waited for and said once', async () => {
  const { feed, look } = follow()
  expect(await look()).toEqual({ lines: [], events: ['missing'], state: 'missing' })
  expect(await look()).toEqual({ lines: [], events: [], state: 'missing' })
  writeFileSync(feed, 'one\n')
  expect(await look()).toEqual({ lines: ['one'], events: ['appeared'], state: 'following' })
})

test('a directory, a FIFO or a device in its place is refused without waiting', async () => {
  const { feed, look } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  rmSync(feed)
  mkdirSync(feed)
  expect(await look()).toEqual({ lines: [], events: ['refused directory'], state: 'refused' })
  rmSync(feed, { recursive: true })
  execFileSync('mkfifo', [feed])
  expect(await look()).toEqual({ lines: [], events: ['refused fifo'], state: 'refused' })
  rmSync(feed)
  symlinkSync('/dev/zero', feed)
  expect(await look()).toEqual({ lines: [], events: ['refused device'], state: 'refused' })
  rmSync(feed)
  writeFileSync(feed, 'two\n')
  expect(await look()).toEqual({ lines: ['two'], events: ['appeared', 'rotated read 0'], state: 'following' })
})

for (const [size, refill] of [
  ['smaller', 'new\n'],
  ['equal', 'six\nten\n'],
  ['larger', 'six\nten\nseven\neight\n'],
] as const) {
  test(`a feed emptied and refilled ${size} is read from its beginning`, async () => {
    const { feed, look } = follow()
    writeFileSync(feed, 'one\ntwo\n')
    await look()
    truncateSync(feed)
    appendFileSync(feed, refill)
    expect(await look()).toEqual({ lines: refill.trim().split('\n'), events: ['truncated gone 0'], state: 'following' })
  })
}

test('a refilled feed is recognised by its beginning alone, where the bytes before the place are the same', async () => {
  const { feed, look } = follow()
  const same = `${'x'.repeat(3000)}\n`
  writeFileSync(feed, `one\n${same}`)
  await look()
  writeFileSync(feed, `two\n${same}three\n`)
  expect((await look()).lines).toEqual(['two', same.trim(), 'three'])
})

test('what was written before the copy was made is read from the copy', async () => {
  const { feed, look } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  appendFileSync(feed, 'two\n')
  copyFileSync(feed, `${feed}.1`)
  truncateSync(feed)
  appendFileSync(feed, 'three\n')
  expect(await look()).toEqual({ lines: ['two', 'three'], events: ['truncated read 0'], state: 'following' })
})

test('three rotations between two looks are read in their order', async () => {
  const { feed, look } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  appendFileSync(feed, 'two\n')
  for (const line of ['three\n', 'four\n', 'five\n']) {
    rotate(feed)
    writeFileSync(feed, line)
  }
  expect(await look()).toEqual({
    lines: ['two', 'three', 'four', 'five'],
    events: ['rotated read 2'],
    state: 'following',
  })
})

test('rotations while the watcher was down are read by the next one, dated names too', async () => {
  const { feed, look, restart } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  appendFileSync(feed, 'two\n')
  renameSync(feed, `${feed}-20261121`)
  writeFileSync(feed, 'three\n')
  renameSync(feed, `${feed}-20261122`)
  writeFileSync(feed, 'four\n')
  await restart()
  expect((await look()).lines).toEqual(['two', 'three', 'four'])
})

test('files from before the first look, compressed ones and copies are not read', async () => {
  const { feed, look } = follow()
  writeFileSync(`${feed}.1`, 'older\n')
  writeFileSync(feed, 'one\n')
  await look()
  copyFileSync(feed, `${feed}.bak`)
  writeFileSync(`${feed}.3.gz`, 'packed\n')
  rotate(feed)
  writeFileSync(`${feed}.3`, 'unpacked by somebody\n')
  writeFileSync(feed, 'two\n')
  expect((await look()).lines).toEqual(['two'])
})

test('the rest of a feed that was removed while it was followed is still read', async () => {
  const { feed, look } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  appendFileSync(feed, 'two\n')
  rmSync(feed)
  writeFileSync(feed, 'three\n')
  expect(await look()).toEqual({ lines: ['two', 'three'], events: ['rotated read 0'], state: 'following' })
})

test('a writer that had not noticed the rotation yet is still heard', async () => {
  const { feed, look } = follow()
  writeFileSync(feed, 'one\n')
  const writer = openSync(feed, 'a')
  await look()
  rotate(feed)
  writeFileSync(feed, 'two\n')
  await look()
  writeSync(writer, 'late\n')
  expect((await look()).lines).toEqual(['late'])
})

test('a feed saved by an editor under a new inode goes on', async () => {
  const { feed, look } = follow()
  writeFileSync(feed, 'one\ntwo\n')
  await look()
  writeFileSync(`${feed}.tmp`, 'one\ntwo\nthree\n')
  renameSync(`${feed}.tmp`, feed)
  expect(await look()).toEqual({ lines: ['three'], events: [], state: 'following' })
})

test('a link is followed, and the rotated files beside its target are found', async () => {
  const { feed, folder, look } = follow()
  mkdirSync(join(folder, 'logs'))
  const target = join(folder, 'logs', 'panel.jsonl')
  writeFileSync(target, 'one\n')
  symlinkSync(target, feed)
  await look()
  for (const line of ['two\n', 'three\n']) {
    rotate(target)
    writeFileSync(target, line)
  }
  expect((await look()).lines).toEqual(['two', 'three'])
})

test('of an endless line only the beginning is handed on, however it grows', async () => {
  const { feed, look, restart } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  for (let count = 0; count < 5; count++) {
    appendFileSync(feed, Buffer.alloc(300_000, 'x'))
    expect((await look()).lines).toEqual([])
  }
  appendFileSync(feed, 'x\ntwo\n')
  await restart()
  expect((await look()).lines).toEqual(['x'.repeat(65_537), 'two'])
})

test('a hole in a file is one long line of nothing', async () => {
  const { feed, look } = follow()
  writeFileSync(feed, 'one\n')
  truncateSync(feed, 5_000_000)
  appendFileSync(feed, '\ntwo\n')
  expect((await look()).lines).toEqual(['one', '\0'.repeat(65_537), 'two'])
})

test('lines up to the recorded position are marked, also when their file was rotated since', async () => {
  const { feed, look, restart, recordedNow } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  await restart()
  appendFileSync(feed, 'two\n')
  rotate(feed)
  writeFileSync(feed, 'three\n')
  await look()
  const recorded = recordedNow()
  appendFileSync(feed, 'four\n')
  rotate(feed)
  writeFileSync(feed, 'five\n')
  await restart('from the last restart')
  expect((await look(recorded)).lines).toEqual(['two recorded', 'three recorded', 'four', 'five'])
})

test('where the recorded file is gone, what was read before it was recorded and what comes after was not', async () => {
  const { feed, look, restart, recordedNow } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  await restart()
  appendFileSync(feed, 'two\n')
  renameSync(feed, `${feed}.1`)
  writeFileSync(feed, 'three\n')
  await look()
  const recorded = recordedNow()
  rmSync(feed)
  writeFileSync(feed, 'four\n')
  await restart('from the last restart')
  expect((await look(recorded)).lines).toEqual(['two recorded', 'four'])
})

test('without a checkpoint the file with the recorded position is read again, and all that followed it', async () => {
  const { feed, look, restart, recordedNow } = follow()
  writeFileSync(feed, 'zero\n')
  rotate(feed)
  writeFileSync(feed, 'one\n')
  await look()
  const recorded = recordedNow()
  for (const line of ['two\n', 'three\n']) {
    rotate(feed)
    writeFileSync(feed, line)
  }
  await restart('without a checkpoint')
  expect((await look(recorded)).lines).toEqual(['one recorded', 'two', 'three'])
})

/** A power cut takes the emptying back: the feed goes on behind its copy, and is copied and emptied once more. */
function copyTwice(feed: string, meanwhile: string): void {
  copyFileSync(feed, `${feed}.1`)
  appendFileSync(feed, meanwhile)
  renameSync(`${feed}.1`, `${feed}.2`)
  copyFileSync(feed, `${feed}.1`)
  truncateSync(feed)
}

test('of two copies of a file that came and went meanwhile the longer one is read', async () => {
  const { feed, look, restart } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  await restart()
  renameSync(feed, `${feed}.3`)
  writeFileSync(feed, 'two\n')
  copyTwice(feed, 'three\n')
  appendFileSync(feed, 'four\n')
  expect((await look()).lines).toEqual(['two', 'three', 'four'])
})

test('without a checkpoint the longer one of two copies with the recorded position is read', async () => {
  const { feed, look, restart, recordedNow } = follow()
  writeFileSync(feed, 'one\n')
  await look()
  const recorded = recordedNow()
  appendFileSync(feed, 'two\n')
  copyTwice(feed, 'three\n')
  appendFileSync(feed, 'four\n')
  await restart('without a checkpoint')
  expect((await look(recorded)).lines).toEqual(['one recorded', 'two', 'three', 'four'])
})

test('a damaged checkpoint is none', async () => {
  const { feed } = follow()
  writeFileSync(feed, 'one\n')
  for (const damaged of [
    5,
    {},
    { version: 1, file: '1-1-0-', offset: -1, before: '', after: '', retired: [], known: [] },
  ]) {
    const lines: string[] = []
    const follower = createFollower({ file: feed, position: damaged as unknown as FollowPosition })
    await follower.readToEnd({ recorded: null, onChunk: ({ bytes }) => void lines.push(Buffer.from(bytes).toString()) })
    await follower.close()
    expect(lines).toEqual(['one\n'])
  }
})

test('what the callback throws reaches the caller, and the lines come again', async () => {
  const { feed } = follow()
  writeFileSync(feed, 'one\n')
  const follower = createFollower({ file: feed, position: null })
  const failing = follower.readToEnd({
    recorded: null,
    onChunk: () => {
      throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
    },
  })
  await expect(failing).rejects.toThrow('no room')
  const lines: string[] = []
  await follower.readToEnd({ recorded: null, onChunk: ({ bytes }) => void lines.push(Buffer.from(bytes).toString()) })
  await follower.close()
  expect(lines).toEqual(['one\n'])
})

/** A follower of a feed in a folder of its own. */
function follow() {
  const folder = mkdtempSync(join(tmpdir(), 'opstat-follower-'))
  folders.push(folder)
  const feed = join(folder, 'heartbeats.jsonl')
  let follower = createFollower({ file: feed, position: null })
  let last: FollowPosition | null = null
  closing.push(() => follower.close())

  async function look(recorded: FeedPosition | null = null) {
    const lines: string[] = []
    const { state, happened } = await follower.readToEnd({
      recorded,
      onChunk: ({ bytes, place }) => {
        const mark = place === 'recorded' ? ' recorded' : ''
        for (const line of Buffer.from(bytes).toString().split('\n').slice(0, -1)) lines.push(`${line}${mark}`)
      },
    })
    const events = happened.map((event) =>
      [event.event, 'found' in event ? event.found : '', 'rest' in event ? `${event.rest} ${event.between}` : '']
        .filter((word) => word !== '')
        .join(' '),
    )
    return { lines, events, state: state.state }
  }

  async function restart(from: 'here' | 'from the last restart' | 'without a checkpoint' = 'here') {
    const position = from === 'here' ? follower.position() : from === 'from the last restart' ? last : null
    await follower.close()
    last = position
    follower = createFollower({ file: feed, position: JSON.parse(JSON.stringify(position)) })
  }

  return { feed, folder, look, restart, recordedNow: () => follower.feedPosition() }
}

/** As logrotate does: `.1` becomes `.2`, the feed becomes `.1`. */
function rotate(feed: string): void {
  for (const number of [3, 2, 1]) {
    try {
      renameSync(`${feed}.${number}`, `${feed}.${number + 1}`)
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOENT' })
    }
  }
  renameSync(feed, `${feed}.1`)
}
