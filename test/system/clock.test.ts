import { expect, test } from 'vitest'
import { machineClock } from '../../src/system/clock.ts'

const never = new AbortController().signal

test('a sleep takes about as long as asked', async () => {
  const before = machineClock.steady()
  await machineClock.sleep(40, never)
  const slept = machineClock.steady() - before
  expect(slept).toBeGreaterThanOrEqual(30)
  expect(slept).toBeLessThan(2000)
})

test.each([0, -5, Number.NaN])('a sleep of %d ms is none', async (ms) => {
  await machineClock.sleep(ms, never)
})

test.each([2 ** 31, 2 ** 40, Number.POSITIVE_INFINITY])(
  'a sleep of %d ms does not fire at once, and ends when aborted',
  async (ms) => {
    const controller = new AbortController()
    let awake = false
    const sleeping = machineClock.sleep(ms, controller.signal).then(() => {
      awake = true
    })
    await machineClock.sleep(30, never)
    expect(awake).toBe(false)
    controller.abort()
    await sleeping
    expect(awake).toBe(true)
  },
)

test('whoever was stopped before does not sleep', async () => {
  await machineClock.sleep(60_000, AbortSignal.abort())
})

test('the steady clock never goes back', () => {
  let last = machineClock.steady()
  for (let look = 0; look < 10_000; look++) {
    const now = machineClock.steady()
    expect(now).toBeGreaterThanOrEqual(last)
    last = now
  }
})
