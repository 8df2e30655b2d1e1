import { describe, expect, test } from 'vitest'
import { spansOf, sumTime } from '../../../src/domain/history/accounting.ts'
import { play } from '../../support/play.ts'
import { type Circumstances, inputOf } from '../../support/story.ts'

const minute = 60_000

describe('the time in each status', () => {
  test('is the time on the wall, whole; dialogues are told apart', () => {
    accounts(
      `
        09:00 ana status online
        09:05 ana dialogue-open d1
        09:07 ana dialogue-open d2
        09:08 ana dialogue-close d1
        09:09 ana beat
        09:12 ana dialogue-close d2
      `,
      `
        offline  1 stays, 0 wall, 0 dialogue, 0 counted, 0 absent
        online  1 stays, 15 wall, 7 dialogue, 15 counted, 0 absent
      `,
      { until: '09:15' },
    )
  })

  test('in a break that counts after close counts only without a dialogue', () => {
    accounts(
      `
        09:00 ana status online
        09:05 ana dialogue-open d1
        09:06 ana status on-break
        09:10 ana dialogue-close d1
        09:20 ana dialogue-open d2
        09:21 ana dialogue-close d2
      `,
      `
        offline  1 stays, 0 wall, 0 dialogue, 0 counted, 0 absent
        on-break  1 stays, 24 wall, 5 dialogue, 19 counted, 0 absent
        online  1 stays, 6 wall, 1 dialogue, 6 counted, 0 absent
      `,
      { until: '09:30' },
    )
  })

  test('absent is from the last sign of life to the automatic switch', () => {
    accounts(
      `
        09:00 ana status online
        09:05 ana beat
        09:06 ana dialogue-open d1
        09:20 ana status online
        09:25 ana status on-break
      `,
      `
        offline  2 stays, 5 wall, 5 dialogue, 5 counted, 0 absent
        on-break  1 stays, 5 wall, 5 dialogue, 0 counted, 0 absent
        online  2 stays, 20 wall, 14 dialogue, 20 counted, 10 absent
      `,
      { until: '09:30' },
    )
  })

  test('absent of somebody never seen is from when the stay began', () => {
    accounts(
      '09:00 ana dialogue-open',
      `
        offline  1 stays, 5 wall, 5 dialogue, 5 counted, 0 absent
        online  1 stays, 10 wall, 10 dialogue, 10 counted, 10 absent
      `,
      { initial: { ana: 'online' }, until: '09:15' },
    )
  })

  test('absent runs to the release where the guard held the switch', () => {
    accounts(
      '09:00 ana open',
      `
        offline  1 stays, 0 wall, 0 dialogue, 0 counted, 0 absent
        online  1 stays, 12 wall, 0 dialogue, 12 counted, 12 absent
      `,
      { initial: { ana: 'online' }, settings: { massGuard: { share: 0, atLeast: 1, holdMs: 2 * minute } } },
    )
  })

  test('a dialogue opened at another operator is not closed here', () => {
    accounts(
      `
        09:00 ana dialogue-open d1
        09:02 ben dialogue-open d1
        09:03 ben dialogue-close d1
        09:04 ana beat
      `,
      'offline  1 stays, 4 wall, 4 dialogue, 4 counted, 0 absent',
    )
  })

  test('a dialogue record that comes late acts no earlier than the one before', () => {
    accounts(
      `
        09:00 ana beat
        09:05 ana dialogue-open d1
        09:02 ana dialogue-close d1
        09:03 ana dialogue-open d2
        09:08 ana dialogue-close d2
        09:10 ana beat
      `,
      'offline  1 stays, 10 wall, 3 dialogue, 10 counted, 0 absent',
    )
  })

  test('a dialogue opened twice is closed once, and closing it again or another one changes nothing', () => {
    accounts(
      `
        09:00 ana beat
        09:01 ana dialogue-open d1
        09:01 ana dialogue-open d1
        09:02 ana dialogue-close d2
        09:04 ana dialogue-close d1
        09:05 ana dialogue-close d1
        09:06 ana dialogue-open d3
        09:10 ana dialogue-close d3
        09:11 ana beat
      `,
      'offline  1 stays, 11 wall, 7 dialogue, 11 counted, 0 absent',
    )
  })

  test('a switch closes no dialogue', () => {
    accounts(
      `
        09:00 ana dialogue-open
        09:00 ana status online
        09:20 ben beat
      `,
      `
        offline  2 stays, 10 wall, 10 dialogue, 10 counted, 0 absent
        online  1 stays, 10 wall, 10 dialogue, 10 counted, 10 absent
      `,
    )
  })

  test('what was open before the start counts from the start', () => {
    accounts(
      `
        08:50 ana dialogue-open
        09:10 ana dialogue-close
      `,
      'offline  1 stays, 20 wall, 10 dialogue, 20 counted, 0 absent',
      { start: '09:00', until: '09:20' },
    )
  })

  /** Minutes per status of the first operator named. */
  function accounts(story: string, expected: string, circumstances: Circumstances = {}): void {
    const { time } = play(inputOf(story, circumstances), []).result
    const told = time
      .filter(({ operator }) => operator === 'ana')
      .map(({ status, stays, ...ms }) => {
        const minutes = [ms.wallMs, ms.dialogueMs, ms.countedMs, ms.absentMs].map((length) => length / minute)
        const [wall, dialogue, counted, absent] = minutes
        return `${status}  ${stays} stays, ${wall} wall, ${dialogue} dialogue, ${counted} counted, ${absent} absent`
      })
    expect(told).toEqual(
      expected
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
  }
})

describe('a window', () => {
  const stay = { status: 'online', countAfterClose: false, absentFrom: null, continued: false }

  test('cuts stays and dialogues, and leaves out what lies outside', () => {
    const stays = [
      { ...stay, from: 0, to: 100, absentFrom: 90 },
      { ...stay, status: 'lunch', countAfterClose: true, from: 100, to: 200 },
      { ...stay, from: 200, to: 300 },
    ]
    const spans = [
      { from: 80, to: 120 },
      { from: 190, to: 260 },
    ]
    expect(sumTime(stays, spans, { from: 95, to: 195 })).toEqual([
      { status: 'online', stays: 1, wallMs: 5, dialogueMs: 5, countedMs: 5, absentMs: 5 },
      { status: 'lunch', stays: 1, wallMs: 95, dialogueMs: 25, countedMs: 70, absentMs: 0 },
    ])
  })

  test('spans end where the last dialogue closed, an open one at the end', () => {
    const edges = [
      { at: 10, open: true },
      { at: 20, open: false },
      { at: 20, open: true },
      { at: 20, open: false },
      { at: 30, open: true },
    ]
    expect(spansOf(edges, 50)).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: 50 },
    ])
    expect(spansOf(edges, 30)).toEqual([{ from: 10, to: 20 }])
  })
})
