import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FeedRecord } from '../../../src/domain/records/records.ts'
import {
  addGap,
  afterCounted,
  createCoverage,
  divideGap,
  forgetGapsBefore,
  uncountedMs,
} from '../../../src/domain/rule/coverage.ts'
import { play } from '../../support/play.ts'
import { check, clock, inputOf } from '../../support/story.ts'

describe('a feed that proves itself alive', () => {
  test('switches by the record that completes the covered time, at that record, due at the deadline', () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:09')}
        09:09:59 tick
        09:10:30 tick
      `,
      `
        09:00 ana online
        09:10:30 ana offline  auto-offline  due 09:10
      `,
    )
  })

  test('is complete at the deadline itself: a tick there switches', () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:10')}
        09:10 ana beat
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
      `,
      { late: 1 },
    )
  })

  test('spares whoever completes the time with a sign of life at the deadline', () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:09')}
        09:10 ana beat
        09:10 tick
      `,
      '09:00 ana online',
    )
  })

  test('switches whoever completes the time with a sign of life after the deadline, unless nobody looked before', () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:09')}
        09:09:30 tick
        09:10:00.001 ana beat
      `,
      `
        09:00 ana online
        09:10:00.001 ana offline  auto-offline  due 09:10
      `,
      { live: '09:00 ana online', late: 0 },
    )
  })

  test('does not take a dialogue for a sign of life, but for a proof that the feed is alive', () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:09')}
        09:09:30 ana dialogue-open
        09:10:15 ana dialogue-close
      `,
      `
        09:00 ana online
        09:10:15 ana offline  auto-offline  due 09:10
      `,
    )
  })

  test('counts a gap of exactly the time-out, and nothing of one that is a millisecond longer', () => {
    const story = (third: string) => `
      09:00 ana status online
      09:00 tick
      09:01 tick
      ${third} tick
      ${third} ben beat
    `
    const settings = { offlineAfterMs: 120_000 }
    check(story('09:02'), '09:00 ana online\n09:02 ana offline  auto-offline', { settings })
    check(story('09:02:00.001'), '09:00 ana online', { settings })
  })

  test('which stops for an hour and comes back switches nobody for the hour', () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:05')}
        ${ticks('10:05', '10:09')}
        10:09:30 ana beat
        10:10 tick
      `,
      '09:00 ana online',
    )
  })

  test('goes on counting after the hour where it stopped', () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:05')}
        ${ticks('10:05', '10:12')}
      `,
      `
        09:00 ana online
        10:10 ana offline  auto-offline
      `,
    )
  })

  test('switches nobody while it is silent, however long', () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:09')}
      `,
      '09:00 ana online',
      { until: '12:00' },
    )
  })

  test('counts all time before the first tick', () => {
    check(
      `
        09:00 ana status online
        09:08 tick
        09:09 tick
        09:10 tick
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
      `,
    )
  })

  test('decides what passed before the first tick by the plain rule', () => {
    check(
      `
        09:00 ana status online
        09:10:00.001 tick
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
      `,
    )
  })

  test('waits for the record after the first tick where that falls on the deadline', () => {
    check(
      `
        09:00 ana status online
        09:00 ben status online
        09:10 tick
        09:10 ana beat
        09:10:20 ben beat
      `,
      `
        09:00 ana online
        09:00 ben online
        09:10 ben offline  auto-offline
      `,
    )
  })

  test('counts a gap after all when a delayed record fills it, and that record switches', () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:05')}
        ${ticks('09:07', '09:10')}
        09:06 tick
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
      `,
    )
  })

  test('is not needed with feed-timeout never: the plain rule', () => {
    check(
      `
        09:00 ana status online
        09:00 tick
        09:30 tick
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
      `,
      { settings: { feedTimeoutMs: null } },
    )
  })

  test('without ticks is trusted as it is', () => {
    check(
      `
        09:00 ana status online
        09:30 ben beat
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
      `,
    )
  })

  test("takes a choice from before the switch's own time as too late, even one after the deadline", () => {
    check(
      `
        09:00 ana status online
        ${ticks('09:00', '09:09')}
        09:09:59 tick
        09:10:30 tick
        09:10:15 ana status on-break
      `,
      `
        09:00 ana online
        09:10:30 ana offline  auto-offline  due 09:10
      `,
      { late: 1 },
    )
  })
})

describe('counted time', () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 30 })), { maxLength: 6 })

  test('after it, exactly the amount has passed outside the gaps, and not a millisecond before', () => {
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: 0, max: 150 }),
        fc.integer({ min: 1, max: 60 }),
        (lengths, base, amountMs) => {
          const coverage = coverageWith(lengths)
          const instant = afterCounted(coverage, base, amountMs)
          expect(countedByTheMillisecond(coverage, base, instant)).toBe(amountMs)
          expect(countedByTheMillisecond(coverage, base, instant - 1)).toBe(amountMs - 1)
          expect(instant - base - uncountedMs(coverage, base, instant)).toBe(amountMs)
        },
      ),
    )
  })

  test('is unmoved by forgetting gaps that ended before', () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 150 }), (lengths, base) => {
        const coverage = coverageWith(lengths)
        const before = afterCounted(coverage, base, 40)
        forgetGapsBefore(coverage, base)
        expect(afterCounted(coverage, base, 40)).toBe(before)
      }),
    )
  })

  test('a record inside a gap leaves only the parts that are too long', () => {
    const divided = (at: number) => {
      const coverage = createCoverage()
      addGap(coverage, 100, 200)
      return {
        counts: divideGap(coverage, at, 60) > 0,
        gaps: coverage.starts.map((from, i) => [from, coverage.ends[i]]),
      }
    }
    expect(divided(150)).toEqual({ counts: true, gaps: [] })
    expect(divided(120)).toEqual({ counts: true, gaps: [[120, 200]] })
    expect(divided(170)).toEqual({ counts: true, gaps: [[100, 170]] })
    expect(divided(200)).toEqual({ counts: false, gaps: [[100, 200]] })
    expect(divided(100)).toEqual({ counts: false, gaps: [[100, 200]] })
  })

  function coverageWith(lengths: readonly [distance: number, length: number][]) {
    const coverage = createCoverage()
    let end = 0
    for (const [distance, length] of lengths) {
      addGap(coverage, end + distance, end + distance + length)
      end += distance + length
    }
    return coverage
  }

  function countedByTheMillisecond(coverage: ReturnType<typeof createCoverage>, from: number, to: number): number {
    let counted = 0
    for (let at = from; at < to; at++) {
      if (!coverage.starts.some((start, index) => start <= at && at < (coverage.ends[index] as number))) counted++
    }
    return counted
  }
})

/** A tick a minute, the first and the last included. */
function ticks(from: string, to: string): string {
  const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const two = (number: number) => String(number).padStart(2, '0')
  const minutes = Array.from({ length: minuteOf(to) - minuteOf(from) + 1 }, (_, index) => minuteOf(from) + index)
  return minutes.map((minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)} tick`).join('\n')
}

