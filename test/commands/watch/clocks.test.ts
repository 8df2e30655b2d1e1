import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noon } from '../../support/system.ts'
import { liveThrough, type WatchStory } from '../../support/watchStory.ts'
import { passSeconds, watchWith } from './watched.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline', offlineAfter: '30s', sessionTimeout: '20s' },
  operators: ['ana', 'bo'].map((id) => ({ id, name: id, initialStatus: 'online' })),
}

const beats = (operator: string, from: number, to: number): WatchStory['happenings'] =>
  Array.from({ length: Math.floor((to - from) / 5) + 1 }, (_, index) => [
    from + index * 5,
    { operator, event: 'beat', session: 'tab' },
  ])

const hour = 3600

test.each([
  ['an hour forward', hour, 'at-the-watcher'],
  ['an hour back', -hour, 'at-the-watcher'],
  ['a day forward', 24 * hour, 'at-the-watcher'],
  ['a day back', -24 * hour, 'at-the-watcher'],
  ['an hour forward', hour, 'everywhere'],
  ['an hour back', -hour, 'everywhere'],
  ['a day forward', 24 * hour, 'everywhere'],
  ['a day back', -24 * hour, 'everywhere'],
  ['forty seconds forward', 40, 'everywhere'],
  ['forty seconds back', -40, 'everywhere'],
  ['forty seconds forward', 40, 'at-the-watcher'],
  ['forty seconds back', -40, 'at-the-watcher'],
] as const)('a clock set %s (%d s, %s) switches nobody who goes on beating', async (_, stepSeconds, where) => {
  const { history } = await liveThrough(
    {
      catalogue,
      happenings: [...beats('ana', 1, 200), ...beats('bo', 1, 200), [60, { stepSeconds, where }]],
      untilSeconds: 180,
    },
    'without-break',
  )
  expect(history).toEqual([])
})

test.each([
  ['an hour forward everywhere', hour, 'everywhere', '13:01:31.000 ana online > offline auto-offline'],
  ['an hour back everywhere', -hour, 'everywhere', '11:01:31.000 ana online > offline auto-offline'],
  ['an hour forward at the watcher', hour, 'at-the-watcher', '12:01:31.000 ana online > offline auto-offline'],
  ['an hour back at the watcher', -hour, 'at-the-watcher', '12:01:31.000 ana online > offline auto-offline'],
] as const)(
  'who falls silent after the clock was set %s is switched in time',
  async (_, stepSeconds, where, expected) => {
    const { history } = await liveThrough(
      {
        catalogue,
        happenings: [...beats('ana', 1, 61), ...beats('bo', 1, 200), [40, { stepSeconds, where }]],
        untilSeconds: 100,
      },
      'without-break',
    )
    expect(history).toEqual([expected])
  },
)

test.each([
  ['was set back here alone', { stepSeconds: -20, where: 'at-the-watcher' }, 40, '12:01:20.000'],
  ['was set forward here alone', { stepSeconds: 20, where: 'at-the-watcher' }, 40, '12:01:20.000'],
  ['was just set back everywhere', { stepSeconds: -40, where: 'everywhere' }, 49.5, '12:00:40.000'],
  ['was just set forward everywhere', { stepSeconds: 40, where: 'everywhere' }, 49.5, '12:02:00.000'],
] as const)(
  'whoever an administrator puts online when the clock %s has the whole window',
  async (_, step, stepAt, switchedAt) => {
    const live = async (untilSeconds: number) => {
      const happenings: WatchStory['happenings'] = [
        ...beats('bo', 1, 200),
        [stepAt, step],
        [50, ['operator', 'set-status', 'ana', 'online']],
      ]
      return (await liveThrough({ catalogue, happenings, untilSeconds }, 'without-break')).history.slice(2)
    }
    expect(await live(80)).toEqual([])
    expect(await live(82)).toEqual([`${switchedAt} ana online > offline auto-offline`])
  },
)

test('a machine that slept and whose clock was set back meanwhile switches in time whoever falls silent later', async () => {
  const { history } = await liveThrough(
    {
      catalogue,
      happenings: [...beats('bo', 1, 300), ...beats('ana', 1, 132), [60, { stepSeconds: -60, where: 'everywhere' }]],
      untilSeconds: 200,
      asleep: [20, 100],
    },
    'without-break',
  )
  expect(history).toEqual(['12:01:41.000 ana online > offline auto-offline'])
})

