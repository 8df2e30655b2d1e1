import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createStreamFollower } from '../../src/feed/follower.ts'

test('what came through the pipe is handed on line by line, its end is said once', async () => {
  const { pipe, look } = follow()
  pipe.write('one\ntw')
  expect(await look()).toEqual({ lines: ['one'], events: [], state: 'following' })
  pipe.write('o\nthr')
  expect(await look()).toEqual({ lines: ['two'], events: [], state: 'following' })
  pipe.end('ee\nunfinished')
  expect(await look()).toEqual({ lines: ['three'], events: ['ended'], state: 'ended' })
  expect(await look()).toEqual({ lines: [], events: [], state: 'ended' })
})

test('a broken pipe is said with its errno', async () => {
  const { pipe, look } = follow()
  pipe.destroy(Object.assign(new Error('broken'), { code: 'EIO' }))
  expect(await look()).toEqual({ lines: [], events: ['unreadable'], state: 'unreadable' })
})

test('of an endless line only the beginning is kept', async () => {
  const { pipe, look } = follow()
  for (let count = 0; count < 20; count++) {
    pipe.write(Buffer.alloc(100_000, 'x'))
    expect((await look()).lines).toEqual([])
  }
  pipe.end('\ntwo\n')
  expect((await look()).lines).toEqual(['x'.repeat(65_537), 'two'])
})

test('a fast writer is read to the end of what it wrote, and waits for slow turns', async () => {
  let given = 0
  async function* bytes() {
    for (; given < 100; given++) yield Buffer.from(`${'x'.repeat(99_999)}\n`)
  }
  const follower = createStreamFollower(bytes())
  const stop = new AbortController()
  await follower.readToEnd({ recorded: null, onChunk: () => stop.abort(), stop: stop.signal })
  expect(given).toBeLessThan(60)
  let lines = 0
  await follower.readToEnd({ recorded: null, onChunk: () => void lines++ })
  expect(lines).toBe(99)
})

function follow() {
  const pipe = new PassThrough()
  const follower = createStreamFollower(pipe)
  async function look() {
    const lines: string[] = []
    const { state, happened } = await follower.readToEnd({
      recorded: null,
      onChunk: ({ bytes }) => void lines.push(...Buffer.from(bytes).toString().split('\n').slice(0, -1)),
    })
    return { lines, events: happened.map(({ event }) => event), state: state.state }
  }
  return { pipe, look }
}
