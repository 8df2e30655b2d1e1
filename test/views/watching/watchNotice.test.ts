import { expect, test } from 'vitest'
import { noticeLine, noticeShape } from '../../../src/views/watching/watchNotice.ts'

const noon = Date.UTC(2026, 10, 22, 12)

test('programs read when held switches were held and released as times', () => {
  const operators = ['ana', 'bo', 'cy']
  expect(noticeShape({ type: 'held', at: noon, until: noon + 120_000, operators })).toEqual({
    type: 'held',
    at: '2026-11-22T12:00:00.000Z',
    until: '2026-11-22T12:02:00.000Z',
    operators,
  })
  expect(noticeShape({ type: 'released', at: noon + 120_000, heldFrom: noon, operators })).toEqual({
    type: 'released',
    at: '2026-11-22T12:02:00.000Z',
    heldFrom: '2026-11-22T12:00:00.000Z',
    operators,
  })
})

test.each([
  [4, 4, 'line 4 of the feed'],
  [Number.NaN, null, 'a line of the feed'],
])('a line that was passed over is told with its number (%d), without escapes', (line, number, place) => {
  const problem = { code: 'line-skipped', reason: 'malformed', line, excerpt: '\x1b[2J{' } as const
  expect(noticeLine({ type: 'problem', at: noon, problem })).toBe(
    `2026-11-22T12:00:00.000Z problem: ${place} was passed over, not in the feed's format: \\u{1b}[2J{ ` +
      '(write each record as one whole line of JSON, in one write: docs/feed.md)',
  )
  expect(noticeShape({ type: 'problem', at: noon, problem })).toMatchObject({ code: 'line-skipped', line: number })
})

test('switches that a hook was not told of are counted in English', () => {
  const problem = { code: 'hook-skipped', switches: 12, reason: 'queue-full' } as const
  expect(noticeLine({ type: 'problem', at: noon, problem })).toContain('is too slow: 12 switches not told')
})
