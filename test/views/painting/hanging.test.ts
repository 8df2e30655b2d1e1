import { expect, test } from 'vitest'
import { hanging } from '../../../src/views/painting/hanging.ts'

const text = 'where it stops, everybody looks absent; 昼休み 昼休み 昼休み'

test('on a terminal a text goes on below itself, by the columns that its characters take', () => {
  expect(hanging(text, 6, { terminal: true, columns: 32 })).toBe(
    ['where it stops, everybody', '      looks absent; 昼休み', '      昼休み 昼休み'].join('\n'),
  )
})

test.each([
  ['a pipe', { terminal: false, columns: 32 }],
  ['a terminal that has no room beside the label', { terminal: true, columns: 29 }],
  ['a terminal that has room for all of it', { terminal: true, columns: 80 }],
])('for %s it stays in one line', (_what, paint) => {
  expect(hanging(text, 6, paint)).toBe(text)
})
