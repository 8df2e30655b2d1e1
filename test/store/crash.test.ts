import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Decide, Store } from '../../src/store/port.ts'
import { statusNamed } from '../support/catalogues.ts'
import { type BrokenDisk, diesAt, failsAt, failsFrom, Killed } from './brokenDisk.ts'
import { addStatus, enter, failure, historyOf, nothing, type Place, placeWithStore, told, value } from './stores.ts'

interface Step {
  readonly name: string
  readonly decide: Decide<string>
  /** What tells that it happened. */
  readonly happened: (place: Place) => Promise<boolean>
}

const steps: Step[] = [
  {
    name: 'a status created',
    decide: addStatus('Lunch'),
    happened: async (place) =>
      value(await place.open().read()).catalogue.statuses.some((status) => status.id === 'lunch'),
  },
  {
    name: 'an operator moved',
    decide: enter('ana', 'online'),
    happened: async (place) => value(await place.open().read()).recorded.stays.get('ana')?.status === 'online',
  },
  {
    name: 'a status created and two operators moved',
    decide: async (current, at) => {
      const [created, ana, bo] = [
        await addStatus('Lunch')(current, at),
        await enter('ana', 'online')(current, at),
        await enter('bo', 'online')(current, at),
      ]
      if (!created.ok || !ana.ok || !bo.ok) throw new Error('refused')
      const facts = [created, ana, bo].flatMap((result) => result.value.facts)
      return { ok: true, value: { ...created.value, facts } }
    },
    happened: async (place) => value(await place.open().read()).recorded.stays.get('bo')?.status === 'online',
  },
]

/** Catalogue and history say the same, everything reads, the next change works, and no file is left over. */
async function expectWhole(place: Place): Promise<void> {
  const { catalogue, recorded } = value(await place.open().read())
  expect([...recorded.liveStatuses].sort()).toEqual(catalogue.statuses.map(({ id }) => id).sort())
  value(await place.open().transact(addStatus('Afterwards')))
  value(await place.open().verify())
  const after = value(await place.open().read())
  expect([...after.recorded.liveStatuses].sort()).toEqual(after.catalogue.statuses.map(({ id }) => id).sort())
  expect(after.catalogue.statuses.length).toBe(catalogue.statuses.length + 1)
  expect(place.names().filter((name) => name.endsWith('.tmp'))).toEqual([])
}

async function attemptWith(place: Place, broken: BrokenDisk, decide: Decide<string>) {
  const store: Store = place.open({ disk: broken.disk })
  try {
    return await store.transact(decide)
  } catch (error) {
    if (!(error instanceof Killed)) throw error
    return null
  } finally {
    broken.bury()
  }
}

test.each(steps)(
  'killed before any call, the next command finishes or discards: $name',
  async ({ decide, happened }) => {
    for (let n = 1; ; n += 1) {
      const place = await placeWithStore()
      const broken = diesAt(n)
      const result = await attemptWith(place, broken, decide)
      const acknowledged = result !== null
      const didHappen = await happened(place)
      if (acknowledged) expect(didHappen, `acknowledged, then lost: ${broken.last()} (${n})`).toBe(true)
      const entries = (await historyOf(place.open())).slice(8)
      expect([0, entries.length]).toContain(didHappen ? entries.length : 0)
      await expectWhole(place)
      expect(await happened(place), `changed its mind at ${broken.last()} (${n})`).toBe(didHappen)
      if (broken.calls() < n) return
    }
  },
)

test.each(steps.flatMap((step) => ['EIO', 'ENOSPC', 'EACCES', 'EMFILE'].map((errno) => ({ ...step, errno }))))(
  '$errno at any call: the old content and a refusal, or the change: $name',
  async ({ decide, happened, errno }) => {
    for (let n = 1; ; n += 1) {
      const place = await placeWithStore()
      const before = place.everything()
      const broken = failsAt(n, errno)
      const result = await attemptWith(place, broken, decide)
      if (result === null) throw new Error('killed')
      const where = `${broken.last()} (${n})`
      if (result.ok) expect(await happened(place), where).toBe(true)
      else {
        expect(['file', 'store-missing', 'changed-underneath'], where).toContain(result.failure.code)
        if (result.failure.code === 'file') expect(result.failure.errno, where).toBe(errno)
        expect(place.everything(), where).toEqual(before)
      }
      await expectWhole(place)
      if (broken.calls() < n) return
    }
  },
)

test.each(['EIO', 'EMFILE'])('%s at any call of a command never costs the watcher its checkpoint', async (errno) => {
  for (let n = 1; ; n += 1) {
    const place = await placeWithStore()
    const watcher = place.open()
    value(await watcher.read())
    value(await watcher.saveCheckpoint({ seen: ['ana'] }))
    const broken = failsAt(n, errno)
    await attemptWith(place, broken, addStatus('Lunch'))
    const where = `${broken.last()} (${n})`
    expect(value(await place.open().read()).checkpoint, where).toEqual({ seen: ['ana'] })
    if (broken.calls() < n) return
  }
})

test('a disk that stays full from any call on truncates nothing', async () => {
  for (let n = 1; ; n += 1) {
    const place = await placeWithStore()
    const before = place.everything()
    const broken = failsFrom(n, 'ENOSPC', ['write'])
    const result = await attemptWith(place, broken, addStatus('Lunch'))
    if (result !== null && !result.ok) expect(place.everything()).toEqual(before)
    await expectWhole(place)
    if (broken.calls() < n) return
  }
})

