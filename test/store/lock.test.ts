import { expect, test } from 'vitest'
import { breakableDisk } from './brokenDisk.ts'
import { addStatus, enter, failure, nothing, placeWithStore, value } from './stores.ts'

test('a note in the lock file that cannot be read keeps nobody out, now or later', async () => {
  const place = await placeWithStore()
  value(await place.open().transact(addStatus('Lunch')))
  let isLocked = false
  let spared = true
  const { disk } = breakableDisk(({ name }) => {
    if (name === 'tryLock') isLocked = true
    if (!isLocked || name !== 'read' || !spared) return 'go on'
    spared = false
    return Object.assign(new Error('EIO'), { code: 'EIO' })
  })
  const store = place.open({ disk, lockWaitMs: 0 })
  value(await store.transact(enter('ana', 'online')))
  value(await store.transact(enter('ana', 'offline')))
  expect(spared).toBe(false)
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
