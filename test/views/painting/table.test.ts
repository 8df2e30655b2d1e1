import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type * as drawer from '../../../src/views/painting/drawTable.ts'
import { drawTable } from '../../../src/views/painting/drawTable.ts'
import { renderTable, swatchCell, type TableCell } from '../../../src/views/painting/table.ts'
import { columnsOf, shorten } from '../../../src/views/painting/width.ts'
import { builtModule } from '../../support/opstat.ts'
import { createPaint } from '../../support/paint.ts'

const bare = createPaint()

test('columns are aligned under their header, without borders and blanks at the end', () => {
  const columns = [{ header: 'id' }, { header: 'operators', align: 'right' as const }, { header: 'can receive' }]
  const rows = [
    ['online', 12, true],
    ['lunch-break', 3, false],
    ['x', null, null],
  ]
  expect(renderTable(columns, rows, bare)).toBe(
    [
      'ID           OPERATORS  CAN RECEIVE',
      'online              12  yes',
      'lunch-break          3  no',
      'x                    -  -',
    ].join('\n'),
  )
})

test('a table without rows is its header', () => {
  expect(renderTable([{ header: 'id' }, { header: 'name' }], [], bare)).toBe('ID  NAME')
})

test('names of every script are aligned by the columns that a terminal gives them', () => {
  const names = ['昼休み', 'พักเที่ยง', 'שָׁלוֹם', '☕ Break', '👨‍👩‍👧 Family', '🫠', '🇺🇦', 'กำ', 'ﾃｽﾄ', 'e\u0301']
  const text = renderTable(
    [{ header: 'name' }, { header: 'next' }],
    names.map((name) => [name, '|']),
    bare,
  )
  const before = text
    .split('\n')
    .slice(1)
    .map((line) => columnsOf(line.slice(0, line.lastIndexOf('|'))))
  expect(new Set(before).size).toBe(1)
})

const words = fc.oneof(
  fc.string({ maxLength: 14 }),
  fc.constantFrom('昼休み', '한국', 'Обед', 'ﾃｽ', 'Ünï', 'พัก', '☕', 'Abge…'),
)

/** A cell by its text and colour, so that it can be painted by any chalk. */
const anyCell = fc.oneof(
  fc.record({ text: words, color: fc.constantFrom('#2e7d32', '#f9a825', null) }),
  words,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)

const anyRows = fc.array(fc.tuple(anyCell, anyCell, anyCell), { maxLength: 20 })

test.each([
  ['from the sources', () => drawTable],
  [
    'as built, where it measures with a function of ours',
    () => builtModule<typeof drawer>('table', 'drawTable').drawTable,
  ],
])('a table drawn by cli-table3 and a padded one look the same: %s', (_which, load) => {
  const draw = load()
  const columns = [{ header: 'id' }, { header: 'count', align: 'right' as const }, { header: 'name', shrinksTo: 5 }]
  const surroundings = fc.record({
    level: fc.constantFrom<0 | 1 | 3>(0, 1, 3),
    terminal: fc.boolean(),
    columns: fc.constantFrom(24, 80),
  })
  fc.assert(
    fc.property(anyRows, surroundings, (rows, around) => {
      const paint = createPaint(around)
      const cells = rows.map((row) =>
        row.map((cell): TableCell => {
          if (cell === null || typeof cell !== 'object') return cell
          const { text, color } = cell
          return { text, paint: (shown) => (color === null ? shown : paint.chalk.bold.bgHex(color)(shown)) }
        }),
      )
      expect(renderTable(columns, cells, { ...paint, draw })).toBe(renderTable(columns, cells, paint))
    }),
  )
})

test('cli-table3 draws up to 500 rows of what it can measure', () => {
  const draw = () => 'drawn'
  const paint = { ...bare, draw }
  expect(renderTable([{ header: 'id' }], new Array(500).fill(['x']), paint)).toBe('drawn')
  expect(renderTable([{ header: 'id' }], new Array(501).fill(['x']), paint)).not.toBe('drawn')
  expect(renderTable([{ header: 'id' }], [['昼休み']], paint)).toBe('drawn')
  expect(renderTable([{ header: 'id' }], [['พัก']], paint)).not.toBe('drawn')
})

test('a colour is a coloured block and its code on a terminal, the code alone elsewhere', () => {
  const columns = [{ header: 'color' }, { header: 'name' }]
  const row = (paint: ReturnType<typeof createPaint>) =>
    renderTable(columns, [[swatchCell('#2e7d32', paint), 'Online']], paint)
  expect(row(bare)).toBe('COLOR    NAME\n#2e7d32  Online')
  const colored = row(createPaint({ level: 3 }))
  expect(colored).toContain('\x1b[48;2;46;125;50m  \x1b[49m #2e7d32  Online')
  expect(stripVTControlCharacters(colored)).toBe('COLOR       NAME\n   #2e7d32  Online')
})

test('a terminal that is too narrow shortens what may be shortened, between characters', () => {
  const columns = [{ header: 'id' }, { header: 'name', shrinksTo: 6 }, { header: 'role' }]
  const rows = [
    ['ana', 'Ana Kovalenko of the night shift', 'operator'],
    ['yuki', '昼休み昼休み昼休み', 'operator'],
  ]
  expect(renderTable(columns, rows, createPaint({ terminal: true, columns: 28 }))).toBe(
    ['ID    NAME          ROLE', 'ana   Ana Kovalen…  operator', 'yuki  昼休み昼休…   operator'].join('\n'),
  )
})

test('where even shortened columns do not fit, some are left out, and that is said', () => {
  const columns = [
    { header: 'id' },
    { header: 'name', shrinksTo: 6, leaves: 2 },
    { header: 'seen', align: 'right' as const, leaves: 1 },
    { header: 'role' },
  ]
  const rows = [['ana', 'Ana Kovalenko', 5, 'operator']]
  const at = (width: number) => renderTable(columns, rows, createPaint({ terminal: true, columns: width })).split('\n')
  expect(at(27)).toEqual(['ID   NAME    SEEN  ROLE', 'ana  Ana K…     5  operator'])
  expect(at(26)).toEqual(['ID   NAME         ROLE', 'ana  Ana Kovale…  operator', '(no room for SEEN)'])
  expect(at(20)).toEqual(['ID   ROLE', 'ana  operator', '(no room for NAME, SEEN)'])
  expect(at(5)).toEqual(at(20))
})

test('a pipe gets every cell whole', () => {
  const columns = [{ header: 'name', shrinksTo: 3 }]
  expect(renderTable(columns, [['x'.repeat(100)]], createPaint({ columns: 20 }))).toContain('x'.repeat(100))
})

test('cells can not bring escapes or line breaks of their own', () => {
  expect(renderTable([{ header: 'name' }], [['a\x1b[2Jb\nc']], bare)).toBe('NAME\na\\u{1b}[2Jb\\u{a}c')
})

test.each([
  ['abcdef', 4, 'abc…'],
  ['abcd', 4, 'abcd'],
  ['昼休み', 4, '昼…'],
  ['👨‍👩‍👧👨‍👩‍👧', 3, '👨‍👩‍👧…'],
  ['พักเที่ยง', 4, 'พักเ…'],
  ['abc', 0, ''],
])('%s in %i columns is %s', (text, columns, shown) => {
  expect(shorten(text, columns)).toBe(shown)
})
