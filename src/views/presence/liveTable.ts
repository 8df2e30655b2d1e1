import type { PresenceRow } from '../../domain/presence/presence.ts'
import { formatTime } from '../../domain/time.ts'
import { counted } from '../catalogue/outcome.ts'
import type { Paint } from '../painting/paint.ts'
import { printable } from '../painting/printable.ts'
import { renderTable, type TableCell } from '../painting/table.ts'
import type { Shown } from '../shown.ts'
import { presenceShape } from './presenceShapes.ts'
import { listCells, listColumns } from './presenceTable.ts'

/** What stands before a row that has just changed, whatever colours there are. */
const mark = '*'

export interface LiveRows {
  readonly rows: readonly PresenceRow[]
  /** Operators whose row has just changed. */
  readonly fresh: ReadonlySet<string>
  /** Epoch milliseconds. */
  readonly now: number
  /** So many rows fit; the others are counted. */
  readonly room: number
  /** Sentences about what could not be read. */
  readonly notes: readonly string[]
}

/** One picture of the live list. */
export function liveList(live: LiveRows): Shown {
  return {
    value: live.rows.map(presenceShape),
    human: (paint) => liveText(live, { ...paint, now: live.now }),
    pick: (places) => liveList({ ...live, rows: places.flatMap((place) => live.rows[place] ?? []) }),
  }
}

/** A row as a line of its own, where nothing can be redrawn. */
export function liveLine(row: PresenceRow, now: number): string {
  const next = row.switchAt === null ? '' : `, to ${row.switchTo} at ${formatTime(row.switchAt)}`
  const counts = `${counted(row.sessions, 'session')}, ${counted(row.dialogues, 'dialogue')}`
  return printable(`${formatTime(now)} ${row.operator} ${row.statusName ?? '-'}, ${row.presence}, ${counts}${next}`)
}

export function goneLine(operator: string, now: number): string {
  return printable(`${formatTime(now)} ${operator} is no longer in the roster`)
}

/**
 * The bytes that put a picture in the place of the one before, which had so many lines. Lines that are too long for
 * the terminal are cut, so that every line stays one. Each is cleared before it is written: at the end of a line that
 * fills the terminal the cursor still stands on its last character.
 */
export function redraw(text: string, linesBefore: number): string {
  const up = linesBefore > 0 ? `\x1b[${linesBefore}A` : ''
  const lines = text.split('\n').map((line) => `\x1b[K${line}\n`)
  return `${up}\r\x1b[?7l${lines.join('')}\x1b[J\x1b[?7h`
}

function liveText({ rows, fresh, now, room, notes }: LiveRows, paint: Paint): string {
  const shown = rows.slice(0, room)
  const hidden = rows.length - shown.length
  const table = renderTable(
    [{ header: '' }, ...listColumns(paint)],
    shown.map((row) => markedCells(row, fresh.has(row.operator) ? 'changed' : 'known', paint)),
    paint,
  )
  return [
    paint.chalk.dim(`${formatTime(now)}, ${counted(rows.length, 'operator')}; Ctrl-C ends it`),
    rows.length === 0 ? 'No operators.' : table,
    ...(hidden > 0 ? [`and ${hidden} more, with nothing nearer ahead`] : []),
    ...notes.map(printable),
  ].join('\n')
}

function markedCells(row: PresenceRow, news: 'changed' | 'known', paint: Paint): TableCell[] {
  const cells = listCells(row, paint)
  if (news === 'known') return [' ', ...cells]
  const bright = (cell: TableCell): TableCell =>
    typeof cell === 'string' ? { text: cell, paint: (text) => paint.chalk.yellow(text) } : cell
  return [mark, ...cells].map(bright)
}
