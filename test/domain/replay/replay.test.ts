import { describe, expect, test } from 'vitest'
import type { Transition } from '../../../src/domain/history/history.ts'
import { inOrder } from '../../support/inOrder.ts'
import { play } from '../../support/play.ts'
import { check, clock, inputOf } from '../../support/story.ts'

describe('records out of order', () => {
  test('an older sign of life does not take lastSeen back, and is late', () => {
    check(
      `
        09:00 ana status online
        09:08 ana beat
        09:03 ana beat
      `,
      `
        09:00 ana online
        09:18 ana offline  auto-offline
      `,
      { late: 1 },
    )
  })

  test('a beat that was delayed moves the deadline on as long as the switch is not made', () => {
    check(
      `
        09:00 ana status online
        09:09 ben beat
        09:07 ana beat
      `,
      `
        09:00 ana online
        09:17 ana offline  auto-offline
      `,
    )
  })

  test('a sign of life from before the deadline does not undo a switch that was made', () => {
    check(
      `
        09:00 ana status online
        09:10:00.001 ben beat
        09:10 ana beat
        09:09 ana open
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
      `,
      { late: 2 },
    )
  })

  test('a choice from before the stay is ignored, but is still a sign of life', () => {
    check(
      `
        09:00 ana status on-break
        09:05 ana status online
        09:04 ana status offline
      `,
      `
        09:00 ana on-break
        09:05 ana online
        09:15 ana offline  auto-offline
      `,
      { late: 1 },
    )
  })

  test('a choice stamped between deadline and present follows the switch', () => {
    check(
      `
        09:00 ana status online
        09:30 ben beat
        09:20 ana status on-break
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
        09:20 ana on-break
      `,
    )
  })

  test('a receiving status chosen longer ago than the wait is over at once', () => {
    check(
      `
        09:30 ben beat
        09:05 ana status online
        09:06 ana beat
      `,
      `
        09:05 ana online
        09:15 ana offline  auto-offline
      `,
      { start: '09:00', late: 1 },
    )
  })

  test('what the current status says twice is said once', () => {
    check(
      `
        09:00 ana status online
        09:00 ana status online
        09:05 ana beat
        09:05 ana beat
        09:06 ana dialogue-open d1
        09:06 ana dialogue-open d1
        09:07 ana dialogue-close d1
        09:07 ana dialogue-close d1
      `,
      `
        09:00 ana online
        09:15 ana offline  auto-offline
      `,
    )
  })

  test("a dialogue record older than the operator's last one is late; another operator's is not", () => {
    check(
      `
        09:05 ana dialogue-open d1
        09:04 ana dialogue-close d2
        09:04 ben dialogue-open d1
      `,
      '',
      { late: 1 },
    )
  })

  test('a late choice counts late once, whatever else it is too late for', () => {
    check(
      `
        09:00 ana status online
        09:30 ben beat
        08:59 ana status on-break
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
      `,
      { start: '08:00', late: 1 },
    )
  })
})

describe('what happens at one instant', () => {
  test('the records come in record order, then the automatic switches by operator id', () => {
    check(
      `
        09:00 zoe status online
        09:00 ben status online
        09:10 ivo status on-break
        09:10 ana status on-break
      `,
      `
        09:00 zoe online
        09:00 ben online
        09:10 ivo on-break
        09:10 ana on-break
        09:10 ben offline  auto-offline
        09:10 zoe offline  auto-offline
      `,
    )
  })

  test('ids are ordered by code point', () => {
    check(
      `
        09:00 \u{10000} status online
        09:00 \u{ff21} status online
        09:00 é status online
        09:00 z status online
      `,
      `
        09:00 \u{10000} online
        09:00 \u{ff21} online
        09:00 é online
        09:00 z online
        09:10 z offline  auto-offline
        09:10 é offline  auto-offline
        09:10 \u{ff21} offline  auto-offline
        09:10 \u{10000} offline  auto-offline
      `,
    )
  })

  test('a choice stamped at the deadline of a switch already made follows that switch', () => {
    check(
      `
        09:00 ana status online
        09:11 ben beat
        09:10 ben status on-break
        09:10 ana status on-break
      `,
      `
        09:00 ana online
        09:10 ben on-break
        09:10 ana offline  auto-offline
        09:10 ana on-break
      `,
      { late: 2 },
    )
  })
})

test('of 100,000 switches at one instant each finds its place without being held against all others', () => {
  const at = clock('09:10')
  const switches = Array.from({ length: 100_000 }, (_, index) => switchOf(`op-${String(index).padStart(5, '0')}`, at))
  expect(inOrder(switches.toReversed())).toEqual(switches)
})

function switchOf(operator: string, at: number): Transition {
  return { at, operator, from: 'online', to: 'offline', cause: 'auto-offline', due: at, lastSeen: null, by: 'opstat' }
}

describe('the span that is played', () => {
  const story = `
    09:00 ana status online
    09:05 ana beat
    09:30 ana status on-break
  `

  test('ends when nothing can happen any more', () => {
    const { from, to, records, beyond } = play(inputOf('09:00 ana status online'), []).result
    expect({ from, to, records, beyond }).toEqual({ from: clock('09:00'), to: clock('09:10'), records: 1, beyond: 0 })
  })

  test('includes a deadline and a record at until itself', () => {
    check(story, '09:00 ana online\n09:15 ana offline  auto-offline', { until: '09:15' })
    check(story, '09:00 ana online\n09:15 ana offline  auto-offline\n09:30 ana on-break', { until: '09:30' })
  })

  test('ends one millisecond before a deadline without it', () => {
    check(story, '09:00 ana online', { until: '09:14:59.999' })
    const { to, records, beyond } = play(inputOf(story, { until: '09:14:59.999' }), []).result
    expect({ to, records, beyond }).toEqual({ to: clock('09:14:59.999'), records: 2, beyond: 1 })
  })

  test('begins at start, with everybody in their initial status', () => {
    check('09:20 ana beat', '09:15 ana offline  auto-offline', { start: '09:05', initial: { ana: 'online' } })
  })
})
