import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Disk, realDisk } from '../../src/store/disk/disk.ts'
import { createFileStore } from '../../src/store/fileStore.ts'
import { createFolder, opstat } from '../support/opstat.ts'
import { createTestClock, noon } from '../support/system.ts'
import { bytesIn } from '../support/transcript.ts'

interface Row {
  readonly area: string
  readonly level: string
  readonly finding: string
  readonly detail: string
  readonly next: string
}

/** A folder after `init` with one operator who is online. */
async function installed(): Promise<string> {
  const folder = await createFolder()
  for (const args of ['init', 'operator add ana --status online']) await opstat(args, { folder })
  return folder
}

async function doctor(folder: string, clock = createTestClock(noon)) {
  const before = bytesIn(folder)
  const { code, stdout } = await opstat('doctor -o json', { folder, clock })
  expect(bytesIn(folder), 'doctor changes nothing').toEqual(before)
  return { code, rows: JSON.parse(stdout) as Row[] }
}

async function attention(folder: string, clock = createTestClock(noon)): Promise<string[]> {
  const { code, rows } = await doctor(folder, clock)
  const found = rows.filter(({ level }) => level !== 'note').map(({ finding }) => finding)
  expect(code).toBe(found.length > 0 ? 10 : 0)
  for (const { area, detail, next } of rows) expect([area, detail, next]).not.toContain('')
  return found
}

const record = (at: number, fields: object) => `${JSON.stringify({ at: new Date(at).toISOString(), ...fields })}\n`

test('after init nothing needs attention, and every finding says what to do', async () => {
  const { code, stdout } = await opstat('doctor', { folder: await installed() })
  expect(code).toBe(0)
  expect(stdout).toMatch(/\n\nNothing needs attention\.\n$/)
})

test('without a catalogue the next step is init', async () => {
  const { code, rows } = await doctor(await createFolder())
  expect(code).toBe(10)
  expect(rows[0]).toMatchObject({ area: 'catalogue', level: 'problem', finding: 'no-catalogue' })
  expect(rows[0]?.next).toMatch(/^opstat init/)
})

test('a catalogue that breaks rules is told with every problem, and the rest is looked at all the same', async () => {
  const folder = await installed()
  writeFileSync(join(folder, 'statuses.json'), '{"version": 1, "statuses": [{"id": "A", "name": ""}]}')
  const { rows } = await doctor(folder)
  expect(rows[0]?.finding).toBe('bad-catalogue')
  expect(rows[0]?.detail).toContain('$.statuses[0].id')
  expect(rows[0]?.detail).toContain('$.statuses[0].name')
  expect(rows.map(({ finding }) => finding)).toContain('history')
})

test('a status removed by hand is named with who is in it', async () => {
  const folder = await installed()
  const file = join(folder, 'statuses.json')
  const catalogue = JSON.parse(readFileSync(file, 'utf8'))
  const statuses = catalogue.statuses.filter(({ id }: { id: string }) => id !== 'online')
  const operators = catalogue.operators.map((operator: object) => ({ ...operator, initialStatus: null }))
  writeFileSync(file, JSON.stringify({ ...catalogue, statuses, operators }))
  const { rows } = await doctor(folder)
  expect(rows.map(({ finding }) => finding)).toEqual(expect.arrayContaining(['vanished-status', 'unrecorded-edits']))
  expect(rows.find(({ finding }) => finding === 'vanished-status')?.next).toBe(
    'opstat operator set-status ana STATUS, or put the status back',
  )
})

test('an edited history is broken, a torn one is only unfinished', async () => {
  const folder = await installed()
  const history = join(folder, 'statuses.history.jsonl')
  const whole = readFileSync(history, 'utf8')
  writeFileSync(history, `${whole}{"seq":7,"at"`)
  expect(await attention(folder)).toEqual(['unfinished-history'])
  writeFileSync(history, whole.replace('Online', 'Onlime'))
  expect(await attention(folder)).toEqual(['broken-history'])
})

test('a history that was removed is broken while the cache still knows of it', async () => {
  const folder = await installed()
  rmSync(join(folder, 'statuses.history.jsonl'))
  expect(await attention(folder)).toEqual(['broken-history'])
  rmSync(join(folder, 'statuses.state.json'))
  expect(await attention(folder)).toEqual([])
})

test('a cache that is damaged is to be removed, one that is missing is no matter', async () => {
  const folder = await installed()
  const state = join(folder, 'statuses.state.json')
  writeFileSync(state, 'x'.repeat(300))
  expect(await attention(folder)).toEqual(['bad-state'])
  rmSync(state)
  expect(await attention(folder)).toEqual([])
})

test('a cache that this account may not read is not to be removed', async () => {
  const folder = await installed()
  const open: Disk['open'] = (file, flags, mode) => {
    if (file.endsWith('.state.json')) throw Object.assign(new Error('refused'), { code: 'EACCES' })
    return realDisk.open(file, flags, mode)
  }
  const options = { file: join(folder, 'statuses.json'), clock: createTestClock(noon), by: 'tester' }
  const inspected = await createFileStore({ ...options, disk: { ...realDisk, open } }).inspect()
  expect(inspected).toMatchObject({ ok: true, value: { state: { condition: 'unreadable', errno: 'EACCES' } } })
})

test('an archived part of the history that was taken away is told', async () => {
  const folder = await installed()
  await opstat(['history', 'archive', '--before', '2026-11-22T12:30:00Z'], {
    folder,
    clock: createTestClock(noon + 3_600_000),
  })
  const part = readdirSync(folder).find((name) => /history-.*jsonl$/.test(name)) as string
  rmSync(join(folder, part))
  const { rows } = await doctor(folder)
  const away = rows.find(({ finding }) => finding === 'history-away')
  expect(away?.detail).toBe(`the first 6 entries are in ${join(folder, part)}, which is not here`)
})

