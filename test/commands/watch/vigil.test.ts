import { expect, test } from 'vitest'
import { keepVigil } from '../../../src/commands/watching/vigil.ts'
import { createTestClock, noon } from '../../support/system.ts'

const never = new AbortController().signal

test('who sleeps as long as was meant, or waits for a lock in short naps, is awake', async () => {
  const vigil = keepVigil(createTestClock(noon))
  await vigil.clock.sleep(30_000, never)
  for (let nap = 0; nap < 400; nap++) await vigil.clock.sleep(32, never)
  expect(vigil.takeBreak()).toBeNull()
})

test('more than five seconds that nobody meant are a break, from the last instant that was seen, told once', async () => {
  const clock = createTestClock(noon)
  const vigil = keepVigil(clock)
  await vigil.clock.sleep(1000, never)
  clock.advance(5001)
  vigil.clock.now()
  clock.advance(2000)
  expect(vigil.takeBreak()).toBe(1000)
  expect(vigil.takeBreak()).toBeNull()
})

test('five seconds are a blink', () => {
  const clock = createTestClock(noon)
  const vigil = keepVigil(clock)
  clock.advance(5000)
  expect(vigil.takeBreak()).toBeNull()
})
