import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockAt, dateAt, daysOf, instantOf, startOf, weekdayOf } from '../../../src/domain/reports/localTime.ts'
import { formatTime, parseTime } from '../../../src/domain/time.ts'
import { wallText, whenWallShows } from '../../support/reports/wallClock.ts'

const zones = [
  'Europe/Kyiv',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Havana',
  'Africa/Cairo',
  'Asia/Kathmandu',
]
const dates = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-04-24',
  '2026-10-04',
  '2026-10-25',
  '2026-10-29',
  '2026-11-01',
]

test.each(zones)('in %s a clock time is where the wall first shows it, or would without the change', (zone) => {
  fc.assert(
    fc.property(fc.constantFrom(...dates), fc.nat({ max: 1439 }), (date, minute) => {
      const text = `${date} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
      expect(formatTime(instantOf(zone, date, minute))).toBe(formatTime(whenWallShows(zone, text)))
    }),
    {
      numRuns: 60,
      examples: [
        ...dates.map((date): [string, number] => [date, 0]),
        ...dates.map((date): [string, number] => [date, 90]),
        ...dates.map((date): [string, number] => [date, 150]),
      ],
    },
  )
})

test('date and clock are those on the wall, also in years when zones kept local mean time', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: -3e12, max: 4e12 }), (zone, at) => {
      expect(`${dateAt(zone, at)} ${clockAt(zone, at)}`).toBe(wallText(zone, at))
    }),
  )
})

test.each([
  ['Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00.000Z', 'midnight is skipped'],
  ['America/Toronto', '1919-03-31', '1919-03-31T04:30:00.000Z', 'midnight is skipped, and half an hour before it'],
  ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', 'midnight comes twice'],
  ['America/St_Johns', '2010-11-07', '2010-11-07T02:30:00.000Z', 'the day before comes back after midnight'],
  ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z', 'the whole day is skipped'],
])('in %s the day %s begins at %s: %s', (zone, date, begins) => {
  expect(formatTime(startOf(zone, date))).toBe(begins)
})

test.each([
  ['Europe/Kyiv', '2026-03-29T00:00:00+02:00', '2026-03-30T00:00:00+03:00', [['2026-03-29', 23]]],
  ['America/New_York', '2026-11-01T00:00:00-04:00', '2026-11-02T00:00:00-05:00', [['2026-11-01', 25]]],
  ['Australia/Lord_Howe', '2026-10-04T00:00:00+10:30', '2026-10-05T00:00:00+11:00', [['2026-10-04', 23.5]]],
  [
    'Pacific/Apia',
    '2011-12-29T12:00:00-10:00',
    '2011-12-31T06:00:00+14:00',
    [
      ['2011-12-29', 12],
      ['2011-12-31', 6],
    ],
  ],
])('%s from %s to %s has these days and hours', (zone, from, to, hours) => {
  const days = daysOf(zone, { from: parseTime(from) as number, to: parseTime(to) as number })
  expect(days.map((day) => [day.date, (day.to - day.from) / 3_600_000])).toEqual(hours)
})

test('an empty window has no days, and 22 November 2026 is a Sunday', () => {
  expect(daysOf('UTC', { from: 5, to: 5 })).toEqual([])
  expect(weekdayOf('2026-11-22')).toBe('sun')
  expect(weekdayOf('1969-12-31')).toBe('wed')
})
