import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ok, refuse } from '../../../src/domain/result.ts'
import { createLineParser } from '../../../src/feed/lineParser.ts'
import { type FeedSource, readFeed } from '../../../src/feed/reading/wholeFeed.ts'
import { namesFor } from '../rosterNames.ts'

const folder = mkdtempSync(join(tmpdir(), 'opstat-feed-'))
afterAll(() => rmSync(folder, { recursive: true }))

const lineAt = (second: number) => `{"at":${second * 1000},"operator":"ana","session":"tab-1","event":"beat"}\n`

test('a feed larger than a block comes in batches, in its order', async () => {
  const file = join(folder, 'long.jsonl')
  writeFileSync(file, Array.from({ length: 20_000 }, (_, second) => lineAt(second)).join(''))
  const read = await readAll({ file })
  expect(read.result).toEqual(ok({ endsInNewline: true }))
  expect(read.times).toEqual(Array.from({ length: 20_000 }, (_, second) => second * 1000))
  expect(Math.max(...read.sizes)).toBeLessThan(20_000)
})

test('a last line without newline counts, and is told of', async () => {
  const file = join(folder, 'open.jsonl')
  writeFileSync(file, lineAt(1) + lineAt(2).trim())
  expect(await readAll({ file })).toMatchObject({ result: ok({ endsInNewline: false }), times: [1000, 2000] })
})

test('bytes that are handed in are read however they are cut', async () => {
  async function* bytes() {
    for (const byte of Buffer.from(lineAt(1) + lineAt(2))) yield Buffer.of(byte)
  }
  expect((await readAll({ bytes: bytes() })).times).toEqual([1000, 2000])
})

test('a missing feed is named with its errno, what is no file with what it is', async () => {
  const missing = join(folder, 'none.jsonl')
  expect((await readAll({ file: missing })).result).toEqual(
    refuse({ code: 'file', file: missing, action: 'read', errno: 'ENOENT', hint: null }),
  )
  expect((await readAll({ file: folder })).result).toEqual(
    refuse({ code: 'not-a-file', file: folder, found: 'directory' }),
  )
  const fifo = join(folder, 'fifo.jsonl')
  execFileSync('mkfifo', [fifo])
  expect((await readAll({ file: fifo })).result).toEqual(refuse({ code: 'not-a-file', file: fifo, found: 'fifo' }))
})

test('what the callback throws is not taken for an error of the file', async () => {
  const file = join(folder, 'thrown.jsonl')
  writeFileSync(file, lineAt(1))
  const reading = readFeed({
    source: { file },
    parser: createLineParser({ names: namesFor(), futureLimit: null }),
    onBatch: () => {
      throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
    },
  })
  await expect(reading).rejects.toThrow('no room')
})

async function readAll(source: FeedSource) {
  const times: number[] = []
  const sizes: number[] = []
  const result = await readFeed({
    source,
    parser: createLineParser({ names: namesFor(), futureLimit: null }),
    onBatch: (batch) => {
      sizes.push(batch.length)
      times.push(...batch.at.subarray(0, batch.length))
    },
  })
  return { result, times, sizes }
}
