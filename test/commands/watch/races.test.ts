import { expect, test } from 'vitest'
import { noon } from '../../support/system.ts'
import { passSeconds, watchWith } from './watched.ts'

test('a sign of life that arrives between the look and the lock prevents the switch', async () => {
  const watch = await watchWith({ lock: ({ beat }) => beat(29) })
  await passSeconds(watch, 30)
  watch.interfere()
  await passSeconds(watch, 1)
  expect(await watch.history()).toEqual([])
})

test('an administrator who is faster to the lock is not overwritten by the switch', async () => {
  const watch = await watchWith({ lock: ({ setStatus }) => setStatus('lunch') })
  await passSeconds(watch, 30)
  watch.interfere()
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch admin 12:00:31'])
})

test('an administrator who is faster to the lock is not overwritten by a choice made before', async () => {
  const watch = await watchWith({ lock: ({ setStatus }) => setStatus('lunch') })
  await passSeconds(watch, 5)
  watch.interfere()
  await watch.record({ at: noon + 5500, operator: 'ana', event: 'status', status: 'offline' })
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch admin 12:00:06'])
})

test('a choice stamped after the faster administrator leaves from where the administrator put them', async () => {
  const watch = await watchWith({ lock: ({ setStatus }) => setStatus('lunch') })
  await passSeconds(watch, 5)
  watch.interfere()
  await watch.record({ at: noon + 6500, operator: 'ana', event: 'status', status: 'offline' })
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch admin 12:00:06', 'lunch > offline panel 12:00:06'])
})

test('a choice that changed nothing where the watcher last saw them counts after a faster administrator', async () => {
  const watch = await watchWith({
    look: async ({ setStatus, record }) => {
      await setStatus('lunch')
      await record({ at: noon + 6500, operator: 'ana', event: 'status', status: 'online' })
    },
  })
  await passSeconds(watch, 5)
  watch.interfere()
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch admin 12:00:06', 'lunch > online panel 12:00:06'])
  await watch.beat(8)
  await passSeconds(watch, 33)
  expect((await watch.history()).slice(2)).toEqual(['online > offline auto-offline 12:00:38'])
})

test('such a choice made before the administrator changes nothing', async () => {
  const watch = await watchWith({
    look: async ({ setStatus, record }) => {
      await setStatus('lunch')
      await record({ at: noon + 5500, operator: 'ana', event: 'status', status: 'online' })
    },
  })
  await passSeconds(watch, 5)
  watch.interfere()
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch admin 12:00:06'])
})

test('such a choice is found again by a watcher that goes on from the checkpoint of that very turn', async () => {
  const watch = await watchWith({
    look: async ({ setStatus, record }) => {
      await setStatus('lunch')
      await record({ at: noon + 30_500, operator: 'ana', event: 'status', status: 'online' })
    },
  })
  await passSeconds(watch, 15)
  await watch.beat(15)
  await passSeconds(watch, 14)
  watch.interfere()
  await passSeconds(watch, 1)
  await watch.restart()
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch admin 12:00:30', 'lunch > online panel 12:00:30'])
})

test('a choice of a status that is deleted before it could be written comes to nothing, the rule goes on', async () => {
  const watch = await watchWith({ lock: ({ deleteStatus }) => deleteStatus('lunch') })
  await passSeconds(watch, 5)
  watch.interfere()
  await watch.record({ at: noon + 5500, operator: 'ana', event: 'status', status: 'lunch' })
  await passSeconds(watch, 32)
  expect(await watch.history()).toEqual(['online > offline auto-offline 12:00:35'])
})

test('a machine that sleeps between the look at the clocks and that at the feed dates what it reads rightly', async () => {
  const watch = await watchWith({
    look: async ({ clock, record }) => {
      clock.advance(90_000)
      await record({ at: noon + 95_000, operator: 'ana', event: 'status', status: 'lunch' })
    },
  })
  await passSeconds(watch, 5)
  watch.interfere()
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch panel 12:01:35'])
})

test('a machine that sleeps between the look and the lock switches nobody for it', async () => {
  const watch = await watchWith({ lock: async ({ clock }) => clock.advance(90_000) })
  await passSeconds(watch, 5)
  watch.interfere()
  await watch.record({ at: noon + 5000, operator: 'ana', event: 'dialogue-open', dialogue: 'D' })
  await passSeconds(watch, 20)
  expect(await watch.history()).toEqual([])
})
