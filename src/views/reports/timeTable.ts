import type { Span } from '../../domain/history/accounting.ts'
import type { OperatorTime, TimeReportRow } from '../../domain/reports/timeReport.ts'
import { formatTime } from '../../domain/time.ts'
import { durationText } from '../painting/durationText.ts'
import type { Paint } from '../painting/paint.ts'
import { type Column, renderTable, type TableCell } from '../painting/table.ts'
import type { Cell, Shown } from '../shown.ts'
import { secondsText } from './seconds.ts'

/** `report time` as it is shown. */
export interface TimeView {
  readonly window: Span
  readonly times: readonly OperatorTime[]
  /** Only these statuses; null: all, and the unknown time with them. */
  readonly statuses: ReadonlySet<string> | null
  /** Drawn above the table; empty: nothing. */
  readonly timeline: (paint: Paint) => string
  readonly notes: readonly string[]
}

export function showTime(view: TimeView): Shown {
  const rows = shownRows(view)
  const cut = cutOf(view)
  return {
    value: rows.map(shapeOf),
    human: (paint) => {
      const table = timeTable(rows, { window: view.window, cut }, paint)
      return [view.timeline(paint), table].filter((text) => text !== '').join('\n\n')
    },
    sheet: { columns: sheetColumns(cut), rows: rows.map((row) => sheetCells(row, cut)) },
    names: [...new Set(rows.map(({ operator }) => operator))],
    ...(view.notes.length === 0 ? {} : { note: view.notes }),
  }
}

/** Is there a row for each day? */
type Cut = 'by-day' | 'whole'

function cutOf({ times }: TimeView): Cut {
  return times.some(({ day }) => day !== null) ? 'by-day' : 'whole'
}

type ShownRow = (TimeReportRow & { readonly window: Span }) | UnknownRow

interface UnknownRow {
  readonly operator: string
  readonly day: string | null
  readonly status: null
  readonly window: Span
  readonly unknownMs: number
}

function shownRows({ times, statuses }: TimeView): ShownRow[] {
  return times.flatMap(({ operator, day, window, rows, unknownMs }): ShownRow[] => {
    const known = rows.filter(({ status }) => statuses === null || statuses.has(status))
    const unknown = statuses === null && unknownMs > 0 ? [{ operator, day, status: null, window, unknownMs }] : []
    return [...known.map((row) => ({ ...row, window })), ...unknown]
  })
}

/** The shape of contract §7; the row of unknown time has no status, and its length as `unknownMs`. */
function shapeOf(row: ShownRow): Record<string, unknown> {
  const { operator, day } = row
  const place = day === null ? { operator } : { operator, day }
  if (row.status === null) {
    const nothing = { name: null, stays: 0, wallMs: 0, dialogueMs: 0, countedMs: 0, absentMs: 0 }
    return { ...place, status: null, ...nothing, unknownMs: row.unknownMs }
  }
  const { status, name, stays, wallMs, dialogueMs, countedMs, absentMs } = row
  return { ...place, status, name, stays, wallMs, dialogueMs, countedMs, absentMs }
}

function timeTable(
  rows: readonly ShownRow[],
  { window: { from, to }, cut }: { readonly window: Span; readonly cut: Cut },
  paint: Paint,
): string {
  const window = `${formatTime(from)} to ${formatTime(to)}`
  if (rows.length === 0) return `Nothing is recorded from ${window}.`
  const columns = [
    { header: 'operator', shrinksTo: 12 },
    ...(cut === 'by-day' ? [{ header: 'day' }] : []),
    { header: 'status', shrinksTo: 12 },
    ...sumColumns,
  ]
  return `${window}\n\n${renderTable(
    columns,
    rows.map((row) => tableCells(row, cut)),
    paint,
  )}`
}

/** Of each stay, or of all of them, as `report time` and simulations show them. */
export const sumColumns: readonly Column[] = [
  { header: 'stays', align: 'right', leaves: 1 },
  { header: 'wall', align: 'right' },
  { header: 'dialogues', align: 'right', leaves: 2 },
  { header: 'counted', align: 'right' },
  { header: 'absent', align: 'right' },
]

function tableCells(row: ShownRow, cut: Cut): TableCell[] {
  const place = cut === 'by-day' ? [row.operator, row.day] : [row.operator]
  if (row.status === null) return [...place, 'not recorded', null, durationText(row.unknownMs), null, null, null]
  const times = [row.wallMs, row.dialogueMs, row.countedMs, row.absentMs]
  return [...place, row.name, row.stays, ...times.map(durationText)]
}

function sheetColumns(cut: Cut): string[] {
  return [
    'operator',
    ...(cut === 'by-day' ? ['day'] : []),
    ...['from', 'to', 'status', 'name', 'stays', 'wallSeconds', 'dialogueSeconds', 'countedSeconds', 'absentSeconds'],
    'unknownSeconds',
  ]
}

function sheetCells(row: ShownRow, cut: Cut): Cell[] {
  const place: Cell[] = [
    row.operator,
    ...(cut === 'by-day' ? [row.day] : []),
    formatTime(row.window.from),
    formatTime(row.window.to),
  ]
  const nothing = secondsText(0)
  if (row.status === null) {
    return [...place, null, null, 0, nothing, nothing, nothing, nothing, secondsText(row.unknownMs)]
  }
  const times = [row.wallMs, row.dialogueMs, row.countedMs, row.absentMs]
  return [...place, row.status, row.name, row.stays, ...times.map(secondsText), nothing]
}
