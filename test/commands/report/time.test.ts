import { expect, test } from 'vitest'
import { contradiction } from '../../../src/commands/reporting/contradiction.ts'
import { exitCodeOf } from '../../../src/domain/failure.ts'
import { wordFailure } from '../../../src/views/failures/failure.ts'
import { opstat } from '../../support/opstat.ts'
import { expectedDay, recordBankDay } from '../../support/reports/bankDay.ts'
import { createLiveStore, timeLines } from '../../support/reports/liveStore.ts'

test('the real day from its history is what the brute-force program gives', async () => {
  const { folder, clock } = await recordBankDay()
  const ended = await opstat('report time -o json', { folder, clock })
  expect(ended.code).toBe(0)
  const rows = JSON.parse(ended.stdout) as typeof expectedDay.time
  expect(rows.map(({ operator, status, wallMs, countedMs }) => ({ operator, status, wallMs, countedMs }))).toEqual(
    expectedDay.time,
  )
})

test('an open stay runs to now, and what was before the first stay is a row of its own', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status online')
  await at('10:00:00', 'operator set-status ana offline')
  const ended = await at('10:30:00', 'report time --from 2026-11-23T08:50:00Z -o json')
  expect(timeLines(ended.stdout)).toEqual([
    'ana Offline 1 30 0 30 0', //
    'ana Online 1 60 0 60 0',
    'ana ? 10',
  ])
})

test('JSON rows are those of the contract, unknown time has a null status and unknownMs', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana')
  const ended = await at('10:00:00', 'report time --from 2026-11-23T08:00:00Z -o json')
  expect(JSON.parse(ended.stdout)).toEqual([
    {
      ...{ operator: 'ana', status: 'offline', name: 'Offline', stays: 1 },
      ...{ wallMs: 3_600_000, dialogueMs: 0, countedMs: 3_600_000, absentMs: 0 },
    },
    {
      ...{ operator: 'ana', status: null, name: null, stays: 0 },
      ...{ wallMs: 0, dialogueMs: 0, countedMs: 0, absentMs: 0, unknownMs: 3_600_000 },
    },
  ])
})

test('a flag edited in the middle of a stay counts from then on, and is no further stay', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status on-break')
  await at('09:00:00', 'presence record dialogue-open ana --dialogue D1')
  await at('09:00:00', 'watch --once')
  await at('10:00:00', 'status edit on-break --no-count-after-close')
  const ended = await at('10:30:00', 'report time -o json')
  // With a dialogue open all the time: an hour that does not count, then half an hour that does.
  expect(timeLines(ended.stdout)).toEqual(['ana On break 1 90 90 30 0'])
})

test('renamed and deleted statuses keep the names they had in the window', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'status create Lunch')
  await at('09:00:00', 'operator add ana --status lunch')
  await at('10:00:00', ['status', 'edit', 'lunch', '--name', 'Dinner'])
  await at('11:00:00', 'operator edit ana --status offline')
  await at('11:00:00', 'status delete lunch --move-to offline --yes')
  const all = await at('12:00:00', 'report time -o json')
  expect(timeLines(all.stdout)).toEqual(['ana Dinner 1 120 0 120 0', 'ana Offline 1 60 0 60 0'])
  const early = await at('12:00:00', 'report time --to 2026-11-23T09:30:00Z -o json --status LUNCH')
  expect(timeLines(early.stdout)).toEqual(['ana Lunch 1 30 0 30 0'])
})

test('days are local, and a stay over midnight is one stay', async () => {
  const { at } = await createLiveStore()
  await at('12:00:00', 'init')
  await at('12:00:00', 'operator add ana --status online')
  const ended = await at('24T00:00:00', 'report time --by day --tz Europe/Kyiv -o json')
  expect(timeLines(ended.stdout)).toEqual([
    'ana 2026-11-23 Online 1 600 0 600 0',
    'ana 2026-11-24 Online 0 120 0 120 0',
  ])
})

