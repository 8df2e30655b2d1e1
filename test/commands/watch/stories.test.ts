import { expect, test } from 'vitest'
import { liveThrough, type Watching, type WatchStory } from '../../support/watchStory.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false },
    { id: 'on-break', name: 'On break', color: '#f9a825', canReceive: false, countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false },
  ],
  settings: { defaultOffline: 'offline', offlineAfter: '30s', sessionTimeout: '20s' },
  operators: ['ana', 'bo', 'cy'].map((id) => ({ id, name: id, role: 'operator', initialStatus: 'online' })),
}

const beats = (operator: string, from: number, to: number, every = 5): WatchStory['happenings'] =>
  Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, index) => [
    from + index * every,
    { operator, event: 'beat', session: 'tab' },
  ])

const ways: readonly Watching[] = ['without-break', 'stopped-between-turns', 'killed-between-turns']

/** However it is watched, a story leaves the same history. */
function tell(
  title: string,
  story: Omit<WatchStory, 'catalogue'> & { catalogue?: unknown },
  expected: readonly string[],
): void {
  test.each(ways)(`${title} (%s)`, async (watching) => {
    const { history } = await liveThrough({ catalogue, ...story }, watching)
    expect(history).toEqual(expected)
  })
}

tell(
  'whose beats stop is switched at the deadline, whose go on is not',
  { happenings: [...beats('ana', 1, 11), ...beats('bo', 1, 91), ...beats('cy', 1, 91)], untilSeconds: 60 },
  ['12:00:41.000 ana online > offline auto-offline'],
)

tell(
  'who comes back in time leaves no trace',
  {
    happenings: [...beats('ana', 1, 6), ...beats('ana', 36, 90), ...beats('bo', 1, 91), ...beats('cy', 1, 91)],
    untilSeconds: 60,
  },
  [],
)

tell(
  'a choice in the panel, a dialogue and an administrator each leave their entry once',
  {
    happenings: [
      ...beats('ana', 1, 61),
      ...beats('bo', 1, 61),
      ...beats('cy', 1, 61),
      [4, { operator: 'ana', event: 'status', status: 'On break' }],
      [6, { operator: 'bo', event: 'dialogue-open', dialogue: 'D-1' }],
      [8, { operator: 'bo', event: 'dialogue-open', dialogue: 'D-2' }],
      [9, { operator: 'bo', event: 'dialogue-close', dialogue: 'D-1' }],
      [12, { operator: 'bo', event: 'dialogue-close', dialogue: 'D-2' }],
      [20, ['operator', 'set-status', 'ana', 'online']],
    ],
    untilSeconds: 30,
  },
  [
    '12:00:04.000 ana online > on-break panel',
    '12:00:06.000 bo dialogues 1',
    '12:00:12.000 bo dialogues 0',
    '12:00:20.000 ana on-break > online admin',
  ],
)

tell(
  'two choices at one instant are both kept, once, in their order',
  {
    happenings: [
      ...beats('ana', 1, 31),
      ...beats('bo', 1, 31),
      ...beats('cy', 1, 31),
      [5, { operator: 'ana', event: 'status', status: 'on-break', stamp: 5 }],
      [5, { operator: 'ana', event: 'status', status: 'online', stamp: 5 }],
      [5, { operator: 'ana', event: 'status', status: 'offline', stamp: 5 }],
    ],
    untilSeconds: 15,
  },
  [
    '12:00:05.000 ana online > on-break panel',
    '12:00:05.000 ana on-break > online panel',
    '12:00:05.000 ana online > offline panel',
  ],
)

tell(
  "an administrator's change is not overwritten by a choice made before it",
  {
    happenings: [
      ...beats('ana', 1, 31),
      ...beats('bo', 1, 31),
      ...beats('cy', 1, 31),
      [10, ['operator', 'set-status', 'ana', 'on-break']],
      [11, { operator: 'ana', event: 'status', status: 'offline', stamp: 9 }],
    ],
    untilSeconds: 20,
  },
  ['12:00:10.000 ana online > on-break admin'],
)

tell(
  'ten operators at once are ten switches',
  {
    catalogue: {
      ...catalogue,
      operators: Array.from({ length: 10 }, (_, index) => ({
        id: `op-${index}`,
        name: `op-${index}`,
        role: 'operator',
        initialStatus: 'online',
      })),
    },
    happenings: Array.from(
      { length: 10 },
      (_, index) => [2, { operator: `op-${index}`, event: 'open', session: 'tab' }] as const,
    ),
    untilSeconds: 40,
  },
  Array.from({ length: 10 }, (_, index) => `12:00:32.000 op-${index} online > offline auto-offline`),
)