test('a feed is told by its last record, its lines, its stamps and its ticks', async () => {
  const folder = await installed()
  const feed = join(folder, 'heartbeats.jsonl')
  writeFileSync(feed, record(noon - 1000, { operator: 'ana', session: 's', event: 'beat' }))
  appendFileSync(feed, `no record\n${record(noon, { operator: 'eve', session: 's', event: 'beat' })}`)
  appendFileSync(feed, record(noon + 90_000, { operator: 'ana', session: 's', event: 'beat' }))
  expect(await attention(folder)).toEqual(['nobody-watches', 'lines-skipped', 'lines-skipped', 'stamps-ahead'])
})

test('a feed with ticks that fell silent is a problem, the operators are not', async () => {
  const folder = await installed()
  const clock = createTestClock(noon)
  const feed = join(folder, 'heartbeats.jsonl')
  writeFileSync(feed, record(noon, { event: 'tick' }) + record(noon, { operator: 'ana', session: 's', event: 'beat' }))
  clock.advance(11 * 60_000)
  const found = await attention(folder, clock)
  expect(found).toContain('feed-silent')
  expect(found).not.toContain('operators-overdue')
})

test('operators who should have been switched are named, with the watcher that is missing', async () => {
  const folder = await installed()
  const clock = createTestClock(noon)
  writeFileSync(
    join(folder, 'heartbeats.jsonl'),
    record(noon, { operator: 'ana', session: 's', event: 'open' }) +
      record(noon, { operator: 'ana', event: 'dialogue-open', dialogue: 'D-1' }),
  )
  clock.advance(25 * 60 * 60_000)
  const { rows } = await doctor(folder, clock)
  expect(rows.find(({ finding }) => finding === 'operators-overdue')?.detail).toMatch(/^ana is overdue/)
  expect(rows.find(({ finding }) => finding === 'old-dialogues')?.detail).toBe(
    'open for more than 24 hours: D-1 of ana since 2026-11-22T12:00:00.000Z',
  )
})

test('a watcher at work and a lock that is held are told by their processes', async () => {
  const folder = await installed()
  const clock = createTestClock(noon)
  const store = createFileStore({ file: join(folder, 'statuses.json'), clock, by: 'tester' })
  const lead = await store.lead()
  if (!lead.ok || lead.value === null) throw new Error('no lead')
  await lead.value.awake(noon - 2000)
  const { rows } = await doctor(folder, clock)
  expect(rows.find(({ area }) => area === 'watcher')?.detail).toBe(`process ${process.pid} watches, last awake 2s ago`)
  await store.transact(async () => {
    clock.advance(31_000)
    expect((await attention(folder, clock)).sort()).toEqual(['lock-stuck'])
    return { ok: false, failure: { code: 'id-taken', of: 'status', id: 'x' } }
  })
  await lead.value.release()
})

test('staged files, backups, a directory in the feed’s place and files that everybody may write', async () => {
  const folder = await installed()
  writeFileSync(join(folder, 'statuses.json.0123456789abcdef.tmp'), '{}')
  writeFileSync(join(folder, 'statuses.json.bak-20261122T110000Z'), '{}')
  mkdirSync(join(folder, 'heartbeats.jsonl'))
  chmodSync(join(folder, 'statuses.json'), 0o666)
  const { stdout } = await opstat('doctor -o json', { folder })
  const rows = JSON.parse(stdout) as Row[]
  const found = rows.map(({ finding }) => finding)
  expect(found).toEqual(expect.arrayContaining(['staged-files', 'backups', 'feed-not-a-file', 'others-may-write']))
  expect(rows.find(({ finding }) => finding === 'others-may-write')?.next).toBe(
    `chmod o-w ${join(folder, 'statuses.json')}`,
  )
})

test('nobody is told to take the writing bit from a directory that is meant for everybody', async () => {
  const folder = await installed()
  chmodSync(folder, 0o1777)
  const { stdout } = await opstat('doctor --filter finding=others-may-write -o json', { folder })
  expect(JSON.parse(stdout)).toMatchObject([
    { next: expect.stringMatching(/^move the catalogue, .* into a directory of their own/) },
  ])
  chmodSync(folder, 0o777)
  const open = await opstat('doctor --filter finding=others-may-write -o json', { folder })
  expect(JSON.parse(open.stdout)).toMatchObject([{ next: `chmod o-w ${folder}` }])
})

test('what the feed holds reaches no terminal unseen', async () => {
  const folder = await installed()
  writeFileSync(join(folder, 'heartbeats.jsonl'), '\x1b[2Jboo\u202e\n')
  const { stdout } = await opstat('doctor', { folder })
  expect(stdout).toContain('\\u{1b}[2Jboo\\u{202e}')
  expect(['\x1b', '\u202e'].filter((hidden) => stdout.includes(hidden))).toEqual([])
})

test('standard input is no feed to look at', async () => {
  expect((await opstat('doctor --heartbeats -', { folder: await installed() })).code).toBe(2)
})

test('watch says at its start what others may write', async () => {
  const folder = await installed()
  writeFileSync(join(folder, 'heartbeats.jsonl'), '')
  chmodSync(join(folder, 'heartbeats.jsonl'), 0o666)
  const { stdout } = await opstat('watch --once -o json', { folder })
  expect(stdout.split('\n')[1]).toContain(
    `{"type":"problem","at":"2026-11-22T12:00:00.000Z","code":"exposed","file":"${join(folder, 'heartbeats.jsonl')}"`,
  )
})
