import { expect, test } from 'vitest'
import { compareIds } from '../../src/domain/order.ts'

test('ids are in the order of their code points, which is not that of UTF-16', () => {
  const ids = ['\u{1f600}', 'b', '\uffff', 'ab', 'a', '', '\u{1f600}a']
  expect(ids.sort(compareIds)).toEqual(['', 'a', 'ab', 'b', '\uffff', '\u{1f600}', '\u{1f600}a'])
})
