import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createLineParser } from '../../../src/feed/lineParser.ts'
import { readKeptFeed } from '../../../src/feed/reading/keptFeed.ts'
import { createMemoryFiles, type MemoryFiles } from '../memoryFiles.ts'
import { namesFor } from '../rosterNames.ts'

const feed = 'panel.jsonl'

function lineAt(second: number): Buffer {
  return Buffer.from(`{"at":${second * 1000},"operator":"ana","session":"tab","event":"beat"}\n`)
}

/** A folder with these files, each holding the beats of these seconds. */
function folderOf(contents: Readonly<Record<string, readonly number[]>>): MemoryFiles {
  const files = createMemoryFiles()
  for (const [name, seconds] of Object.entries(contents)) {
    files.create(name)
    for (const second of seconds) files.append(name, lineAt(second))
  }
  return files
}

/** What is read: the seconds in their order, and what stays unread. */
async function readAll(files: MemoryFiles, onBatch: () => void = () => undefined) {
  const seconds: number[] = []
  const read = await readKeptFeed({
    file: feed,
    files,
    createParser: () => createLineParser({ names: namesFor(), futureLimit: null }),
    onBatch: (batch) => {
      for (let index = 0; index < batch.length; index++) seconds.push((batch.at[index] as number) / 1000)
      onBatch()
    },
  })
  expect(files.openCount).toBe(0)
  return { seconds, read }
}

test.each<[string, Readonly<Record<string, readonly number[]>>, readonly number[]]>([
  ['by number', { 'panel.jsonl.1': [3, 4], 'panel.jsonl.10': [1], 'panel.jsonl.2': [2], [feed]: [5] }, [1, 2, 3, 4, 5]],
  ['by date', { 'panel.jsonl-20261122': [2], 'panel.jsonl-20261121': [1], [feed]: [3] }, [1, 2, 3]],
  ['not there itself', { 'panel.jsonl.1': [1, 2] }, [1, 2]],
  ['with a copy of itself beside it', { 'panel.jsonl.bak': [1, 2], [feed]: [1, 2, 3] }, [1, 2, 3]],
  ['with an empty file before it', { 'panel.jsonl.1': [], [feed]: [1] }, [1]],
  ['beside other things', { 'panel.jsonl.tmp': [1], 'other.jsonl': [2], [feed]: [3] }, [3]],
])('a feed that was rotated is read in order, oldest first: %s', async (_how, contents, seconds) => {
  expect((await readAll(folderOf(contents))).seconds).toEqual(seconds)
})

test('a last line without its newline counts in each of the files, and lines are counted from their beginning', async () => {
  const files = folderOf({ 'panel.jsonl.1': [1], [feed]: [3] })
  files.append('panel.jsonl.1', lineAt(2).subarray(0, -1))
  files.append(feed, Buffer.from('{\n'))
  const { seconds, read } = await readAll(files)
  expect(seconds).toEqual([1, 2, 3])
  expect(read.ok && read.value.parts).toMatchObject([
    { file: 'panel.jsonl.1', counts: { lines: 2, accepted: 2 } },
    { file: feed, counts: { lines: 2, accepted: 1, firstSkipped: { malformed: { line: 2 } } } },
  ])
})

test('compressed files are named, unless what they hold still lies there', async () => {
  const files = folderOf({ 'panel.jsonl.1': [1], [feed]: [2] })
  for (const name of ['panel.jsonl.1.gz', 'panel.jsonl.2.gz', 'panel-20261122.jsonl.zst', 'other.jsonl.1.gz'])
    files.append(name, gzipSync(lineAt(0)))
  const { seconds, read } = await readAll(files)
  expect(seconds).toEqual([1, 2])
  expect(read.ok && read.value.compressed).toEqual(['panel.jsonl.2.gz', 'panel-20261122.jsonl.zst'])
})

test('a feed that is no file is refused', async () => {
  const files = createMemoryFiles()
  files.place(feed, 'fifo')
  expect((await readAll(files)).read).toEqual({
    ok: false,
    failure: { code: 'not-a-file', file: feed, found: 'fifo' },
  })
})

test('rotated once more at any moment, everything is read once', async () => {
  const seen = new Set<string>()
  for (let moment = 0; moment < 60; moment++) {
    const files = folderOf({ 'panel.jsonl.2': [1], 'panel.jsonl.1': [2], [feed]: [3] })
    let access = 0
    files.meanwhile = () => {
      if (access++ !== moment) return
      for (const [from, to] of [
        ['.2', '.3'],
        ['.1', '.2'],
        ['', '.1'],
      ])
        files.rename(`${feed}${from}`, `${feed}${to}`)
      files.append(feed, lineAt(4))
    }
    seen.add((await readAll(files)).seconds.join(' '))
  }
  expect([...seen]).toEqual(['1 2 3 4', '1 2 3'])
})

test('a rotated file that goes away before it is read is told of', async () => {
  const files = folderOf({ 'panel.jsonl.2': [1], 'panel.jsonl.1': [2], [feed]: [3] })
  const { seconds, read } = await readAll(files, () => files.remove('panel.jsonl.1'))
  expect(seconds).toEqual([1, 3])
  expect(read.ok && read.value.unreadable).toEqual([{ file: 'panel.jsonl.1', errno: 'ENOENT' }])
})