test('whoever is put online after all clocks were set back has the whole window, though stamps from before follow', async () => {
  const watch = await watchWith({})
  const tick = (second: number) => watch.record({ at: noon + second * 1000, event: 'tick' })
  await watch.setStatus('lunch')
  await passSeconds(watch, 1)
  for (let second = 0; second <= 10; second += 2) await tick(second)
  await rename(watch.feedFile, `${watch.feedFile}.1`)
  for (let second = 12; second <= 40; second += 2) await tick(second)
  watch.clock.advance(39_000)
  watch.clock.step(-38_000)
  await passSeconds(watch, 1)
  await watch.setStatus('online')
  const tickUntil = async (first: number, last: number) => {
    for (let second = first; second <= last; second++) {
      await tick(second)
      await passSeconds(watch, 1)
    }
  }
  await tickUntil(3, 33)
  expect((await watch.history()).slice(2)).toEqual([])
  await tickUntil(34, 45)
  expect((await watch.history()).slice(2)).toEqual(['online > offline auto-offline 12:00:34'])
})

test('dialogues are recorded within seconds though the clock was set back by an hour', async () => {
  const watch = await watchWith({})
  await passSeconds(watch, 5)
  await watch.record({ at: noon + 5000, operator: 'ana', event: 'dialogue-open', dialogue: 'D' })
  await passSeconds(watch, 2)
  watch.clock.step(-3_600_000)
  await watch.record({ at: noon + 7000 - 3_600_000, operator: 'ana', event: 'dialogue-close', dialogue: 'D' })
  await passSeconds(watch, 3)
  expect(await readFile(join(watch.folder, 'statuses.history.jsonl'), 'utf8')).toMatch(/"type":"dialogues".*"open":0/)
})

test('a watcher stopped for longer than the window, while beats go on, switches nobody afterwards', async () => {
  const { history } = await liveThrough(
    { catalogue, happenings: [...beats('ana', 1, 200), ...beats('bo', 1, 200)], untilSeconds: 150, asleep: [20, 100] },
    'without-break',
  )
  expect(history).toEqual([])
})

test('a machine that slept, back end and all, switches nobody by itself, only who stays silent afterwards', async () => {
  const { history, said } = await liveThrough(
    {
      catalogue,
      happenings: [...beats('ana', 1, 16), ...beats('bo', 1, 16), ...beats('bo', 102, 200)],
      untilSeconds: 150,
      asleep: [20, 100],
    },
    'without-break',
  )
  // Eighty seconds of sleep after the last look, at 12:00:19, count for nobody: 16 + 30 + 81.
  expect(history).toEqual(['12:02:07.000 ana online > offline auto-offline'])
  expect(said.map((line) => JSON.parse(line)).filter(({ type }) => type === 'left-out')).toHaveLength(1)
})

test('a stamp far ahead counts as its arrival, so that a panel with a wrong clock is not kept present by it', async () => {
  const { history } = await liveThrough(
    {
      catalogue,
      happenings: [[10, { operator: 'ana', event: 'beat', session: 'tab', stamp: 7200 }], ...beats('bo', 1, 200)],
      untilSeconds: 60,
    },
    'killed-between-turns',
  )
  expect(history).toEqual(['12:00:40.000 ana online > offline auto-offline'])
})

test('who was silent when all clocks were set forward has the rest of the window left', async () => {
  const { history } = await liveThrough(
    {
      catalogue,
      happenings: [...beats('ana', 1, 36), ...beats('bo', 1, 200), [40, { stepSeconds: hour, where: 'everywhere' }]],
      untilSeconds: 100,
    },
    'without-break',
  )
  expect(history).toEqual(['13:01:06.000 ana online > offline auto-offline'])
})

test('a dry run tells each switch once, however long it lasts', async () => {
  const { history, said } = await liveThrough(
    {
      catalogue,
      happenings: [[0, ['watch', '--once']], ...beats('ana', 1, 1), ...beats('bo', 1, 200)],
      untilSeconds: 60,
      flags: ['--dry-run'],
    },
    'without-break',
  )
  expect(history).toEqual([])
  const told = said.map((line) => JSON.parse(line)).filter(({ type }) => type === 'switched')
  expect(told.map(({ at, operator, dryRun }) => `${at} ${operator} ${dryRun}`)).toEqual([
    '2026-11-22T12:00:31.000Z ana true',
  ])
})

test('clocks set back between two records of one look switch nobody, with ticks either', async () => {
  const { history } = await liveThrough(
    {
      catalogue,
      happenings: [
        ...beats('ana', 1, 200),
        ...beats('bo', 1, 200),
        ...Array.from({ length: 100 }, (_, index) => [2 * index, { event: 'tick' }] as const),
        // The look at the sixtieth second finds a beat of the old time and one of the new.
        [59.5, { operator: 'ana', event: 'beat', session: 'tab' }],
        [59.6, { stepSeconds: -40, where: 'everywhere' }],
        [59.8, { operator: 'bo', event: 'beat', session: 'tab' }],
      ],
      untilSeconds: 150,
    },
    'without-break',
  )
  expect(history).toEqual([])
})
