import type { Status } from '../../domain/catalogue/catalogue.ts'
import { readableOn } from '../../domain/catalogue/color/color.ts'
import type { Span } from '../../domain/history/accounting.ts'
import { formatTime } from '../../domain/time.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'
import { columnsOf, shorten } from './width.ts'

/** One operator's bar. Epoch milliseconds. */
export interface TimelineRow {
  readonly label: string
  readonly stays: readonly { readonly status: string; readonly from: number; readonly to: number }[]
  /** Instants of automatic switches. */
  readonly switches: readonly number[]
}

export interface Timeline {
  readonly window: Span
  readonly rows: readonly TimelineRow[]
  /** Those that occur get a letter each, in this order. */
  readonly statuses: readonly Status[]
}

const widestLabel = 20
const narrowestBar = 10
const switchMark = '!'

/**
 * A bar for each operator: every column is a stretch of time with the letter of the status that fills most of it,
 * in the status's colour; `!` marks an automatic switch. Readable without colour, as wide as the terminal, with
 * UTC times and a legend below. Where it is read aloud, a line for each stay instead.
 */
export function timelineText(timeline: Timeline, paint: Paint): string {
  const { rows, window, statuses } = timeline
  if (rows.length === 0 || window.to <= window.from) return ''
  if (paint.plain) return rows.map((row) => staysText(row, timeline)).join('\n')
  const labels = rows.map((row) => shorten(printable(row.label), widestLabel))
  const labelWidth = labels.reduce((widest, label) => Math.max(widest, columnsOf(label)), 0)
  const width = Math.max(narrowestBar, paint.columns - labelWidth - 2)
  const occurring = statuses.filter(({ id }) => rows.some((row) => row.stays.some((stay) => stay.status === id)))
  const letters = lettersOf(occurring)
  const bars = rows.map((row, index) => {
    const label = labels[index] as string
    return `${label}${' '.repeat(labelWidth - columnsOf(label))}  ${barOf(row, { window, width, letters, statuses }, paint)}`
  })
  const indent = ' '.repeat(labelWidth + 2)
  return [...bars, indent + scaleOf(window, width), legendOf(occurring, letters, paint)].join('\n')
}

function staysText({ label, stays, switches }: TimelineRow, { window, statuses }: Timeline): string {
  const lines = stays
    .filter((stay) => stay.from < window.to && stay.to > window.from)
    .map(({ status, from, to }) => {
      const name = statuses.find(({ id }) => id === status)?.name ?? status
      const how = switches.includes(from) ? ', switched automatically' : ''
      const [start, end] = [Math.max(from, window.from), Math.min(to, window.to)]
      return `  ${formatTime(start)} to ${formatTime(end)}: ${printable(name)}${how}`
    })
  return [printable(label), ...lines].join('\n')
}

interface Bar {
  readonly window: Span
  readonly width: number
  readonly letters: ReadonlyMap<string, string>
  readonly statuses: readonly Status[]
}

function barOf(row: TimelineRow, bar: Bar, paint: Paint): string {
  const { window, width } = bar
  const sliceMs = (window.to - window.from) / width
  const marked = new Set(row.switches.map((at) => Math.min(width - 1, Math.floor((at - window.from) / sliceMs))))
  let text = ''
  let run = { color: '', text: '' }
  let nextStay = 0
  const flush = (): void => {
    text += run.color === '' ? run.text : paint.chalk.bgHex(run.color).hex(readableOn(run.color))(run.text)
  }
  for (let column = 0; column < width; column++) {
    const slice = { from: window.from + column * sliceMs, to: window.from + (column + 1) * sliceMs }
    while (nextStay + 1 < row.stays.length && (row.stays[nextStay] as Span).to <= slice.from) nextStay++
    const id = longestIn(row.stays, nextStay, slice)
    const color = bar.statuses.find((status) => status.id === id)?.color ?? ''
    if (color !== run.color) {
      flush()
      run = { color, text: '' }
    }
    run.text += marked.has(column) ? switchMark : (bar.letters.get(id ?? '') ?? ' ')
  }
  flush()
  return text
}

/** The status that fills most of a slice. `first`: the first stay that may reach into it. */
function longestIn(stays: TimelineRow['stays'], first: number, slice: Span): string | null {
  const sums = new Map<string, number>()
  for (let index = first; index < stays.length; index++) {
    const stay = stays[index] as TimelineRow['stays'][number]
    if (stay.from >= slice.to) break
    const overlapMs = Math.min(stay.to, slice.to) - Math.max(stay.from, slice.from)
    if (overlapMs > 0) sums.set(stay.status, (sums.get(stay.status) ?? 0) + overlapMs)
  }
  let longest: string | null = null
  for (const [status, sum] of sums) if (longest === null || sum > (sums.get(longest) as number)) longest = status
  return longest
}

/** A letter of its own for each status: of its id where one is free, else of the alphabet. */
function lettersOf(statuses: readonly Status[]): Map<string, string> {
  const letters = new Map<string, string>()
  const taken = new Set<string>()
  for (const { id } of statuses) {
    const candidates = `${id.replaceAll(/[^a-z]/g, '').toUpperCase()}ABCDEFGHIJKLMNOPQRSTUVWXYZ${id}abcdefghijklmnopqrstuvwxyz0123456789`
    const letter = [...candidates].find((candidate) => !taken.has(candidate)) ?? '?'
    taken.add(letter)
    letters.set(id, letter)
  }
  return letters
}

const minuteMs = 60_000
/** Steps that people count time in. */
const scaleSteps = [
  1000,
  5000,
  10_000,
  30_000,
  minuteMs,
  2 * minuteMs,
  5 * minuteMs,
  10 * minuteMs,
  15 * minuteMs,
  30 * minuteMs,
  ...[1, 2, 3, 6, 12, 24, 48, 168, 720].map((hours) => hours * 60 * minuteMs),
]

/** `|09:00` at round times, as many as fit. */
function scaleOf(window: Span, width: number): string {
  const lengthMs = window.to - window.from
  const room = labelOf({ at: window.from, lengthMs, stepMs: minuteMs }).length + 4
  const most = Math.max(1, Math.floor(width / room))
  const stepMs = scaleSteps.find((step) => lengthMs / step <= most) ?? lengthMs
  let scale = ''
  for (let at = Math.ceil(window.from / stepMs) * stepMs; at < window.to; at += stepMs) {
    const column = Math.floor(((at - window.from) / lengthMs) * width)
    const label = labelOf({ at, lengthMs, stepMs })
    if (column >= scale.length && column + label.length <= width) scale = scale.padEnd(column) + label
  }
  return `${scale} UTC`
}

function labelOf(mark: { readonly at: number; readonly lengthMs: number; readonly stepMs: number }): string {
  const { at, lengthMs, stepMs } = mark
  const text = formatTime(at)
  if (lengthMs >= 24 * 60 * minuteMs) return `|${text.slice(5, 16).replace('T', ' ')}`
  return `|${text.slice(11, stepMs < minuteMs ? 19 : 16)}`
}

function legendOf(statuses: readonly Status[], letters: ReadonlyMap<string, string>, paint: Paint): string {
  const entries = statuses.map((status) => {
    const letter = letters.get(status.id) as string
    return `${paint.chalk.bgHex(status.color).hex(readableOn(status.color))(letter)} ${printable(status.name)}`
  })
  return [...entries, `${switchMark} switched automatically`].join('   ')
}
