import type { Span } from '../../domain/history/accounting.ts'
import type { ComplianceRow } from '../../domain/reports/compliance/compliance.ts'
import { formatTime } from '../../domain/time.ts'
import { durationText } from '../painting/durationText.ts'
import type { Paint } from '../painting/paint.ts'
import { type Column, renderTable } from '../painting/table.ts'
import type { Shown } from '../shown.ts'
import { secondsText, shareText } from './seconds.ts'

export interface ComplianceView {
  readonly window: Span
  readonly rows: readonly ComplianceRow[]
  readonly notes: readonly string[]
}

export function showCompliance(view: ComplianceView): Shown {
  const { rows, notes } = view
  return {
    value: rows.map(complianceShape),
    human: (paint) => complianceTable(view, paint),
    sheet: {
      columns: [
        ...['operator', 'day', 'scheduledSeconds', 'adherentSeconds', 'adherence', 'workedSeconds', 'conformance'],
        ...['lateSeconds', 'earlyLeaveSeconds', 'unknownSeconds'],
      ],
      rows: rows.map((row) => [
        ...[row.operator, row.day, secondsText(row.scheduledMs), secondsText(row.adherentMs), row.adherence],
        ...[secondsText(row.workedMs), row.conformance, secondsText(row.lateMs), secondsText(row.earlyLeaveMs)],
        secondsText(row.unknownMs),
      ]),
    },
    names: [...new Set(rows.map(({ operator }) => operator))],
    ...(notes.length === 0 ? {} : { note: notes }),
  }
}

/** The shape of contract §7, and how much of the scheduled time is not recorded. */
export function complianceShape(row: ComplianceRow): Record<string, unknown> {
  const { operator, day, scheduledMs, adherentMs, adherence, workedMs, conformance, lateMs, earlyLeaveMs } = row
  const measured = { scheduledMs, adherentMs, adherence, workedMs, conformance, lateMs, earlyLeaveMs }
  return { operator, day, ...measured, unknownMs: row.unknownMs }
}

function complianceTable({ window, rows }: ComplianceView, paint: Paint): string {
  const title = `${formatTime(window.from)} to ${formatTime(window.to)}`
  if (rows.length === 0) return `Nothing was planned and recorded from ${title}.`
  return `${title}\n\n${complianceRows(rows, paint)}`
}

/** The rows alone; empty where there are none. */
export function complianceRows(rows: readonly ComplianceRow[], paint: Paint): string {
  if (rows.length === 0) return ''
  return renderTable(complianceColumns, rows.map(complianceCells), paint)
}

const complianceColumns: readonly Column[] = [
  { header: 'operator', shrinksTo: 12 },
  { header: 'day' },
  { header: 'scheduled', align: 'right', leaves: 5 },
  { header: 'adherent', align: 'right', leaves: 1 },
  { header: 'adherence', align: 'right' },
  { header: 'worked', align: 'right', leaves: 2 },
  { header: 'conformance', align: 'right' },
  { header: 'late', align: 'right', leaves: 4 },
  { header: 'left early', align: 'right', leaves: 3 },
  { header: 'not recorded', align: 'right' },
]

/** A row as texts, in the order of the columns. */
export function complianceCells(row: ComplianceRow): string[] {
  return [
    ...[row.operator, row.day, durationText(row.scheduledMs), durationText(row.adherentMs), shareText(row.adherence)],
    ...[durationText(row.workedMs), shareText(row.conformance), durationText(row.lateMs)],
    ...[durationText(row.earlyLeaveMs), durationText(row.unknownMs)],
  ]
}
