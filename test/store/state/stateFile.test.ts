import { copyFileSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { HistoryFact } from '../../../src/domain/history/history.ts'
import { ok } from '../../../src/domain/result.ts'
import { realDisk } from '../../../src/store/disk/disk.ts'
import { readState } from '../../../src/store/state/stateFile.ts'
import { addStatus, enter, entered, failure, type Place, placeWithStore, told, value } from '../stores.ts'

const state = 'statuses.state.json'

async function placeWithCheckpoint(): Promise<Place> {
  const place = await placeWithStore()
  value(await place.open().transact(addStatus('Lunch')))
  const watcher = place.open()
  value(await watcher.read())
  value(await watcher.saveCheckpoint({ seen: ['ana'] }))
  return place
}

/** The first line, where every commit notes the head. */
const headOf = (place: Place) => JSON.parse(place.lines(state)[0] ?? '')

test('the state holds what was recorded, maps and all', async () => {
  const place = await placeWithCheckpoint()
  expect(headOf(place)).toMatchObject({ version: 5, seq: 9 })
  const stored = readState(realDisk, place.path(state))
  rmSync(place.path(state))
  const folded = value(await place.open().read()).recorded
  expect(stored?.fold?.recorded).toEqual(folded)
})

test('with a state the history before it is not read again', async () => {
  const place = await placeWithCheckpoint()
  let bytes = 0
  const disk = {
    ...realDisk,
    read: (...args: Parameters<typeof realDisk.read>) => {
      const count = realDisk.read(...args)
      if (readFileSync(`/proc/self/fd/${args[0]}`).equals(readFileSync(place.path('statuses.history.jsonl'))))
        bytes += count
      return count
    },
  }
  const snapshot = value(await place.open({ disk }).read())
  expect(snapshot.recorded.seq).toBe(9)
  const last = place.lines('statuses.history.jsonl').at(-1) ?? ''
  expect(bytes).toBe(last.length + 1)
  expect(snapshot.newEntries).toEqual([])
})

test('a state that is corrupt, cut short, of another version or another history is only a slower start', async () => {
  const place = await placeWithCheckpoint()
  const whole = readFileSync(place.path(state))
  const expected = value(await place.open().read()).recorded
  const broken: Buffer[] = [Buffer.alloc(0), Buffer.from('{}'), Buffer.from('\0'.repeat(5000)), Buffer.from('null\n')]
  for (let at = 0; at < whole.length; at += 7) {
    const flipped = Buffer.from(whole)
    flipped[at] = (flipped[at] ?? 0) ^ 0x01
    broken.push(flipped, whole.subarray(0, at))
  }
  for (const bytes of broken) {
    writeFileSync(place.path(state), bytes)
    const snapshot = value(await place.open().read())
    expect({ ...snapshot.recorded }).toEqual({ ...expected })
    // Whether it is believed or not, the checkpoint is the one that was left or none.
    expect([JSON.stringify({ seen: ['ana'] }), 'null']).toContain(JSON.stringify(snapshot.checkpoint))
    if (snapshot.checkpoint === null) expect(snapshot.newEntries).toHaveLength(9)
  }
  writeFileSync(place.path(state), '{"version":5')
  value(await place.open().transact(enter('ana', 'online')))
  expect(value(await place.open().verify()).entries).toBe(10)
})

test('the state of another store does not fit', async () => {
  const place = await placeWithCheckpoint()
  const other = await placeWithStore()
  other.clock.advance(5)
  value(await other.open().transact(enter('bo', 'online')))
  copyFileSync(place.path(state), other.path(state))
  const snapshot = value(await other.open().read())
  expect(snapshot.checkpoint).toBeNull()
  expect(snapshot.recorded.stays.get('bo')?.status).toBe('online')
})

test('every commit notes the head, and the checkpoint stays', async () => {
  const place = await placeWithCheckpoint()
  value(await place.open().transact(enter('ana', 'online')))
  const snapshot = value(await place.open().read())
  expect(headOf(place)).toMatchObject({ seq: 10, head: snapshot.recorded.head })
  expect(snapshot.checkpoint).toEqual({ seen: ['ana'] })
  expect(snapshot.newEntries.map(told)).toEqual(['10 status-entered ana offline→online'])
})

test.each([
  ['EMFILE', 'refuses a change: nobody can say whether the history still ends as it was left'],
  ['EACCES', 'is of no use to this account, and hinders no change'],
] as const)('a state that can not be opened (%s) keeps its checkpoint, and %s', async (errno, _) => {
  const place = await placeWithCheckpoint()
  const disk: typeof realDisk = {
    ...realDisk,
    open: (file, flags, mode) => {
      if (file.endsWith(state)) throw Object.assign(new Error(errno), { code: errno })
      return realDisk.open(file, flags, mode)
    },
  }
  const entered = await place.open({ disk }).transact(enter('ana', 'online'))
  if (errno === 'EACCES') value(entered)
  else expect(failure(entered)).toMatchObject({ code: 'file', file: place.path(state), errno })
  expect(value(await place.open().read()).checkpoint).toEqual({ seen: ['ana'] })
})

test('much history to fold: the change writes the state, and the checkpoint keeps its own place', async () => {
  const place = await placeWithCheckpoint()
  const many = (current: { recorded: { stays: ReadonlyMap<string, { status: string }> } }, at: number) => {
    const facts: HistoryFact[] = Array.from({ length: 2000 }, (_, index) =>
      entered({ at, operator: 'ana', from: index % 2 ? 'online' : 'offline', to: index % 2 ? 'offline' : 'online' }),
    )
    return ok({ facts, value: current.recorded.stays.size })
  }
  value(await place.open().transact(many))
  expect(readState(realDisk, place.path(state))?.fold?.recorded.seq).toBe(2009)
  value(await place.open().transact(enter('bo', 'online')))
  expect(readState(realDisk, place.path(state))?.fold?.recorded.seq).toBe(2009)
  const snapshot = value(await place.open().read())
  expect(snapshot.checkpoint).toEqual({ seen: ['ana'] })
  expect(snapshot.newEntries.length).toBe(2001)
  expect(snapshot.newEntries.at(-1)?.seq).toBe(2010)
})

test('a checkpoint covers what its watcher was told and nothing more', async () => {
  const place = await placeWithStore()
  const watcher = place.open()
  value(await watcher.read())
  value(await place.open().transact(enter('ana', 'online')))
  writeFileSync(place.path('statuses.json'), 'broken for a moment')
  const mended = JSON.stringify({ version: 1, statuses: [{ id: 'online', name: 'Online' }] })
  expect(failure(await watcher.read()).code).toBe('not-json')
  value(await watcher.saveCheckpoint('mine'))
  writeFileSync(place.path('statuses.json'), mended.replace('"Online"', '"Online","color":"#123456","canReceive":true'))
  const snapshot = value(await place.open().read())
  expect(snapshot.checkpoint).toBe('mine')
  expect(snapshot.newEntries.map(told)).toEqual(['9 status-entered ana offline→online'])
})

test('a state cut off anywhere is passed over, and the next checkpoint replaces it', async () => {
  const place = await placeWithCheckpoint()
  const whole = place.text(state)
  const cuts = [0, 100, 511, 512, 513, 600, whole.length - 1, ...Array.from({ length: 40 }, (_, n) => n * 97)]
  for (const cut of cuts) {
    writeFileSync(place.path(state), whole.slice(0, Math.min(cut, whole.length - 1)))
    expect(value(await place.open().read()).checkpoint, `cut at ${cut}`).toBeNull()
  }
  value(await place.open().saveCheckpoint('again'))
  expect(value(await place.open().read()).checkpoint).toBe('again')
})

test("a checkpoint's name is synced, so that a power cut brings no older one back", async () => {
  const place = await placeWithCheckpoint()
  const synced: string[] = []
  const opened = new Map<number, string>()
  const disk: typeof realDisk = {
    ...realDisk,
    open: (file, flags, mode) => {
      const fd = realDisk.open(file, flags, mode)
      opened.set(fd, file)
      return fd
    },
    rename: (from, to) => {
      realDisk.rename(from, to)
      synced.push('renamed')
    },
    fsync: async (fd) => {
      await realDisk.fsync(fd)
      synced.push(opened.get(fd) === place.folder ? 'folder' : 'file')
    },
  }
  value(await place.open({ disk }).saveCheckpoint('mine'))
  expect(synced).toEqual(['file', 'renamed', 'folder'])
})

test('a state that can not be read now is told from one that is gone or of no use', async () => {
  const place = await placeWithCheckpoint()
  const told: unknown[] = []
  const look = async (disk = realDisk) => {
    const { checkpoint, checkpointFailure } = value(await place.open({ disk }).read())
    told.push([checkpoint, checkpointFailure])
  }
  await look()
  await look(unreadable(place.path(state), 'EIO'))
  writeFileSync(place.path(state), 'no state')
  await look()
  rmSync(place.path(state))
  await look()
  expect(told).toEqual([
    [{ seen: ['ana'] }, null],
    [null, { code: 'file', file: place.path(state), action: 'read', errno: 'EIO', hint: null }],
    [null, null],
    [null, null],
  ])
})

test('an archiving that can not move the checkpoint along is refused and changes nothing', async () => {
  const place = await placeWithCheckpoint()
  place.clock.advance(1000)
  value(await place.open().transact(enter('ana', 'online')))
  const before = place.everything()
  const wish = { before: place.clock.now(), permit: () => ok(null), rehearsed: false }
  const refused = failure(await place.open({ disk: unreadable(place.path(state), 'EIO') }).archive(wish))
  expect(refused).toMatchObject({ code: 'file', file: place.path(state), errno: 'EIO' })
  expect(place.everything()).toEqual(before)
})

/** The real disk, where reading one file fails. */
function unreadable(file: string, errno: string): typeof realDisk {
  return {
    ...realDisk,
    read: (...args) => {
      if (readlinkSync(`/proc/self/fd/${args[0]}`) === file) throw Object.assign(new Error(errno), { code: errno })
      return realDisk.read(...args)
    },
  }
}
