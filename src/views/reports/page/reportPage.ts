import type { Status } from '../../../domain/catalogue/catalogue.ts'
import type { Span } from '../../../domain/history/accounting.ts'
import type { Glance } from '../../../domain/reports/glance.ts'
import { clockAt, dateAt, daysOf } from '../../../domain/reports/localTime.ts'
import { durationText } from '../../painting/durationText.ts'
import { type DataTable, dataTable } from './dataTable.ts'
import { type Html, html } from './html.ts'
import { legend, marksOf } from './legend.ts'
import { style, styleHash } from './style.ts'
import { type Lane, timelineSvg } from './timelineSvg.ts'

/** A report as one page that needs nothing else: no script, no file, no network. */
export interface ReportPage {
  readonly title: string
  readonly window: Span
  readonly zone: string
  readonly madeAt: number
  readonly glances: readonly Glance[]
  readonly lanes: readonly Lane[]
  readonly statuses: readonly Status[]
  /** The report's own tables and pictures. */
  readonly details: readonly (DataTable | Html)[]
  readonly notes: readonly string[]
}

export function reportPage(page: ReportPage): string {
  const { title, window, zone, madeAt, notes } = page
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="opstat">
<title>${title}, ${dateAt(zone, window.from)}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="window">${localText(zone, window.from)} to ${localText(zone, window.to)}, ${zone}. Made ${localText(zone, madeAt)}.</p>
${notes.map((note) => html`<p class="note">${note}</p>\n`)}${glanceSection(page)}${timelineSections(page)}${page.details.map(detail)}${staySection(page)}</main>
</body>
</html>
`.html
}

function localText(zone: string, at: number): string {
  return `${dateAt(zone, at)} ${clockAt(zone, at)}`
}

function detail(one: DataTable | Html): Html {
  return 'html' in one
    ? html`<section>${one}</section>\n`
    : html`<section><h2>${one.title}</h2>
${dataTable(one)}</section>
`
}

/** Who was late, who was gone without saying so, how long breaks really were. */
function glanceSection({ glances }: ReportPage): Html {
  const table = dataTable({
    caption:
      'Late and left early against the plan. Gone: able to receive, but not there, until switched automatically. Breaks: time in statuses that count after close; after the last dialogue: the part of it without one open.',
    columns: [
      'Operator',
      'Late',
      'Left early',
      'Gone without saying so',
      'Breaks',
      'Breaks after the last dialogue',
      'Not recorded',
    ],
    rows: glances.map((glance) => [
      glance.name === glance.operator ? glance.operator : `${glance.name} (${glance.operator})`,
      ...[glance.lateMs, glance.earlyLeaveMs].map((ms) => (ms === null ? 'no plan' : durationText(ms))),
      ...[glance.goneMs, glance.breakMs, glance.breakAfterCloseMs, glance.unknownMs].map(durationText),
    ]),
  })
  return html`<section><h2>At a glance</h2>
${table}</section>
`
}

const longestUncutMs = 30 * 3_600_000

/** One picture, or one for each local day where the window is longer than a long day. */
function timelineSections({ window, zone, lanes, statuses }: ReportPage): Html {
  if (lanes.length === 0 || window.to <= window.from) return html``
  const marks = marksOf(statuses)
  const byId = new Map(statuses.map((status) => [status.id, status]))
  const whole = [{ date: dateAt(zone, window.from), ...window }]
  const days = window.to - window.from <= longestUncutMs ? whole : daysOf(zone, window)
  const seen = statuses.filter(({ id }) =>
    lanes.some(({ lifeline }) => lifeline.stays.some(({ status }) => status === id)),
  )
  const charts = days.map(({ date, from, to }, index) => {
    const chart = {
      id: `c${index}`,
      title: `Timeline of ${date}`,
      window: { from, to },
      zone,
      lanes,
      statuses: byId,
      marks,
    }
    return html`<section><h3>${date}</h3>
${timelineSvg(chart)}</section>
`
  })
  return html`<section><h2>Timeline</h2>
${legend(seen, marks)}</section>
${charts}`
}

/** Every bar of the pictures as a row, for whoever reads with a screen reader. */
function staySection({ lanes, zone, statuses }: ReportPage): Html {
  const names = new Map(statuses.map(({ id, name }) => [id, name]))
  const tables = lanes.map(({ lifeline }) => {
    const rows = lifeline.stays.map(({ status, from, to, absentFrom }) => [
      localText(zone, from),
      localText(zone, to),
      ...[names.get(status) ?? status, durationText(to - from)],
      absentFrom === null || absentFrom >= to ? '-' : durationText(to - Math.max(absentFrom, from)),
    ])
    const columns = ['From', 'To', 'Status', 'Time', 'Gone']
    return html`<details><summary>${lifeline.name}: ${rows.length} stays</summary>
${dataTable({ caption: `Stays of ${lifeline.name}, ${zone}`, columns, rows })}</details>
`
  })
  return html`<section><h2>Every stay</h2>
${tables}</section>
`
}
