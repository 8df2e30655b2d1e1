import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Notice } from '../../../src/domain/watching/notice.ts'
import { noon } from '../../support/system.ts'
import { passSeconds, watchWith } from './watched.ts'

test('while something else stands in place of the feed nobody is switched; what was written meanwhile is read', async () => {
  const watch = await watchWith({})
  await watch.hideFeed()
  await passSeconds(watch, 50)
  expect(await watch.history()).toEqual([])
  await watch.showFeed()
  await watch.beat(45)
  await passSeconds(watch, 20)
  expect(await watch.history()).toEqual([])
})

test('who was silent while the feed could not be read is switched when it can, dated at the deadline', async () => {
  const watch = await watchWith({})
  await watch.hideFeed()
  await passSeconds(watch, 50)
  await watch.showFeed()
  await passSeconds(watch, 1)
  expect(await watch.history()).toEqual(['online > offline auto-offline 12:00:30'])
})

test('a feed that was removed says nothing about anybody', async () => {
  const watch = await watchWith({})
  await passSeconds(watch, 1)
  await rm(watch.feedFile)
  await passSeconds(watch, 50)
  expect(await watch.history()).toEqual([])
})

test('a default feed that the history knows and that is gone says nothing about anybody, cache or not', async () => {
  const watch = await watchWith({ feed: 'default' })
  await watch.record({ at: noon + 1000, operator: 'ana', event: 'status', status: 'lunch' })
  await watch.record({ at: noon + 2000, operator: 'ana', event: 'status', status: 'online' })
  await passSeconds(watch, 3)
  await watch.hideFeed()
  await rm(join(watch.folder, 'statuses.state.json'))
  await watch.restart()
  await passSeconds(watch, 3)
  await rm(watch.feedFile, { recursive: true })
  await passSeconds(watch, 50)
  expect((await watch.history()).slice(2)).toEqual([])
})

test('whose evidence is lost with the cache and with the rotated feed counts as seen at the rebuild', async () => {
  const watch = await watchWith({})
  await watch.record({ at: noon + 1000, operator: 'ana', event: 'status', status: 'lunch' })
  await watch.record({ at: noon + 2000, operator: 'ana', event: 'status', status: 'online' })
  await passSeconds(watch, 3)
  await rm(watch.feedFile)
  await watch.record({ at: noon + 20_000, event: 'inquiry', inquiry: 'I' })
  await rm(join(watch.folder, 'statuses.state.json'))
  watch.clock.advance(50_000)
  await watch.restart()
  await watch.turn()
  expect((await watch.history()).slice(2)).toEqual([])
  await passSeconds(watch, 31)
  expect((await watch.history()).slice(2)).toEqual(['online > offline auto-offline 12:01:23'])
})

test('whose evidence survives in a file that the history ends in is judged by it, cache or not', async () => {
  const watch = await watchWith({})
  await watch.record({ at: noon + 1000, operator: 'ana', event: 'status', status: 'lunch' })
  await watch.record({ at: noon + 2000, operator: 'ana', event: 'status', status: 'online' })
  await passSeconds(watch, 3)
  await watch.beat(4)
  await rename(watch.feedFile, `${watch.feedFile}.1`)
  await watch.record({ at: noon + 33_000, event: 'inquiry', inquiry: 'I' })
  await rm(join(watch.folder, 'statuses.state.json'))
  watch.clock.advance(31_000)
  await watch.restart()
  await passSeconds(watch, 4)
  expect((await watch.history()).slice(2)).toEqual(['online > offline auto-offline 12:00:36'])
})

test('the first line of each reason that is passed over is told once, with its number in the file', async () => {
  const watch = await watchWith({})
  await appendFile(watch.feedFile, '{torn\n{torn again\n')
  expect(skipsOf(await watch.turn())).toEqual(['malformed 2 {torn'])
  expect(skipsOf(await watch.turn())).toEqual([])
  await watch.record({ at: noon, operator: 'zoe', session: 'tab', event: 'open' })
  expect(skipsOf(await watch.turn())).toEqual([
    'unknownOperator 4 {"at":1795348800000,"operator":"zoe","session":"tab","event":"open"}',
  ])
})

