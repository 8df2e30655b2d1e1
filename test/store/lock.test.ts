import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Disk, realDisk } from '../../src/store/disk/disk.ts'
import { tryHold } from '../../src/store/disk/lock.ts'
import { createFolder } from '../support/opstat.ts'
import { breakableDisk } from './brokenDisk.ts'
import { failure, nothing, placeWithStore, value } from './stores.ts'

test('a note in the lock file that cannot be read keeps nobody out, now or later', async () => {
  const place = await placeWithStore()
  const before = value(await place.open().lead())
  await before?.awake(5_000)
  await before?.release()
  let spared = true
  const { disk } = breakableDisk(({ name }) => {
    if (name !== 'read' || !spared) return 'go on'
    spared = false
    return Object.assign(new Error('EIO'), { code: 'EIO' })
  })
  const store = place.open({ disk })
  const first = value(await store.lead())
  expect(spared).toBe(false)
  expect(first?.previousAwakeAt).toBeNull()
  await first?.release()
  expect(value(await store.lead())?.previousAwakeAt).toBe(5_000)
})

test('who waits in vain for a holder without a readable note is told that the store is busy', async () => {
  const place = await placeWithStore()
  let refused: unknown
  value(
    await place.open().transact(async (current, at) => {
      const { disk } = breakableDisk(({ name }) =>
        name === 'read' ? Object.assign(new Error('EIO'), { code: 'EIO' }) : 'go on',
      )
      refused = failure(await place.open({ disk, lockWaitMs: 0 }).saveCheckpoint(null))
      return nothing(current, at)
    }),
  )
  expect(refused).toMatchObject({ code: 'busy', holder: null })
})

test('a lock file that is removed while the store is held lets nobody else in', async () => {
  const place = await placeWithStore()
  let refused: unknown
  value(
    await place.open().transact(async (current, at) => {
      rmSync(place.path('statuses.lock'))
      refused = failure(await place.open({ lockWaitMs: 0 }).transact(nothing))
      return nothing(current, at)
    }),
  )
  expect(refused).toMatchObject({ code: 'busy' })
  value(await place.open({ lockWaitMs: 0 }).transact(nothing))
})

test('a lock file that was removed before it was locked holds nothing: the one of that name is locked', async () => {
  const file = join(await createFolder(), 'statuses.lock')
  let tries = 0
  const disk: Disk = {
    ...realDisk,
    async tryLock(fd) {
      if (tries++ === 0) rmSync(file)
      return realDisk.tryLock(fd)
    },
  }
  const lock = await tryHold(disk, file)
  expect(lock).not.toBe(null)
  expect(await tryHold(realDisk, file)).toBe(null)
  lock?.release()
  expect(tries).toBe(2)
})
