import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  arm,
  createDeadlines,
  disarmAll,
  earliestKey,
  popEarliest,
  postponeEarliest,
} from '../../../src/domain/rule/deadlines.ts'

const operators = 12

const steps = fc.array(
  fc.oneof(
    fc.record({
      does: fc.constant('arm' as const),
      operator: fc.integer({ min: 0, max: operators - 1 }),
      key: fc.integer({ min: 0, max: 20 }),
    }),
    fc.record({ does: fc.constantFrom('pop' as const, 'postpone' as const), by: fc.integer({ min: 0, max: 10 }) }),
    fc.record({ does: fc.constant('disarm' as const) }),
  ),
  { maxLength: 80, size: 'max' },
)

test('deadlines come up in order of time, as in a plain list; an armed operator only ever gets an earlier question', () => {
  fc.assert(
    fc.property(steps, (chosen) => {
      const deadlines = createDeadlines(operators)
      const keys = new Map<number, number>()
      const earliest = () => Math.min(Number.POSITIVE_INFINITY, ...keys.values())
      for (const step of chosen) {
        if (step.does === 'arm') {
          arm(deadlines, step.operator, step.key)
          keys.set(step.operator, Math.min(step.key, keys.get(step.operator) ?? Number.POSITIVE_INFINITY))
        } else if (step.does === 'disarm') {
          disarmAll(deadlines)
          keys.clear()
        } else if (keys.size > 0) {
          const due = earliest()
          const operator = deadlines.heap[0] as number
          expect(keys.get(operator)).toBe(due)
          if (step.does === 'postpone') {
            postponeEarliest(deadlines, due + step.by)
            keys.set(operator, due + step.by)
          } else {
            expect(popEarliest(deadlines)).toBe(operator)
            keys.delete(operator)
          }
        }
        expect(deadlines.size).toBe(keys.size)
        expect(earliestKey(deadlines)).toBe(earliest())
      }
    }),
    { numRuns: 500 },
  )
})
