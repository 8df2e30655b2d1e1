import fc from 'fast-check'
import { expect, test } from 'vitest'
import { earliestTime, formatTime, latestTime, parseTime } from '../../src/domain/time.ts'

const anyInstant = fc.integer({ min: earliestTime, max: latestTime })

test('every instant is printed as Date prints it, and read back', () => {
  fc.assert(
    fc.property(anyInstant, (at) => {
      expect(formatTime(at)).toBe(new Date(at).toISOString())
      expect(parseTime(formatTime(at))).toBe(at)
    }),
  )
})

test('a time with any one character changed is read where it still names an instant', () => {
  const anyUnit = fc.constantFrom(...'0123456789-:.TZtz+ ', '٣', '１')
  fc.assert(
    fc.property(anyInstant, fc.nat(23), anyUnit, (at, place, unit) => {
      const printed = formatTime(at)
      const text = printed.slice(0, place) + unit + printed.slice(place + 1)
      expect(parseTime(text)).toBe(instantNamed(text))
    }),
    { numRuns: 2000 },
  )
})

/** By Date's own calendar: a day that does not exist comes out as another one. */
function instantNamed(text: string): number | null {
  const numbers = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)\.(\d{3})\d*[Zz]$/.exec(text)?.slice(1).map(Number)
  if (numbers === undefined) return null
  const [year, month, day, hour, minute, second, ms] = numbers as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, ms)
  const there = [
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ]
  return there.join() === [month, day, hour, minute, second].join() ? date.getTime() : null
}

test.each([
  ['0000-01-01T00:00:00.000Z', earliestTime],
  ['9999-12-31T23:59:59.999Z', latestTime],
  ['2026-11-22T10:00:00Z', 1_795_341_600_000],
  ['2026-11-22t12:00:00.9999+02:00', 1_795_341_600_999],
  ['2026-02-29T00:00:00.000Z', null],
  ['2024-02-29T00:00:00.000Z', 1_709_164_800_000],
  ['2026-11-22T10:00:60.000Z', null],
  ['2026-11-22T24:00:00.000Z', null],
  ['2026-00-22T10:00:00.000Z', null],
  ['2026-11-22 10:00:00.000Z', null],
  ['2026-11-22T10:00:00.000', null],
  ['', null],
])('%s is read as %s', (text, at) => {
  expect(parseTime(text)).toBe(at)
})

test('years that have no four digits are printed as Date prints them', () => {
  expect(formatTime(latestTime + 1)).toBe('+010000-01-01T00:00:00.000Z')
  expect(formatTime(earliestTime - 1)).toBe('-000001-12-31T23:59:59.999Z')
})
