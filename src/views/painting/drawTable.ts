import Table from 'cli-table3'
import { type Column, type Drawn, gap, paintedText, widthsOf } from './table.ts'

/** So many lines are drawn at once: the quickest for ten lines as for fifty. */
const linesAtOnce = 6

/**
 * The same lines as `renderTable` pads them, drawn by cli-table3. A file of its own: loaded only for lists. A few lines
 * at a time are one row of cells of several lines: cli-table3 takes long for each cell, compares it with every row
 * before, and measures it whole for each of its lines.
 */
export function drawTable(columns: readonly Column[], lines: readonly (readonly Drawn[])[]): string {
  const colAligns = columns.map((column) => column.align ?? 'left')
  const colWidths = widthsOf(columns, lines)
  const parts: string[] = []
  for (let first = 0; first < lines.length; first += linesAtOnce) {
    const some = lines.slice(first, first + linesAtOnce)
    const table = new Table({ chars, style, colAligns, colWidths: [...colWidths] })
    table.push(columns.map((_, index) => some.map((line) => paintedText(line[index] as Drawn)).join('\n')))
    parts.push(table.toString())
  }
  return parts.join('\n')
}

const style = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }

const chars = {
  middle: gap,
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
}
