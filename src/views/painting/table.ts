import type { Cell } from '../shown.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'
import { columnsOf, shorten } from './width.ts'

export interface Column {
  readonly header: string
  /** Numbers stand to the right. */
  readonly align?: 'left' | 'right'
  /** May it be shortened, down to so many columns, where the terminal is too narrow? */
  readonly shrinksTo?: number
  /** May it be left out where the columns don't fit even so? The lowest number goes first. */
  readonly leaves?: number
}

/** A cell that is painted after it was measured. `paint` must not change how wide the text is. */
export interface PaintedCell {
  readonly text: string
  readonly paint: (text: string) => string
}

export type TableCell = Cell | PaintedCell

export const gap = '  '
/** cli-table3 takes time in the square of the rows; above this they are padded here, with the same output. */
const longestDrawn = 500
/** Where cli-table3 measures as terminals do; it takes Thai vowels and newer emoji for one column each. */
const measuredAlike =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0373\u0400-\u0482\u048a-\u052f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3…]*$/

/** A cell as it will stand there, but for the blanks around it. */
export interface Drawn {
  readonly text: string
  readonly columns: number
  readonly paint: ((text: string) => string) | null
}

/**
 * Aligned columns under a header, without borders and without blanks at a line's end. Cells are made printable
 * here; null is shown as `-`, true and false as yes and no. On a terminal that is too narrow cells are shortened, and
 * then columns left out, which is said below.
 */
export function renderTable(columns: readonly Column[], rows: readonly (readonly TableCell[])[], paint: Paint): string {
  const header = columns.map((column) => drawnOf({ text: headerOf(column), paint: paint.chalk.bold }))
  const body = rows.map((row) => columns.map((_, index) => drawnOf(row[index] ?? null)))
  const whole = { columns, lines: [header, ...body] }
  if (!paint.terminal) return drawn(whole, paint)
  const { staying, left } = leaveOut(whole, paint.columns)
  const text = drawn({ columns: staying.columns, lines: shortened(staying, paint.columns) }, paint)
  return left.length === 0 ? text : `${text}\n${paint.chalk.dim(`(no room for ${left.map(headerOf).join(', ')})`)}`
}

interface Grid {
  readonly columns: readonly Column[]
  readonly lines: readonly (readonly Drawn[])[]
}

function drawn({ columns, lines }: Grid, { draw }: Paint): string {
  const drawable =
    lines.length <= longestDrawn + 1 && lines.every((line) => line.every((cell) => measuredAlike.test(cell.text)))
  return withoutTrailingBlanks(draw !== undefined && drawable ? draw(columns, lines) : padded(columns, lines))
}

function headerOf(column: Column): string {
  return column.header.toUpperCase()
}

/** A colour as a coloured block and as its hex code; without colours the code alone. */
export function swatchCell(hex: string, paint: Paint): PaintedCell {
  if (paint.chalk.level === 0) return { text: hex, paint: (text) => text }
  return { text: `   ${hex}`, paint: (text) => paint.chalk.bgHex(hex)('  ') + text.slice(2) }
}

/** The same outside a table. */
export function swatch(hex: string, paint: Paint): string {
  const { text, paint: colored } = swatchCell(hex, paint)
  return colored(text)
}

function drawnOf(cell: TableCell): Drawn {
  const text = printable(textOf(cell))
  return { text, columns: columnsOf(text), paint: isPainted(cell) ? cell.paint : null }
}

function isPainted(cell: TableCell): cell is PaintedCell {
  return typeof cell === 'object' && cell !== null
}

function textOf(cell: TableCell): string {
  if (cell === null) return '-'
  if (cell === true) return 'yes'
  if (cell === false) return 'no'
  return isPainted(cell) ? cell.text : String(cell)
}

/** The columns that fit once they are as narrow as they may be; those that leave, in the table's order. */
function leaveOut(grid: Grid, room: number): { readonly staying: Grid; readonly left: readonly Column[] } {
  const { columns, lines } = grid
  const narrowest = widthsOf(columns, lines).map((width, index) => Math.min(width, columns[index]?.shrinksTo ?? width))
  const order = [...columns.entries()]
    .filter(([, { leaves }]) => leaves !== undefined)
    .sort(([, one], [, other]) => (one.leaves as number) - (other.leaves as number))
  const left = new Set<Column>()
  let excess = totalOf(narrowest) - room
  for (const [index, column] of order) {
    if (excess <= 0) break
    left.add(column)
    excess -= (narrowest[index] as number) + gap.length
  }
  if (left.size === 0) return { staying: grid, left: [] }
  const staying = columns.filter((column) => !left.has(column))
  const kept = lines.map((line) => line.filter((_, index) => !left.has(columns[index] as Column)))
  return {
    staying: { columns: staying, lines: kept },
    left: [...left].sort((one, other) => columns.indexOf(one) - columns.indexOf(other)),
  }
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1)
}

/** Where the table is wider than the room, the widest of the columns that may shrink give way. */
function shortened({ columns, lines }: Grid, room: number): readonly (readonly Drawn[])[] {
  const widths = widthsOf(columns, lines)
  let excess = totalOf(widths) - room
  while (excess > 0) {
    const widest = widestShrinkable(columns, widths)
    if (widest === -1) break
    widths[widest] = (widths[widest] as number) - 1
    excess--
  }
  return lines.map((line) =>
    line.map((cell, index) => {
      const width = widths[index] as number
      if (cell.columns <= width) return cell
      const text = shorten(cell.text, width)
      return { ...cell, text, columns: columnsOf(text) }
    }),
  )
}

function widestShrinkable(columns: readonly Column[], widths: readonly number[]): number {
  let widest = -1
  for (const [index, column] of columns.entries()) {
    const width = widths[index] as number
    if (column.shrinksTo === undefined || width <= column.shrinksTo) continue
    if (widest === -1 || width > (widths[widest] as number)) widest = index
  }
  return widest
}

/** How wide each column has to be. */
export function widthsOf(columns: readonly Column[], lines: readonly (readonly Drawn[])[]): number[] {
  return columns.map((_, index) => lines.reduce((width, line) => Math.max(width, line[index]?.columns ?? 0), 0))
}

function padded(columns: readonly Column[], lines: readonly (readonly Drawn[])[]): string {
  const widths = widthsOf(columns, lines)
  const text = lines.map((line) =>
    line
      .map((cell, index) => {
        const blanks = ' '.repeat((widths[index] as number) - cell.columns)
        return columns[index]?.align === 'right' ? blanks + paintedText(cell) : paintedText(cell) + blanks
      })
      .join(gap),
  )
  return text.join('\n')
}

export function paintedText(cell: Drawn): string {
  return cell.paint === null ? cell.text : cell.paint(cell.text)
}

function withoutTrailingBlanks(text: string): string {
  return text.replace(/ +$/gm, '')
}
