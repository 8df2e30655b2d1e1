import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { FeedRecord } from '../../src/domain/records/records.ts'
import { ok, refuse } from '../../src/domain/result.ts'
import { appendRecord, formatRecord } from '../../src/feed/appendRecord.ts'

const folder = mkdtempSync(join(tmpdir(), 'opstat-append-'))
afterAll(() => rmSync(folder, { recursive: true }))

const at = Date.parse('2026-11-22T10:00:00Z')
const tick: FeedRecord = { at, event: 'tick' }
const tickLine = '{"at":"2026-11-22T10:00:00.000Z","event":"tick"}\n'

test.each<[FeedRecord, string]>([
  [
    { at, event: 'beat', operator: 'ana', session: 'tab-1' },
    '{"at":"2026-11-22T10:00:00.000Z","operator":"ana","session":"tab-1","event":"beat"}\n',
  ],
  [
    { at, event: 'status', operator: 'ana', status: 'online' },
    '{"at":"2026-11-22T10:00:00.000Z","operator":"ana","event":"status","status":"online"}\n',
  ],
  [
    { at, event: 'dialogue-open', operator: 'ana', dialogue: 'd"1\n' },
    '{"at":"2026-11-22T10:00:00.000Z","operator":"ana","event":"dialogue-open","dialogue":"d\\"1\\n"}\n',
  ],
  [{ at, event: 'inquiry', inquiry: 'q' }, '{"at":"2026-11-22T10:00:00.000Z","event":"inquiry","inquiry":"q"}\n'],
  [tick, tickLine],
])('a record is one line: %j', (record, line) => {
  expect(formatRecord(record)).toBe(line)
})

test('a missing feed is created for owner and group, whatever the umask', async () => {
  const file = join(folder, 'new.jsonl')
  const before = process.umask(0o077)
  expect(await appendRecord(file, tick)).toEqual(ok(undefined))
  process.umask(before)
  expect(readFileSync(file, 'utf8')).toBe(tickLine)
  expect(statSync(file).mode & 0o7777).toBe(0o640)
})

test('in a directory that hands on its group the group may write', async () => {
  const shared = join(folder, 'shared')
  mkdirSync(shared)
  chmodSync(shared, 0o2770)
  expect(await appendRecord(join(shared, 'new.jsonl'), tick)).toEqual(ok(undefined))
  expect(statSync(join(shared, 'new.jsonl')).mode & 0o7777).toBe(0o660)
})

test('the mode of an existing feed is left alone, a link to it is followed', async () => {
  const file = join(folder, 'kept.jsonl')
  writeFileSync(file, tickLine)
  chmodSync(file, 0o604)
  symlinkSync(file, join(folder, 'link.jsonl'))
  expect(await appendRecord(join(folder, 'link.jsonl'), tick)).toEqual(ok(undefined))
  expect(readFileSync(file, 'utf8')).toBe(tickLine + tickLine)
  expect(statSync(file).mode & 0o7777).toBe(0o604)
})

test('nothing is created behind a planted link', async () => {
  const target = join(folder, 'target')
  symlinkSync(target, join(folder, 'planted.jsonl'))
  expect((await appendRecord(join(folder, 'planted.jsonl'), tick)).ok).toBe(false)
  expect(existsSync(target)).toBe(false)
})

test('a line that a crashed writer left unfinished is closed first', async () => {
  const file = join(folder, 'torn.jsonl')
  writeFileSync(file, `${tickLine}{"at":"2026`)
  await appendRecord(file, tick)
  await appendRecord(file, tick)
  expect(readFileSync(file, 'utf8')).toBe(`${tickLine}{"at":"2026\n${tickLine}${tickLine}`)
})

test('what is no file is refused, also a FIFO that somebody reads', async () => {
  expect(await appendRecord(folder, tick)).toEqual(
    refuse({ code: 'file', file: folder, action: 'append', errno: 'EISDIR', hint: null }),
  )
  const fifo = join(folder, 'fifo.jsonl')
  execFileSync('mkfifo', [fifo])
  expect(await appendRecord(fifo, tick)).toEqual(refuse({ code: 'not-a-file', file: fifo, found: 'fifo' }))
  expect(await appendRecord('/dev/null', tick)).toEqual(
    refuse({ code: 'not-a-file', file: '/dev/null', found: 'device' }),
  )
})

test('a missing directory is named with its errno', async () => {
  const file = join(folder, 'none', 'feed.jsonl')
  expect(await appendRecord(file, tick)).toEqual(
    refuse({ code: 'file', file, action: 'append', errno: 'ENOENT', hint: null }),
  )
})
