import { expect, test } from 'vitest'
import { createTimeline, holdFrom, valueAt } from '../../../../src/domain/reports/ledger/timeline.ts'

test('what is dated before the last change takes over at that change', () => {
  const timeline = createTimeline<string>()
  const taken = [holdFrom(timeline, 10, 'a'), holdFrom(timeline, 20, 'b'), holdFrom(timeline, 15, 'c')]
  expect(taken).toEqual([10, 20, 20])
  expect([9, 10, 15, 19, 20].map((at) => valueAt(timeline, at))).toEqual(['a', 'a', 'a', 'a', 'c'])
})

test('where nothing ever held there is no value', () => {
  expect(valueAt(createTimeline<string>(), 5)).toBeUndefined()
})
