import Table from 'cli-table3'
import { type Column, type Drawn, gap, paintedText } from './table.ts'

/** The same lines as `renderTable` pads them, drawn by cli-table3. A file of its own: loaded only for lists. */
export function drawTable(columns: readonly Column[], lines: readonly (readonly Drawn[])[]): string {
  const table = new Table({
    chars: { ...noBorders, middle: gap },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map((column) => column.align ?? 'left'),
  })
  for (const line of lines) table.push(line.map(paintedText))
  return table.toString()
}

const noBorders = {
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