test('killed in the middle of the repair of a crash, the next command repairs', async () => {
  const tried = new Set<string>()
  for (let first = 1; ; first += 1) {
    const place = await placeWithStore()
    const broken = diesAt(first)
    await attemptWith(place, broken, addStatus('Lunch'))
    const files = place.everything()
    const leftOver = JSON.stringify(files).replaceAll(/[0-9a-f]{16}\.tmp/g, '*')
    for (let second = 1; !tried.has(leftOver); second += 1) {
      for (const [name, text] of Object.entries(files)) writeFileSync(place.path(name), text)
      const repairing = diesAt(second)
      await attemptWith(place, repairing, nothing)
      await expectWhole(place)
      if (repairing.calls() < second) tried.add(leftOver)
    }
    if (broken.calls() < first) break
  }
  expect(tried.size).toBeGreaterThan(4)
})

test('a commit between its two steps is seen whole by readers, who write nothing', async () => {
  let seen = 0
  for (let n = 1; ; n += 1) {
    const place = await placeWithStore()
    const broken = diesAt(n)
    await attemptWith(place, broken, addStatus('Lunch'))
    const files = place.everything()
    const { catalogue, recorded } = value(await place.open().read())
    expect(catalogue.statuses.map(({ id }) => id)).toEqual([...recorded.liveStatuses])
    expect(place.everything()).toEqual(files)
    const recordedFirst = files['statuses.history.jsonl']?.includes('lunch') === true
    if (recordedFirst && files['statuses.json']?.includes('lunch') === false) seen += 1
    if (broken.calls() < n) break
  }
  expect(seen).toBeGreaterThan(0)
})

test('where the staged file of a crashed commit is gone, the file is right and the history follows', async () => {
  const place = await placeWithStore()
  const old = place.text('statuses.json')
  value(await place.open().transact(addStatus('Lunch')))
  writeFileSync(place.path('statuses.json'), old)
  expect(value(await place.open().transact(nothing)).entries.map(told)).toEqual(['10 status-deleted lunch'])
  expect(place.text('statuses.json')).toBe(old)
})

test('an edit by hand after the crash is not overwritten by what the crash left', async () => {
  for (let n = 1; ; n += 1) {
    const place = await placeWithStore()
    const broken = diesAt(n)
    await attemptWith(place, broken, addStatus('Lunch'))
    const edited = readFileSync(place.path('statuses.json'), 'utf8').replace('"Online"', '"At work"')
    writeFileSync(place.path('statuses.json'), edited)
    value(await place.open().transact(nothing))
    expect(place.text('statuses.json')).toBe(edited)
    await expectWhole(place)
    if (broken.calls() < n) return
  }
})

test.each([
  ['the history', 'append', enter('ana', 'online')],
  ['a staged catalogue', 'write', addStatus('Lunch')],
] as const)('fsync of %s is never called again after it failed', async (_what, action, change) => {
  const place = await placeWithStore()
  const broken = failsFrom(1, 'EIO', ['fsync'])
  let syncs = 0
  const disk = {
    ...broken.disk,
    fsync: (fd: number) => {
      syncs += 1
      return broken.disk.fsync(fd)
    },
  }
  const result = await place.open({ disk }).transact<unknown>(change)
  expect(failure(result)).toMatchObject({ code: 'file', action, errno: 'EIO' })
  expect(syncs).toBe(1)
})

test('short writes are gone on with', async () => {
  const place = await placeWithStore()
  const { disk } = failsAt(0, 'EIO')
  const write: typeof disk.write = (fd, from, part) =>
    disk.write(fd, from, { ...part, length: Math.min(7, part.length) })
  value(await place.open({ disk: { ...disk, write } }).transact(addStatus(statusNamed('Lunch'))))
  await expectWhole(place)
})

test('an editor that saves during the commit is not overwritten', async () => {
  for (const saveAt of ['fsync', 'list', 'chmod', 'truncate', 'write'] as const) {
    const place = await placeWithStore()
    const before = place.text('statuses.history.jsonl')
    const edited = place.text('statuses.json').replace('"Online"', '"At work"')
    const { disk } = failsAt(0, 'EIO')
    let saved = 0
    const saving = {
      ...disk,
      fsync: async (fd: number) => {
        if (saveAt === 'fsync' && saved++ === 1) writeFileSync(place.path('statuses.json'), edited)
        await disk.fsync(fd)
      },
      write: (...args: Parameters<typeof disk.write>) => {
        if (saveAt === 'write' && saved++ === 1) writeFileSync(place.path('statuses.json'), edited)
        return disk.write(...args)
      },
    }
    const result = await place.open({ disk: saving }).transact(addStatus('Lunch'))
    if (saved < 2) continue
    expect(failure(result)).toEqual({ code: 'changed-underneath', file: place.path('statuses.json') })
    expect(place.text('statuses.json')).toBe(edited)
    expect(place.text('statuses.history.jsonl')).toBe(before)
    value(await place.open().transact(addStatus('Lunch')))
    expect(place.text('statuses.json')).toContain('At work')
    await expectWhole(place)
  }
})
