import type { Status } from '../../../domain/catalogue/catalogue.ts'
import { readableOn } from '../../../domain/catalogue/color/color.ts'
import type { Span } from '../../../domain/history/accounting.ts'
import type { Schedule } from '../../../domain/reports/compliance/schedule.ts'
import type { Lifeline, LifelineStay } from '../../../domain/reports/lifelines.ts'
import { clockAt } from '../../../domain/reports/localTime.ts'
import { durationText } from '../../painting/durationText.ts'
import { type Html, html } from './html.ts'
import type { Marks } from './legend.ts'

/** One operator's bar under the plan. */
export interface Lane {
  readonly lifeline: Lifeline
  /** Null: nothing was planned for them. */
  readonly schedule: Schedule | null
}

/** A picture of one stretch of time, a lane for each operator. */
export interface LaneChart {
  readonly id: string
  readonly title: string
  readonly window: Span
  readonly zone: string
  readonly lanes: readonly Lane[]
  readonly statuses: ReadonlyMap<string, Status>
  readonly marks: Marks
}

const width = 1000
const labelWidth = 150
const barWidth = width - labelWidth - 10
const axisHeight = 24
const laneHeight = 40
const planTop = 4
const barTop = 13
const barHeight = 20

/** Bars where the times are: hover text on every part, and a summary for whoever can't see it. */
export function timelineSvg(chart: LaneChart): Html {
  const height = axisHeight + chart.lanes.length * laneHeight + 4
  const place = placeIn(chart.window)
  const lanes = chart.lanes.map((lane, index) => laneOf(lane, chart, { top: axisHeight + index * laneHeight, place }))
  return html`<svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${chart.id}-t ${chart.id}-d">
<title id="${chart.id}-t">${chart.title}</title>
<desc id="${chart.id}-d">${summaryOf(chart)}</desc>
${axis(chart, height, place)}${lanes}</svg>
`
}

/** The horizontal place of an instant, to a hundredth of a unit. */
function placeIn({ from, to }: Span): (at: number) => number {
  return (at) => Math.round((labelWidth + ((at - from) / (to - from)) * barWidth) * 100) / 100
}

type Place = (at: number) => number

function axis({ window, zone }: LaneChart, height: number, place: Place): Html {
  const ticks = ticksOf(window).map(
    (at) => html`<line class="tick" x1="${place(at)}" x2="${place(at)}" y1="${axisHeight - 4}" y2="${height}"/>
<text class="hour" x="${place(at)}" y="14">${clockAt(zone, at)}</text>
`,
  )
  return html`<g class="axis">${ticks}</g>
`
}

const hourMs = 3_600_000
const stepsMs = [
  60_000,
  300_000,
  900_000,
  1_800_000,
  hourMs,
  2 * hourMs,
  3 * hourMs,
  6 * hourMs,
  12 * hourMs,
  24 * hourMs,
]

/** Round instants, at most a dozen. */
function ticksOf({ from, to }: Span): number[] {
  const stepMs =
    stepsMs.find((step) => (to - from) / step <= 12) ?? Math.ceil((to - from) / 12 / (24 * hourMs)) * 24 * hourMs
  const ticks: number[] = []
  // A label at the very end would be cut off.
  const last = to - (to - from) / 50
  for (let at = Math.ceil(from / stepMs) * stepMs; at < last; at += stepMs) ticks.push(at)
  return ticks
}

