import { expect, test } from 'vitest'
import { createLiveStore } from '../../support/reports/liveStore.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false },
    { id: 'lunch', name: 'Lunch', color: '#f9a825', canReceive: false, countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false },
  ],
  settings: { defaultOffline: 'offline' },
  calendars: [
    {
      id: 'day',
      name: 'Day',
      timeZone: 'Europe/Kyiv',
      week: {
        mon: [
          { from: '09:00', to: '18:00' },
          { from: '13:00', to: '13:30', status: 'lunch' },
        ],
      },
    },
  ],
  operators: [{ id: 'ana', calendar: 'day' }, { id: 'bo' }],
}

/** Monday in Kyiv, where it is two hours later: twenty minutes late, a long lunch with a dialogue left open, early home. */
async function liveThroughMonday() {
  const store = await createLiveStore({ 'statuses.json': catalogue })
  await store.at('06:00:00', 'operator set-status ana offline')
  await store.at('07:20:00', 'operator set-status ana online')
  await store.at('10:59:00', 'presence record dialogue-open ana --dialogue D1')
  await store.at('11:00:00', 'operator set-status ana lunch')
  await store.at('11:10:00', 'presence record dialogue-close ana --dialogue D1')
  await store.at('11:10:00', 'watch --once')
  await store.at('11:45:00', 'operator set-status ana online')
  await store.at('15:30:00', 'operator set-status ana offline')
  return store
}

test('a Monday is held against its plan: lateness, early leaving, the break after the last dialogue', async () => {
  const { at } = await liveThroughMonday()
  const ended = await at('22:00:00', 'report compliance --from 2026-11-23 -o json')
  const minutes = 60_000
  expect(JSON.parse(ended.stdout)).toEqual([
    {
      ...{ operator: 'ana', day: '2026-11-23', scheduledMs: 540 * minutes },
      // At work 3:40 and 3:45, at lunch as planned from the last dialogue's end: 20 minutes.
      ...{ adherentMs: (220 + 225 + 20) * minutes, adherence: 465 / 540 },
      ...{ workedMs: (220 + 225 + 10) * minutes, conformance: 455 / 510 },
      ...{ lateMs: 20 * minutes, earlyLeaveMs: 30 * minutes, unknownMs: 0 },
    },
  ])
})

test('the table has shares and times, and a note names who has no calendar', async () => {
  const { at } = await liveThroughMonday()
  const ended = await at('22:00:00', 'report compliance --from 2026-11-23 --to 2026-11-23T22:00:00Z')
  expect(ended.stdout).toBe(`2026-11-23T00:00:00.000Z to 2026-11-23T22:00:00.000Z

OPERATOR  DAY         SCHEDULED  ADHERENT  ADHERENCE   WORKED  CONFORMANCE     LATE  LEFT EARLY  NOT RECORDED
ana       2026-11-23    9:00:00   7:45:00     86.1 %  7:35:00       89.2 %  0:20:00     0:30:00       0:00:00
`)
  expect(ended.stderr).toBe('without a calendar: bo; assign one with: opstat operator edit bo --calendar C\n')
})

test('CSV has seconds with milliseconds and shares as numbers', async () => {
  const { at } = await liveThroughMonday()
  const ended = await at('22:00:00', 'report compliance --operator ana -o csv')
  expect(ended.stdout.split('\r\n')[1]).toBe(
    `ana,2026-11-23,32400.000,27900.000,${465 / 540},27300.000,${455 / 510},1200.000,1800.000,0.000`,
  )
})

test('a calendar written into the file by hand applies to the day before too', async () => {
  const { at } = await createLiveStore({ 'statuses.json': { ...catalogue, operators: [{ id: 'ana' }] } })
  await at('06:00:00', 'operator set-status ana online')
  await at('24T10:00:00', 'operator edit ana --calendar day')
  const ended = await at('24T12:00:00', 'report compliance -o json')
  const rows = JSON.parse(ended.stdout) as { day: string; scheduledMs: number; adherence: number | null }[]
  expect(rows.map(({ day, scheduledMs, adherence }) => [day, scheduledMs / 60_000, adherence])).toEqual([
    ['2026-11-23', 540, 510 / 540],
    ['2026-11-24', 0, null],
  ])
})

test('without any calendar the table says so, and how to assign one', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status online')
  const ended = await at('10:00:00', 'report compliance')
  expect(ended).toMatchObject({ code: 0 })
  expect(ended.stdout).toContain('Nothing was planned and recorded')
  expect(ended.stderr).toContain('opstat operator edit ana --calendar C')
})
