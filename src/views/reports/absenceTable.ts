import type { Span } from '../../domain/history/accounting.ts'
import type { AbsenceRow } from '../../domain/reports/absence/absence.ts'
import type { Advice } from '../../domain/reports/absence/adviser.ts'
import { formatDuration, formatTime } from '../../domain/time.ts'
import { durationText } from '../painting/durationText.ts'
import type { Paint } from '../painting/paint.ts'
import { type Column, renderTable } from '../painting/table.ts'
import type { Shown } from '../shown.ts'
import { advicePlot } from './advicePlot.ts'
import { secondsText } from './seconds.ts'

export interface AbsenceView {
  readonly window: Span
  readonly rows: readonly AbsenceRow[]
  /** The feed's first and last stamp; null: there is none. */
  readonly feed: (Span & { readonly records: number }) | null
  readonly advice: readonly Advice[] | null
  /** The present `offline-after`; null: the rule is off. */
  readonly presentMs: number | null
  readonly notes: readonly string[]
}

export function showAbsence(view: AbsenceView): Shown {
  const { window, rows, feed, advice, notes } = view
  const cut = isCut(rows)
  return {
    value: {
      from: formatTime(window.from),
      to: formatTime(window.to),
      feed: feed && { from: formatTime(feed.from), to: formatTime(feed.to), records: feed.records },
      operators: rows.map(({ day, operator, ...counts }) => ({
        operator,
        ...(day === null ? {} : { day }),
        ...counts,
      })),
      advice: advice === null ? null : advice.map(adviceShape),
    },
    human: (paint) => absenceText(view, paint),
    sheet: {
      columns: [
        'operator',
        ...(cut ? ['day'] : []),
        ...['switches', 'reconnects', 'falseOffline', 'flaps', 'ghostSeconds'],
      ],
      rows: rows.map((row) => [
        row.operator,
        ...(cut ? [row.day] : []),
        ...[row.switches, row.reconnects, row.falseOffline, row.flaps, secondsText(row.ghostMs)],
      ]),
    },
    names: [...new Set(rows.map(({ operator }) => operator))],
    ...(notes.length === 0 ? {} : { note: notes }),
  }
}

function adviceShape({ offlineAfterMs, ...counts }: Advice): Record<string, unknown> {
  return { offlineAfter: formatDuration(offlineAfterMs), ...counts }
}

function absenceText(view: AbsenceView, paint: Paint): string {
  const { window, rows, advice } = view
  const title = `${formatTime(window.from)} to ${formatTime(window.to)}`
  const sections = [title, rows.length === 0 ? 'Nothing is recorded.' : absenceTable(rows, paint)]
  if (advice !== null) sections.push(adviceTable(view, advice, paint))
  if (advice !== null && !paint.plain) sections.push(advicePlot(advice, paint))
  return sections.join('\n\n')
}

function absenceTable(rows: readonly AbsenceRow[], paint: Paint): string {
  const cut = isCut(rows)
  const columns: readonly Column[] = [
    { header: 'operator', shrinksTo: 12 },
    ...(cut ? [{ header: 'day' }] : []),
    { header: 'switches', align: 'right' },
    { header: 'reconnects', align: 'right', leaves: 2 },
    { header: 'false offline', align: 'right' },
    { header: 'flaps', align: 'right', leaves: 1 },
    { header: 'ghost time', align: 'right' },
  ]
  const cells = rows.map((row) => [
    row.operator,
    ...(cut ? [row.day] : []),
    ...[row.switches, row.reconnects, row.falseOffline, row.flaps, durationText(row.ghostMs)],
  ])
  return renderTable(columns, cells, paint)
}

function adviceTable({ feed, presentMs }: AbsenceView, advice: readonly Advice[], paint: Paint): string {
  const over = feed === null ? '' : `, ${formatTime(feed.from)} to ${formatTime(feed.to)}`
  const columns = ['offline-after', 'switches', 'came back within 10m', 'ghost time'].map((header, index) => ({
    header,
    align: index === 0 ? ('left' as const) : ('right' as const),
  }))
  const rows = advice.map(({ offlineAfterMs, switches, returned, ghostMs }) => [
    `${formatDuration(offlineAfterMs)}${offlineAfterMs === presentMs ? ' (now)' : ''}`,
    ...[switches, returned, durationText(ghostMs)],
  ])
  return `What other waits would have done to the whole feed${over}:\n${renderTable(columns, rows, paint)}`
}

function isCut(rows: readonly AbsenceRow[]): boolean {
  return rows.some(({ day }) => day !== null)
}