function laneOf(lane: Lane, chart: LaneChart, { top, place }: { readonly top: number; readonly place: Place }): Html {
  const { lifeline } = lane
  const stays = cutTo(lifeline.stays, chart.window)
  const text = (from: number, to: number, words: string) =>
    `${lifeline.name}: ${words}, ${clockAt(chart.zone, from)} to ${clockAt(chart.zone, to)}, ${durationText(to - from)}`
  const box = (
    span: Span,
    part: { readonly kind: string; readonly y: number; readonly height: number; readonly words: string },
  ) =>
    html`<rect class="${part.kind}" x="${place(span.from)}" y="${part.y}" width="${widthOf(span, place)}" height="${part.height}"><title>${text(span.from, span.to, part.words)}</title></rect>
`
  const plans = cutTo(lane.schedule?.shifts ?? [], chart.window).map((span) =>
    box(span, { kind: 'plan', y: top + planTop, height: 6, words: 'planned work' }),
  )
  const breaks = cutTo(lane.schedule?.breaks ?? [], chart.window).map((span) =>
    box(span, { kind: 'pause', y: top + planTop, height: 6, words: `planned ${nameOf(chart, span.status)}` }),
  )
  const gone = cutTo(stays.flatMap(goneIn), chart.window).map((span) =>
    box(span, { kind: 'gone', y: top + barTop, height: barHeight, words: 'gone without saying so' }),
  )
  const switches = lifeline.switches.filter((at) => at >= chart.window.from && at < chart.window.to)
  const marks = switches.map(
    (
      at,
    ) => html`<path class="switch" d="M${place(at) - 5} ${top + barTop - 4}h10l-5 9z"><title>${lifeline.name}: switched automatically at ${clockAt(chart.zone, at)}</title></path>
`,
  )
  return html`<g class="lane"><text class="name" x="0" y="${top + barTop + 14}">${shortName(lifeline.name)}</text>
${stays.map((stay) => stayBox(stay, chart, { top, place, text }))}${gone}${plans}${breaks}${marks}</g>
`
}

function stayBox(
  stay: LifelineStay,
  chart: LaneChart,
  lane: {
    readonly top: number
    readonly place: Place
    readonly text: (from: number, to: number, words: string) => string
  },
): Html {
  const color = chart.statuses.get(stay.status)?.color ?? '#757575'
  const [x, boxWidth] = [lane.place(stay.from), widthOf(stay, lane.place)]
  const mark = chart.marks.get(stay.status) ?? ''
  const letter =
    boxWidth < 12
      ? html``
      : html`<text class="mark" x="${x + boxWidth / 2}" y="${lane.top + barTop + 14}" fill="${readableOn(color)}">${mark}</text>`
  return html`<rect class="stay" x="${x}" y="${lane.top + barTop}" width="${boxWidth}" height="${barHeight}" fill="${color}"><title>${lane.text(stay.from, stay.to, nameOf(chart, stay.status))}</title></rect>${letter}
`
}

function widthOf({ from, to }: Span, place: Place): number {
  return Math.max(0.5, Math.round((place(to) - place(from)) * 100) / 100)
}

function goneIn({ absentFrom, from, to }: LifelineStay): Span[] {
  return absentFrom === null || Math.max(absentFrom, from) >= to ? [] : [{ from: Math.max(absentFrom, from), to }]
}

function cutTo<Interval extends Span>(intervals: readonly Interval[], window: Span): Interval[] {
  return intervals
    .filter(({ from, to }) => Math.max(from, window.from) < Math.min(to, window.to))
    .map((interval) => ({
      ...interval,
      from: Math.max(interval.from, window.from),
      to: Math.min(interval.to, window.to),
    }))
}

function nameOf({ statuses }: LaneChart, status: string): string {
  return statuses.get(status)?.name ?? status
}

function shortName(name: string): string {
  const letters = [...name]
  return letters.length <= 20 ? name : `${letters.slice(0, 19).join('')}…`
}

function summaryOf({ lanes, window, zone }: LaneChart): string {
  const switches = lanes.reduce(
    (sum, { lifeline }) => sum + lifeline.switches.filter((at) => at >= window.from && at < window.to).length,
    0,
  )
  const people = lanes.length === 1 ? '1 operator' : `${lanes.length} operators`
  return `${people} from ${clockAt(zone, window.from)} to ${clockAt(zone, window.to)}, ${switches} automatic switches. Every stay stands in the tables below.`
}
