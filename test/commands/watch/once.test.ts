import { mkdir, symlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, opstat } from '../../support/opstat.ts'
import { createTestClock, noon } from '../../support/system.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline', offlineAfter: '30s' },
  operators: [{ id: 'ana', name: 'Ana', initialStatus: 'online' }],
}

/** A store whose one operator opened her panel at noon, recorded since then; looked at a minute later. */
async function aMinuteLater() {
  const folder = await createFolder({
    'statuses.json': catalogue,
    'heartbeats.jsonl': '{"at":"2026-11-22T12:00:00.000Z","operator":"ana","session":"tab","event":"open"}\n',
  })
  await opstat('operator set-status ana offline -q', { folder, clock: createTestClock(noon) })
  await opstat('operator set-status ana online -q', { folder, clock: createTestClock(noon) })
  return { folder, clock: createTestClock(noon + 60_000) }
}

const why = 'ana from online to offline: last seen 2026-11-22T12:00:00.000Z, due 2026-11-22T12:00:30.000Z'

test('a dry run of a single turn reports just what the single turn does', async () => {
  const world = await aMinuteLater()
  const dry = await opstat('watch --once --dry-run', world)
  expect(dry.stdout).toBe(`2026-11-22T12:00:30.000Z would switch ${why}\n`)
  expect(dry.stderr).not.toContain('nobody watched')
  const done = await opstat('watch --once', world)
  expect(done.stdout).toBe(`2026-11-22T12:00:30.000Z switched ${why}\n`)
})

test('a single turn that can not be written is refused, not done', async () => {
  const world = await aMinuteLater()
  const lock = join(world.folder, 'statuses.lock')
  await unlink(lock)
  await symlink('elsewhere', lock)
  const refused = await opstat('watch --once', world)
  expect(refused).toMatchObject({ code: 7, stdout: '' })
  expect(refused.stderr).toContain(
    `error: can't lock ${lock}: a symbolic link stands where none may, or links lead in a circle (ELOOP)`,
  )
})

test('a single turn that can not read the feed is refused and decides nothing', async () => {
  const world = await aMinuteLater()
  const feed = join(world.folder, 'heartbeats.jsonl')
  await unlink(feed)
  await mkdir(feed)
  const refused = await opstat('watch --once', world)
  expect(refused).toMatchObject({ code: 7, stdout: '' })
  expect(refused.stderr).toContain(`error: ${feed} is a directory, not a file\nhint: name a file\n`)
})

test('JSON and JSON Lines are the same: a line for each event', async () => {
  const world = await aMinuteLater()
  const [json, lines] = [
    await opstat('watch --once --dry-run -o json', world),
    await opstat('watch --once --dry-run -o jsonl', world),
  ]
  expect(lines.stdout).toBe(json.stdout)
  const events = json.stdout.trimEnd().split('\n')
  expect(events.map((line) => JSON.parse(line).type)).toEqual(['started', 'switched', 'stopped'])
})

test.each(['yaml', 'csv', 'name'])(
  'events as they happen are refused as %s, before anything is done',
  async (format) => {
    const world = await aMinuteLater()
    const { code, stdout, stderr } = await opstat(`watch --once -o ${format}`, world)
    expect([code, stdout]).toEqual([2, ''])
    expect(JSON.parse(stderr).error).toMatchObject({
      message: `watch tells line by line what happens, and -o ${format} has no such lines`,
      hint: 'use -o json (a line of JSON for each event)',
    })
    expect((await opstat('history -o json', world)).stdout).not.toContain('auto-offline')
  },
)

test('a single turn refuses a feed that was named and is not there, and takes a default one for empty', async () => {
  const world = await aMinuteLater()
  await unlink(join(world.folder, 'heartbeats.jsonl'))
  const named = await opstat('watch --once --heartbeats elsewhere.jsonl', world)
  expect(named).toMatchObject({ code: 7, stdout: '' })
  expect(named.stderr).toContain(
    `error: can't read ${join(world.folder, 'elsewhere.jsonl')}: it does not exist (ENOENT)\nhint: check the name\n`,
  )
  expect((await opstat('watch --once', world)).code).toBe(0)
})
