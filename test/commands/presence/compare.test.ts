import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, opstat, projectFolder } from '../../support/opstat.ts'
import { expectedDay } from '../../support/reports/bankDay.ts'

const day = join(projectFolder, 'examples/bank-day')
const files = ['--store', join(day, 'statuses.json'), '--heartbeats', join(day, 'feed.jsonl')]
const simulate = async (...args: string[]) =>
  opstat(['presence', 'simulate', ...files, '--until', expectedDay.until, ...args], { folder: await createFolder() })

test('the real day with half the wait: the changed replay is the same as without the comparison', async () => {
  const alone = JSON.parse((await simulate('--set', 'offline-after=5m', '-o', 'json')).stdout)
  const { compare, ...rest } = JSON.parse(
    (await simulate('--set', 'offline-after=5m', '--compare', '-o', 'json')).stdout,
  )
  expect(rest).toEqual(alone)
  expect(compare.before.switches).toBe(expectedDay.transitions.filter(({ cause }) => cause === 'auto-offline').length)
  expect(compare.after.switches).toBe(
    alone.transitions.filter((one: { cause: string }) => one.cause === 'auto-offline').length,
  )
  expect(compare.change.switches).toBe(compare.added.length - compare.removed.length)
})

test('under the present settings nothing changes', async () => {
  const ended = await simulate('--set', 'offline-after=10m', '--compare')
  expect(ended.stdout).toContain('The same switches at the same times.')
  expect(ended.stdout).toMatch(/^all +19 ±0 +0 +0 +0 +3:10:00 ±0 +12 ±0 +[\d:]+ ±0$/m)
})

test('a switch that is added, one that is moved, and one that is gone', async () => {
  const scenario = {
    catalogue: {
      version: 1,
      statuses: [
        { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
        { id: 'offline', name: 'Offline', color: '#757575' },
      ],
      operators: [{ id: 'ana' }, { id: 'bo' }, { id: 'cy' }],
    },
    start: '2026-11-22T09:00:00Z',
    initial: { '*': 'online' },
    records: [
      { at: '+7m', operator: 'ana', event: 'beat' },
      { at: '+9m', operator: 'ana', event: 'status', status: 'online' },
      { at: '+9m', operator: 'cy', event: 'beat' },
    ],
    until: '+12m',
  }
  const folder = await createFolder({ 'day.json': scenario })
  const ended = await opstat('presence simulate day.json --set offline-after=5m --compare -o json', { folder })
  const { compare } = JSON.parse(ended.stdout)
  const told = (list: { operator: string; at: string }[]) =>
    list.map(({ operator, at }) => `${operator} ${at.slice(14, 19)}`)
  expect(told(compare.added)).toEqual(['ana 05:00', 'cy 05:00'])
  expect(told(compare.moved.map((one: { before: object }) => one.before))).toEqual(['bo 10:00'])
  expect(told(compare.moved.map((one: { after: object }) => one.after))).toEqual(['bo 05:00'])
  expect(compare.removed).toEqual([])
  // Ana was back after two minutes and in Offline for two more; Cy came back after four and stayed in Offline.
  expect(compare.change).toEqual({ switches: 2, ghostMs: 300_000, falseOffline: 2, falseOfflineMs: 120_000 + 180_000 })
})

test('without a changed setting there is nothing to compare', async () => {
  const ended = await simulate('--compare')
  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain('--set offline-after=5m')
})

test('a simulation is held against the calendars of its catalogue', async () => {
  const scenario = {
    catalogue: {
      version: 1,
      statuses: [
        { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
        { id: 'lunch', name: 'Lunch', color: '#f9a825', countAfterClose: true },
        { id: 'offline', name: 'Offline', color: '#757575' },
      ],
      calendars: [
        {
          id: 'night',
          name: 'Night',
          timeZone: 'America/New_York',
          week: {
            sat: [
              { from: '22:00', to: '06:00' },
              { from: '03:00', to: '03:30', status: 'lunch' },
            ],
          },
        },
      ],
      operators: [{ id: 'ana', calendar: 'night' }],
    },
    // The night in which the clocks go back: nine hours of shift.
    start: '2026-10-31T20:00:00-04:00',
    records: [
      { at: '2026-10-31T22:10:00-04:00', operator: 'ana', event: 'status', status: 'online' },
      { at: '2026-11-01T03:00:00-05:00', operator: 'ana', event: 'dialogue-open', dialogue: 'D1' },
      { at: '2026-11-01T03:00:00-05:00', operator: 'ana', event: 'status', status: 'lunch' },
      { at: '2026-11-01T03:05:00-05:00', operator: 'ana', event: 'dialogue-close', dialogue: 'D1' },
      { at: '2026-11-01T03:30:00-05:00', operator: 'ana', event: 'status', status: 'online' },
      { at: '2026-11-01T05:40:00-05:00', operator: 'ana', event: 'status', status: 'offline' },
    ],
    until: '2026-11-01T08:00:00-05:00',
  }
  const folder = await createFolder({ 'night.json': scenario })
  const ended = await opstat('presence simulate night.json --set offline-after=never -o json', { folder })
  const minutes = 60_000
  const { compliance } = JSON.parse(ended.stdout)
  expect(compliance).toEqual([
    {
      ...{ operator: 'ana', day: '2026-10-31', scheduledMs: 540 * minutes, unknownMs: 0 },
      ...{ adherentMs: (350 + 25 + 130) * minutes, adherence: 505 / 540 },
      ...{
        workedMs: (350 + 5 + 130) * minutes,
        conformance: 485 / 510,
        lateMs: 10 * minutes,
        earlyLeaveMs: 20 * minutes,
      },
    },
    {
      ...{ operator: 'ana', day: '2026-11-01', scheduledMs: 0, adherentMs: 0, adherence: null, workedMs: 0 },
      ...{ conformance: null, lateMs: 0, earlyLeaveMs: 0, unknownMs: 0 },
    },
  ])
})
