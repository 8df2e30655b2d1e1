import { rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { toDocument } from '../../src/domain/catalogue/document.ts'
import { realDisk } from '../../src/store/disk/disk.ts'
import { isStagedName, stagedName } from '../../src/store/disk/durableFile.ts'
import type { Decide } from '../../src/store/port.ts'
import {
  addStatus,
  emptyPlace,
  enter,
  failure,
  nothing,
  type Place,
  placeWithStore,
  smallCatalogue,
  value,
} from './stores.ts'

/** What changes files, in order, by the file's name: `write statuses.json.*.tmp`. */
function watched() {
  const names = new Map<number, string>()
  const calls: string[] = []
  const plain = (file: string) =>
    basename(file)
      .replace(/[0-9a-f]{16}/, '*')
      .replace(/^opstat-store-.*/, 'folder')
  const note = (call: string, fd: number) => calls.push(`${call} ${names.get(fd)}`)
  const disk: typeof realDisk = {
    ...realDisk,
    open: (file, flags, mode) => {
      const fd = realDisk.open(file, flags, mode)
      names.set(fd, plain(file))
      return fd
    },
    write: (fd, from, part) => {
      note('write', fd)
      return realDisk.write(fd, from, part)
    },
    truncate: (fd, length) => {
      note('truncate', fd)
      realDisk.truncate(fd, length)
    },
    fsync: (fd) => {
      note('sync', fd)
      return realDisk.fsync(fd)
    },
    rename: (from, to) => {
      calls.push(`rename ${plain(from)} → ${plain(to)}`)
      realDisk.rename(from, to)
    },
    tryLock: async (fd) => {
      note('lock', fd)
      return realDisk.tryLock(fd)
    },
    close: (fd) => {
      if (names.get(fd)?.endsWith('.lock')) note('unlock', fd)
      realDisk.close(fd)
    },
  }
  return { disk, calls }
}

async function callsOf(place: Place, decide: Decide<string>): Promise<string[]> {
  const { disk, calls } = watched()
  value(await place.open({ disk }).transact(decide))
  return calls
}

test('a change of the catalogue: staged, then recorded, then renamed, each synced before the next', async () => {
  expect(await callsOf(await placeWithStore(), addStatus('Lunch'))).toEqual([
    'lock statuses.lock',
    'lock statuses.history.jsonl',
    'write statuses.lock',
    'write statuses.json.*.tmp',
    'sync statuses.json.*.tmp',
    'write statuses.history.jsonl',
    'sync statuses.history.jsonl',
    'rename statuses.json.*.tmp → statuses.json',
    'sync folder',
    'write statuses.state.json.*.tmp',
    'sync statuses.state.json.*.tmp',
    'rename statuses.state.json.*.tmp → statuses.state.json',
    'unlock statuses.lock',
  ])
})

test('an operator moved: one append, one sync', async () => {
  expect(await callsOf(await placeWithStore(), enter('ana', 'online'))).toEqual([
    'lock statuses.lock',
    'lock statuses.history.jsonl',
    'write statuses.lock',
    'write statuses.history.jsonl',
    'sync statuses.history.jsonl',
    'write statuses.state.json',
    'unlock statuses.lock',
  ])
})

test('nothing to do: the locks alone', async () => {
  expect(await callsOf(await placeWithStore(), nothing)).toEqual([
    'lock statuses.lock',
    'lock statuses.history.jsonl',
    'write statuses.lock',
    'unlock statuses.lock',
  ])
})

test('a new store syncs the folder for the history and for the catalogue', async () => {
  const { disk, calls } = watched()
  const wish = { existing: 'keep', document: toDocument(smallCatalogue) } as const
  value(await emptyPlace().open({ disk }).create(smallCatalogue, wish))
  expect(calls.filter((call) => call.startsWith('sync') || call.startsWith('rename'))).toEqual([
    'sync statuses.json.*.tmp',
    'sync statuses.history.jsonl',
    'sync folder',
    'rename statuses.json.*.tmp → statuses.json',
    'sync folder',
    'sync statuses.state.json.*.tmp',
    'rename statuses.state.json.*.tmp → statuses.state.json',
  ])
})

test('the store is read again inside the lock', async () => {
  const place = await placeWithStore()
  const late = place.open({
    disk: {
      ...realDisk,
      tryLock: async (fd) => {
        const text = place.text('statuses.json')
        if (!text.includes('"At work"'))
          writeFileSync(place.path('statuses.json'), text.replace('"Online"', '"At work"'))
        return realDisk.tryLock(fd)
      },
    },
  })
  value(await late.read())
  value(await late.transact(addStatus('Lunch')))
  expect(place.text('statuses.json')).toContain('"At work"')
})

test('a lock file that is removed while one waits for it is not the one that counts', async () => {
  const place = await placeWithStore()
  let removed = false
  const disk: typeof realDisk = {
    ...realDisk,
    tryLock: async (fd) => {
      if (!removed) rmSync(place.path('statuses.lock'))
      removed = true
      return realDisk.tryLock(fd)
    },
  }
  let held = false
  value(
    await place.open({ disk }).transact(async (current, at) => {
      held = !(await place.open({ lockWaitMs: 0 }).transact(nothing)).ok
      return nothing(current, at)
    }),
  )
  expect(held).toBe(true)
})

test('an editor that saved before the history was written leaves it unwritten', async () => {
  const place = await placeWithStore()
  const { disk, calls } = watched()
  const edited = place.text('statuses.json').replace('"Online"', '"At work"')
  const refused = await place.open({ disk }).transact((current, at) => {
    writeFileSync(place.path('statuses.json'), edited)
    return addStatus('Lunch')(current, at)
  })
  expect(failure(refused).code).toBe('changed-underneath')
  expect(calls).not.toContain('write statuses.history.jsonl')
  expect(place.text('statuses.json')).toBe(edited)
})

test('a staged file has a name that nobody can foresee', () => {
  const names = Array.from({ length: 100 }, () => stagedName('statuses.json'))
  expect(new Set(names).size).toBe(100)
  expect(names.every((name) => isStagedName(name, 'statuses.json'))).toBe(true)
})