test('who was removed is unknown from then on, and can still be asked for', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status online')
  await at('10:00:00', 'operator remove ana --yes')
  const ended = await at('10:30:00', 'report time --operator ana -o json')
  expect(timeLines(ended.stdout)).toEqual(['ana Online 1 60 0 60 0', 'ana ? 30'])
  const later = await at('11:00:00', 'report time --from 2026-11-23T10:30:00Z -o json')
  expect(JSON.parse(later.stdout)).toEqual([])
})

test('what is still to come is not recorded', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status online')
  const ended = await at('10:00:00', 'report time --to 2026-11-23T12:00:00Z -o json')
  expect(timeLines(ended.stdout)).toEqual(['ana Online 1 60 0 60 0', 'ana ? 120'])
})

test('a table has a window, aligned times and a row for what is not recorded', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status online')
  const ended = await at('10:00:00', 'report time --from 2026-11-23T08:00:00Z')
  expect(ended.stdout).toBe(`2026-11-23T08:00:00.000Z to 2026-11-23T10:00:00.000Z

OPERATOR  STATUS        STAYS     WALL  DIALOGUES  COUNTED   ABSENT
ana       Online            1  1:00:00    0:00:00  1:00:00  0:00:00
ana       not recorded      -  1:00:00          -        -        -
`)
})

test('CSV has ISO times, seconds with milliseconds and no formula', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', ['status', 'create', '=cmd()', '--id', 'cmd'])
  await at('09:00:00', ['operator', 'add', '@x', '--status', 'cmd'])
  const ended = await at('09:00:01.250', 'report time -o csv')
  expect(ended.stdout).toBe(
    [
      'operator,from,to,status,name,stays,wallSeconds,dialogueSeconds,countedSeconds,absentSeconds,unknownSeconds',
      "'@x,2026-11-23T09:00:00.000Z,2026-11-23T09:00:01.250Z,cmd,'=cmd(),1,1.250,0.000,1.250,0.000,0.000",
      '',
    ].join('\r\n'),
  )
})

test('the timeline has a bar for each operator above the table', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status online')
  await at('10:00:00', 'operator set-status ana offline')
  const ended = await at('11:00:00', 'report time --timeline')
  expect(ended.stdout.split('\n')[0]).toMatch(/^ana {2}O{38}F{37}$|^ana {2}O{37}F{38}$/)
})

test.each([
  ['report time --operator nobody', 4, 'there is no operator "nobody"'],
  ['report time --status nowhere', 4, 'there is no status "nowhere"'],
  ['report time --tz Mars/Base', 3, '"Mars/Base" is no time zone'],
  ['report time --from yesterday', 3, '"yesterday" is no time'],
  ['report time --from 2026-11-24 --to 2026-11-23', 2, '--from lies after --to'],
  ['report time --by week', 2, '--by: "week" is not one of day'],
  ['report time --from 0001-01-01 --by day', 2, 'too many days'],
])('%s ends with %i and says %s', async (args, code, words) => {
  const { at, run } = await createLiveStore()
  await at('09:00:00', 'init')
  const ended = await run(args)
  expect(ended.code).toBe(code)
  expect(ended.stderr).toContain(words)
})

test('an empty store has an empty report', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  expect(await at('10:00:00', 'report time -o json')).toMatchObject({ code: 0, stdout: '[]\n' })
})

test('a contradiction is refused with 10 and its place', () => {
  const found = { operator: 'ana', day: '2026-11-23', status: null, kind: 'sum', expectedMs: 10, actualMs: 9 } as const
  const refused = contradiction([found])
  expect(refused.ok ? 0 : exitCodeOf(refused.failure)).toBe(10)
  expect(refused.ok ? [] : wordFailure(refused.failure).details).toEqual([
    'ana, 2026-11-23: the parts add up to 9 ms, the whole is 10 ms',
  ])
})
