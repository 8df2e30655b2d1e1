import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  contrastRatio,
  faintnessOf,
  nextColor,
  palette,
  parseColor,
  readableOn,
} from '../../../../src/domain/catalogue/color/color.ts'
import { colorNames } from '../../../../src/domain/catalogue/color/colorNames.ts'
import { makeStatusId, operatorIdFlaw, statusIdFlaw } from '../../../../src/domain/catalogue/rules/identifiers.ts'
import { parseName, similarTo } from '../../../../src/domain/catalogue/rules/text.ts'

test.each([
  ['  On break  ', 'On break'],
  ['Cafe\u0301', 'Café'],
  ['Перерва', 'Перерва'],
  ['พักเที่ยง', 'พักเที่ยง'],
  ['הפסקה', 'הפסקה'],
  ['👩‍💻 Focus', '👩‍💻 Focus'],
  ['👨🏽‍⚕️', '👨🏽‍⚕️'],
  ['🏳️‍🌈', '🏳️‍🌈'],
  ['☕️ Coffee', '☕️ Coffee'],
  ['1️⃣', '1️⃣'],
  ['a'.repeat(64), 'a'.repeat(64)],
  ['😀'.repeat(64), '😀'.repeat(64)],
])('%j is a name', (text, name) => {
  expect(parseName(text)).toEqual({ ok: true, value: name })
})

test.each([
  ['', 'empty'],
  [' \t ', 'empty'],
  ['a'.repeat(65), 'too-long'],
  ['😀'.repeat(65), 'too-long'],
  ['a\nb', 'control'],
  ['a\u007fb', 'control'],
  ['a\u009bb', 'control'],
  ['a\u2028b', 'control'],
  ['a\u202eb', 'bidirectional'],
  ['a\u2066b', 'bidirectional'],
  ['a\u200fb', 'bidirectional'],
  ['a\u200bb', 'zero-width'],
  ['a\u200db', 'zero-width'],
  ['a\ufe0f', 'zero-width'],
  ['👩\u200d', 'zero-width'],
  ['1\ufe0f', 'zero-width'],
  ['a\u00adb', 'zero-width'],
  ['\u3164', 'zero-width'],
  ['🏴\u{e0067}', 'zero-width'],
  ['a\ud800', 'lone-surrogate'],
])('%j is no name: %s', (text, flaw) => {
  expect(parseName(text)).toEqual({ ok: false, failure: flaw })
})

test.each([
  ['offlin', ['offline']],
  ['ofline', ['online', 'offline', 'on-line']],
  ['Onlien', ['online', 'on-line']],
  ['on-', ['on-break', 'on-line']],
  ['Break', ['on-break']],
  ['xyzzy', []],
  ['', []],
])('%j may have been meant for %j', (reference, similar) => {
  expect(similarTo(reference, ['online', 'on-break', 'offline', 'on-line'])).toEqual(similar)
})

test.each([
  ['On break', 'on-break'],
  ['  Über-Pause!  ', 'uber-pause'],
  ['Обідня перерва', 'obidnia-pererva'],
  ['Щоденник', 'shchodennyk'],
  ['Διάλειμμα', 'dialeimma'],
  ['Ødegård & Łódź', 'odegard-lodz'],
  ['ﬁnance ™', 'finance-tm'],
  ['休憩', 'status-1'],
  ['استراحة', 'status-1'],
  ['👩‍💻', 'status-1'],
  ['a'.repeat(80), 'a'.repeat(63)],
])('%j gives the id %s', (name, id) => {
  expect(makeStatusId(name, new Set())).toBe(id)
})

test('a made id evades those that are taken', () => {
  expect(makeStatusId('Lunch', new Set(['lunch', 'lunch-2']))).toBe('lunch-3')
  expect(makeStatusId('休憩', new Set(['status-1']))).toBe('status-2')
  expect(makeStatusId('a'.repeat(80), new Set(['a'.repeat(63)]))).toBe(`${'a'.repeat(61)}-2`)
})

test.each([
  ['a', null],
  ['0_x-', null],
  ['a'.repeat(63), null],
  ['', 'empty'],
  ['-a', 'characters'],
  ['é', 'characters'],
  ['a'.repeat(64), 'too-long'],
])('status id %j: %s', (id, flaw) => {
  expect(statusIdFlaw(id)).toBe(flaw)
})

test.each([
  ['ana@example.org', null],
  ['__proto__', null],
  ['оля', null],
  ['😀'.repeat(64), null],
  ['', 'empty'],
  ['a b', 'characters'],
  ['a\u00a0b', 'characters'],
  ['a\u0007', 'characters'],
  ['\ud800', 'characters'],
  ['😀'.repeat(65), 'too-long'],
])('operator id %j: %s', (id, flaw) => {
  expect(operatorIdFlaw(id)).toBe(flaw)
})

test.each([
  ['#2E7D32', '#2e7d32'],
  ['#AbC', '#aabbcc'],
  ['RebeccaPurple', '#663399'],
  ['grey', '#808080'],
])('the colour %s is %s', (text, color) => {
  expect(parseColor(text)).toEqual({ ok: true, value: color })
})

test.each(['', '#12', '#12345g', '#12345678', 'rgb(1,2,3)', 'transparent', 'currentcolor', '__proto__', '123456'])(
  '%j is no colour',
  (text) => {
    expect(parseColor(text).ok).toBe(false)
  },
)

test('CSS has 148 colour names', () => {
  expect(colorNames().size).toBe(148)
})

test('contrast runs from 1 to 21, whichever colour is named first', () => {
  expect(contrastRatio('#777777', '#777777')).toBe(1)
  expect(contrastRatio('#ffffff', '#000000')).toBeCloseTo(21, 10)
  expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect([readableOn('#ffff00'), readableOn('#00008b')]).toEqual(['#000000', '#ffffff'])
})

test.each([
  ['#ffff00', 'white'],
  ['#ffffff', 'white'],
  ['#000080', 'black'],
  ['#2e7d32', null],
  ['#757575', null],
])('%s is hard to make out on %s', (color, against) => {
  expect(faintnessOf(color)?.against ?? null).toBe(against)
})

test('no colour is hard to make out on black and on white both', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const color = `#${number.toString(16).padStart(6, '0')}`
      const faint = (['black', 'white'] as const).filter((ground) => {
        return contrastRatio(color, ground === 'black' ? '#000000' : '#ffffff') < 3
      })
      expect(faint).toEqual(faintnessOf(color) === null ? [] : [faintnessOf(color)?.against])
    }),
  )
})

test('every colour of the palette stands out from white by 3:1, and is given before one is given twice', () => {
  expect(palette.filter((color) => contrastRatio(color, '#ffffff') < 3)).toEqual([])
  const given: string[] = []
  for (const _ of palette) given.push(nextColor(given))
  expect(given).toEqual(palette)
  expect(nextColor(given)).toBe(palette[0])
})
