import { expect, test } from 'vitest'
import { confirmStep, lookAtClocks, startPresent } from '../../../src/domain/presence/presentTime.ts'

const hour = 3_600_000

test('a slewed clock is followed at once', () => {
  const present = startPresent({ wall: 1_000_000, steady: 0 })
  expect(lookAtClocks(present, { wall: 1_001_400, steady: 1000 })).toEqual({ now: 1_001_400, elapsedMs: 1000 })
})

test('a step of the wall clock alone is not believed', () => {
  const present = startPresent({ wall: 10 * hour, steady: 0 })
  expect(lookAtClocks(present, { wall: 11 * hour + 1000, steady: 1000 }).now).toBe(10 * hour + 1000)
  expect(confirmStep(present, 10 * hour + 900)).toBe(0)
  expect(lookAtClocks(present, { wall: 11 * hour + 2000, steady: 2000 }).now).toBe(10 * hour + 2000)
})

test('a step that the stamps of the feed make too is followed', () => {
  const present = startPresent({ wall: 10 * hour, steady: 0 })
  lookAtClocks(present, { wall: 9 * hour + 1000, steady: 1000 })
  expect(confirmStep(present, 9 * hour + 700)).toBe(-hour)
  expect(lookAtClocks(present, { wall: 9 * hour + 2000, steady: 2000 })).toEqual({
    now: 9 * hour + 2000,
    elapsedMs: 1000,
  })
})
