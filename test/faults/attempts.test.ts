import { expect, test } from 'vitest'
import { isOrderOf } from './attempts.ts'

const attempts = [
  { to: 'a', outcome: 'acknowledged' },
  { to: 'b', outcome: 'unknown' },
  { to: 'c', outcome: 'acknowledged' },
] as const

test.each([
  [['a', 'b', 'c'], true],
  [['a', 'c'], true],
  [['a', 'b'], false],
  [['b', 'c'], false],
  [['a', 'c', 'c'], false],
  [['a', 'c', 'b'], false],
  [[], false],
])('acknowledged, unknown, acknowledged: that %j happened is possible: %j', (happened, possible) => {
  expect(isOrderOf(attempts, { start: 'c', happened })).toBe(possible)
})

test('an attempt to get where one is already is acknowledged and leaves nothing', () => {
  const there = [
    { to: 'a', outcome: 'unknown' },
    { to: 'b', outcome: 'acknowledged' },
    { to: 'a', outcome: 'acknowledged' },
  ] as const
  expect(isOrderOf(there, { start: 'b', happened: ['a'] })).toBe(true)
  expect(isOrderOf(there, { start: 'b', happened: ['a', 'b', 'a'] })).toBe(true)
  expect(isOrderOf(there, { start: 'b', happened: [] })).toBe(false)
})