test('gaps may come in any order: what lies in one of them does not count', () => {
  const gap = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 20 }))
  fc.assert(
    fc.property(fc.array(gap, { maxLength: 8 }), (gaps) => {
      const coverage = createCoverage()
      for (const [start, length] of gaps) addGap(coverage, start, start + length)
      const instants = Array.from({ length: 70 }, (_, instant) => instant)
      const inGap = (instant: number) => gaps.some(([start, length]) => start <= instant && instant < start + length)
      expect(uncountedMs(coverage, 0, 70)).toBe(instants.filter(inGap).length)
      expect(coverage.starts).toEqual(coverage.starts.toSorted((one, other) => one - other))
    }),
  )
})

test('a clock that is put right by the first record after an hour of silence of a feed with ticks switches nobody', () => {
  const coverage = createCoverage()
  coverage.tickedFrom = 0
  addGap(coverage, 3_600_000, 3_608_000)
  addGap(coverage, 10_000, 3_607_500)
  expect(afterCounted(coverage, 5000, 30_000)).toBe(3_633_000)
})

test('what an outage kept back comes in at once, though each record of it makes more time count', () => {
  const start = clock('09:00')
  const ids = Array.from({ length: 20_000 }, (_, index) => `op-${index}`)
  const operators = ids.map((id) => ({ id, initialStatus: 'online' }))
  const beats = Array.from({ length: 60_000 }, (_, index): FeedRecord => {
    const operator = ids[index % ids.length] as string
    return { at: start + 10 * index, operator, session: 'tab', event: 'beat' }
  })
  const records: FeedRecord[] = [{ at: start, event: 'tick' }, { at: clock('09:20'), event: 'tick' }, ...beats]
  const { result } = play({ ...inputOf('', { operators, settings: { offlineAfterMs: 3_600_000 } }), records }, [])
  expect(result).toMatchObject({ records: 60_002, late: 0, transitions: [] })
})
