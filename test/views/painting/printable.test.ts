import { Chalk } from 'chalk'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeInJson, paintSafely, printable, printableLines } from '../../../src/views/painting/printable.ts'
import { createPaint } from '../../support/paint.ts'

const everything = [
  ['an escape sequence', '\x1b[31mred', '\\u{1b}[31mred'],
  ['a carriage return and a backspace', 'good\rbad\b', 'good\\u{d}bad\\u{8}'],
  ['DEL and C1', 'a\x7f\x9bb', 'a\\u{7f}\\u{9b}b'],
  ['C1 among plain letters', 'a\x9b31mb', 'a\\u{9b}31mb'],
  ['a line break, a tab, a NUL', 'a\nb\tc\0', 'a\\u{a}b\\u{9}c\\u{0}'],
  ['line separators', 'a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
  [
    'every bidirectional control',
    '\u061c\u200e\u200f\u202a\u202e\u2066\u2069',
    '\\u{61c}\\u{200e}\\u{200f}\\u{202a}\\u{202e}\\u{2066}\\u{2069}',
  ],
  ['zero-width characters', 'a\u200bb\u200cc\u2060\ufeff', 'a\\u{200b}b\\u{200c}c\\u{2060}\\u{feff}'],
  ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
  ['half a character', 'a\ud800b', 'a\\u{d800}b'],
  ['a joiner outside an emoji', 'a\u200db', 'a\\u{200d}b'],
  ['a variation selector outside an emoji', 'a\ufe0f', 'a\\u{fe0f}'],
] as const

test.each(everything)('%s is shown, not obeyed', (_what, text, shown) => {
  expect(printable(text)).toBe(shown)
})

test.each([
  'Обед',
  '昼休み',
  'พักเที่ยง',
  'استراحة',
  'הפסקה',
  'Pause déjeuner',
  'e\u0301',
  '❤️',
  '👨‍👩‍👧',
  '👩🏽‍🚀',
  '🇺🇦',
  '1️⃣',
  '☕ Break',
])('%s stays as it is', (text) => {
  expect(printable(text)).toBe(text)
})

test('a text of several lines keeps its line feeds and nothing else', () => {
  expect(printableLines('a\nb\r\nc\x1b')).toBe('a\nb\\u{d}\nc\\u{1b}')
})

test('JSON keeps its meaning when hidden characters are escaped', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
      const json = JSON.stringify({ value, text, hidden: '\x9b\u202e\u200b\u{e0041}\x7f' }, null, 2)
      const escaped = escapeInJson(json)
      expect(JSON.parse(escaped)).toEqual(JSON.parse(json))
      expect(printableLines(escaped)).toBe(escaped)
    }),
  )
})

test('a text with a hidden character is shown without colours, all others with them', () => {
  const colored = createPaint({ level: 3 })
  const bare = createPaint({ level: 0 })
  expect(paintSafely((paint) => paint.chalk.red('Lunch'), colored, bare)).toBe(new Chalk({ level: 3 }).red('Lunch'))
  expect(paintSafely((paint) => paint.chalk.red('Lu\x1b[2Jnch'), colored, bare)).toBe('Lu\\u{1b}[2Jnch')
})