tell(
  'a changed setting is followed',
  {
    happenings: [
      ...beats('ana', 1, 1),
      ...beats('bo', 1, 61),
      ...beats('cy', 1, 61),
      [10, ['settings', 'set', 'auto-offline', 'On break']],
      [12, ['settings', 'set', 'offline-after', '40s']],
    ],
    untilSeconds: 50,
  },
  ['12:00:41.000 ana online > on-break auto-offline'],
)

test('what the watcher says is one JSON object a line', async () => {
  const { said } = await liveThrough(
    { catalogue, happenings: [...beats('ana', 1, 1), ...beats('bo', 1, 61), ...beats('cy', 1, 61)], untilSeconds: 40 },
    'without-break',
  )
  expect(said.map((line) => JSON.parse(line)).filter(({ type }) => type === 'switched')).toEqual([
    {
      type: 'switched',
      at: '2026-11-22T12:00:31.000Z',
      operator: 'ana',
      from: 'online',
      to: 'offline',
      cause: 'auto-offline',
      due: '2026-11-22T12:00:31.000Z',
      lastSeen: '2026-11-22T12:00:01.000Z',
      by: 'opstat',
      recordedAt: '2026-11-22T12:00:32.000Z',
    },
  ])
})

test('from the last record to the present nothing counts while nobody watched', async () => {
  const { history } = await liveThrough(
    { catalogue, happenings: [...beats('ana', 1, 11), ...beats('bo', 1, 11), ...beats('cy', 1, 11)], untilSeconds: 20 },
    'without-break',
  )
  expect(history).toEqual([])
})

tell(
  'where there is no history, choices in the feed count at their own time',
  {
    happenings: [
      [0, { operator: 'ana', event: 'status', status: 'on-break', stamp: -300 }],
      [0, { operator: 'bo', event: 'status', status: 'offline', stamp: -200 }],
      [0, { operator: 'bo', event: 'status', status: 'online', stamp: -20 }],
      [0, { operator: 'cy', event: 'beat', session: 'tab', stamp: -300 }],
      ...beats('cy', 1, 61),
    ],
    untilSeconds: 40,
  },
  [
    '11:55:00.000 ana online > on-break panel',
    '11:56:40.000 bo online > offline panel',
    '11:59:40.000 bo offline > online panel',
    // The twenty seconds before the watcher started count for nobody.
    '12:00:30.000 bo online > offline auto-offline',
  ],
)

tell(
  'an administrator who wants what the history has, but not the feed, undoes the choice that nobody recorded yet',
  {
    happenings: [
      ...beats('ana', 1, 31),
      ...beats('bo', 1, 31),
      ...beats('cy', 1, 31),
      [10.2, { operator: 'ana', event: 'status', status: 'on-break' }],
      [10.4, ['operator', 'set-status', 'ana', 'online']],
    ],
    untilSeconds: 20,
  },
  ['12:00:10.200 ana online > on-break panel', '12:00:10.400 ana on-break > online admin'],
)

tell(
  'a choice stamped a little ahead is not repeated after an administrator undid it',
  {
    happenings: [
      ...beats('ana', 1, 16),
      ...beats('bo', 1, 61),
      ...beats('cy', 1, 61),
      [10, { operator: 'ana', event: 'status', status: 'on-break', stamp: 14 }],
      [12, ['operator', 'set-status', 'ana', 'online']],
    ],
    untilSeconds: 55,
  },
  [
    '12:00:14.000 ana online > on-break panel',
    '12:00:12.000 ana on-break > online admin',
    '12:00:46.000 ana online > offline auto-offline',
  ],
)

test('looking every ten seconds switches as well, if later', async () => {
  const { history } = await liveThrough(
    {
      catalogue,
      happenings: [...beats('ana', 1, 1), ...beats('bo', 1, 1), ...beats('cy', 1, 1)],
      untilSeconds: 50,
      flags: ['--interval', '10s'],
    },
    'without-break',
  )
  expect(history).toEqual(['ana', 'bo', 'cy'].map((id) => `12:00:31.000 ${id} online > offline auto-offline`))
})

tell('where there never was a feed nobody was seen', { happenings: [], untilSeconds: 40 }, [
  '12:00:30.000 ana online > offline auto-offline',
  '12:00:30.000 bo online > offline auto-offline',
  '12:00:30.000 cy online > offline auto-offline',
])
