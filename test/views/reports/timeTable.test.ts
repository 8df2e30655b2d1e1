import { expect, test } from 'vitest'
import type { OperatorTime } from '../../../src/domain/reports/timeReport.ts'
import { showTime } from '../../../src/views/reports/timeTable.ts'

test('a report on 200,000 operators is made up row by row', () => {
  const window = { from: 0, to: 1000 }
  const times = Array.from({ length: 200_000 }, (_, index): OperatorTime => {
    return { operator: `op-${index}`, day: null, window, rows: [], unknownMs: 1000 }
  })
  const { sheet } = showTime({ window, times, statuses: null, timeline: () => '', notes: [] })
  expect(sheet?.columns).not.toContain('day')
  expect(sheet?.rows.length).toBe(200_000)
})
