import { expect, test } from 'vitest'
import { noticeShape } from '../../src/views/watchNotice.ts'

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