test('a watcher that goes on in the middle of a feed numbers its lines from the beginning', async () => {
  const watch = await watchWith({})
  await passSeconds(watch, 31)
  await watch.restart()
  await appendFile(watch.feedFile, '{torn\n')
  expect(skipsOf(await watch.turn())).toEqual(['malformed 2 {torn'])
})

function skipsOf(notices: readonly Notice[]): string[] {
  return notices.flatMap((notice) => {
    if (notice.type !== 'problem' || notice.problem.code !== 'line-skipped') return []
    const { reason, line, excerpt } = notice.problem
    return [`${reason} ${line} ${excerpt}`]
  })
}

test('what is read at the first look is found again after a crash, however the feed was rotated since', async () => {
  const watch = await watchWith({})
  await watch.record({ at: noon + 1000, operator: 'ana', event: 'status', status: 'lunch' })
  await rename(watch.feedFile, `${watch.feedFile}.1`)
  await watch.record({ at: noon + 2000, event: 'inquiry', inquiry: 'I' })
  watch.clock.advance(3000)
  await watch.restart()
  await watch.turn()
  expect(await watch.history()).toEqual(['online > lunch panel 12:00:01'])
})

test('a choice that the history has is none that is new, though a slow clock dated what came after it', async () => {
  const watch = await watchWith({})
  await watch.record({ at: noon + 2000, operator: 'ana', event: 'status', status: 'offline' })
  await watch.record({ at: noon + 3000, operator: 'ana', event: 'status', status: 'lunch' })
  const durable = await readFile(watch.feedFile)
  await watch.beat(4)
  await passSeconds(watch, 5)
  watch.clock.step(-4000)
  await watch.setStatus('online')
  await writeFile(watch.feedFile, durable)
  await watch.restart()
  await passSeconds(watch, 5)
  expect(await watch.history()).toEqual([
    'online > offline panel 12:00:02',
    'offline > lunch panel 12:00:03',
    'online > online admin 12:00:01',
  ])
})

test('a feed that ticked is one that ticks, though its ticks and the cache are gone: its silence switches nobody', async () => {
  const watch = await watchWith({})
  await watch.record({ at: noon + 1000, event: 'tick' })
  await watch.record({ at: noon + 2000, operator: 'ana', event: 'status', status: 'lunch' })
  await watch.record({ at: noon + 3000, operator: 'ana', event: 'status', status: 'online' })
  await passSeconds(watch, 4)
  await rm(watch.feedFile)
  await watch.beat(5)
  await rm(join(watch.folder, 'statuses.state.json'))
  await watch.restart()
  await passSeconds(watch, 50)
  expect((await watch.history()).slice(2)).toEqual([])
})

test('a watcher that is told to stop while it reads leaves the rest of the feed to the next one', async () => {
  const watch = await watchWith({ look: async (watched) => watched.stop() })
  await watch.record({ at: noon + 1000, operator: 'ana', event: 'status', status: 'lunch' })
  watch.clock.advance(2000)
  watch.interfere()
  await watch.turn()
  await watch.finish()
  expect(await watch.history()).toEqual([])
  await watch.restart()
  await passSeconds(watch, 1)
  expect(await watch.history()).toEqual(['online > lunch panel 12:00:01'])
})

test('a watcher that did not get to the end of the feed was not awake: nothing of the time before it counts', async () => {
  const watch = await watchWith({ look: async (watched) => watched.stop() })
  watch.clock.advance(25_000)
  await watch.restart()
  watch.interfere()
  await watch.turn()
  await watch.finish()
  watch.clock.advance(20_000)
  await watch.restart()
  await watch.turn()
  await passSeconds(watch, 29)
  expect(await watch.history()).toEqual([])
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > offline auto-offline 12:01:15'])
})
