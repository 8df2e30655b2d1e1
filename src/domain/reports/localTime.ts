import { type Weekday, weekdays } from '../catalogue/catalogue.ts'

/** A day of a time zone's calendar, `YYYY-MM-DD`. */
export type LocalDate = string

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * The zone's offset from UTC at an instant, in milliseconds, east positive. Source: the runtime's IANA time zone
 * data, asked through Intl, which knows offsets to the second.
 */
export function offsetAt(zone: string, at: number): number {
  const fields = fieldsOf(zone, at)
  const local = Date.UTC(0, fields.month - 1, fields.day, fields.hour, fields.minute, fields.second)
  const date = new Date(local)
  date.setUTCFullYear(fields.year, fields.month - 1, fields.day)
  return date.getTime() - (at - positiveRest(at, 1000))
}

/** The local day that an instant falls on. */
export function dateAt(zone: string, at: number): LocalDate {
  return dateText(at + offsetAt(zone, at))
}

/** `HH:MM` on the wall at an instant. */
export function clockAt(zone: string, at: number): string {
  return new Date(at + offsetAt(zone, at)).toISOString().slice(-13, -8)
}

/**
 * When a clock in the zone shows so many minutes after midnight of a date (1440: the next midnight). Where it shows
 * them twice, the first time; where it never does, as if the clocks had not been changed yet. Source: RFC 5545,
 * section 3.3.5; the same as "compatible" in ECMAScript's Temporal.
 */
export function instantOf(zone: string, date: LocalDate, minute: number): number {
  const local = epochOf(date) + minute * minuteMs
  const before = offsetAt(zone, local - dayMs)
  const candidates = [before, offsetAt(zone, local + dayMs)].map((offset) => ({ offset, at: local - offset }))
  const shown = candidates.filter(({ offset, at }) => offsetAt(zone, at) === offset).map(({ at }) => at)
  return shown.length === 0 ? local - before : Math.min(...shown)
}

/** A date's first instant: its midnight, or where the clocks skip that, the instant at which the date begins. */
export function startOf(zone: string, date: LocalDate): number {
  const midnight = instantOf(zone, date, 0)
  const local = midnight + offsetAt(zone, midnight)
  return local === epochOf(date) ? midnight : firstInstantFrom(zone, date, midnight)
}

export function nextDate(date: LocalDate): LocalDate {
  return dateText(epochOf(date) + dayMs)
}

export function previousDate(date: LocalDate): LocalDate {
  return dateText(epochOf(date) - dayMs)
}

export function weekdayOf(date: LocalDate): Weekday {
  // 1970-01-01 was a Thursday.
  return weekdays[positiveRest(epochOf(date) / dayMs + 3, 7)] as Weekday
}

/** A stretch of time that belongs to a local day; half-open, epoch milliseconds. */
export interface LocalDay {
  readonly date: LocalDate
  readonly from: number
  readonly to: number
}

/** The window cut at the zone's midnights. A date that the zone skipped is left out. */
export function daysOf(zone: string, window: { readonly from: number; readonly to: number }): LocalDay[] {
  const days: LocalDay[] = []
  if (window.to <= window.from) return days
  let date = dateAt(zone, window.from)
  let from = window.from
  while (from < window.to) {
    const to = Math.min(startOf(zone, nextDate(date)), window.to)
    if (to > from) days.push({ date, from, to })
    from = Math.max(from, to)
    date = nextDate(date)
  }
  return days
}

/** Between midnight minus a day and the instant after the skip only one change of the clocks lies. */
function firstInstantFrom(zone: string, date: LocalDate, after: number): number {
  let low = after - dayMs
  let high = after
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (dateAt(zone, middle) < date) low = middle
    else high = middle
  }
  return high
}

function epochOf(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`)
}

function dateText(local: number): LocalDate {
  return new Date(local).toISOString().slice(0, 10)
}

interface ClockFields {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function fieldsOf(zone: string, at: number): ClockFields {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  // "11 22, 2026 AD, 14:05:09" in some order of signs: month, day, year, era, hour, minute, second.
  const text = format.format(at)
  const [month, day, year, hour, minute, second] = (text.match(/\d+/g) ?? []).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return { year: text.includes('B') ? 1 - year : year, month, day, hour, minute, second }
}

/** The remainder, never negative. */
function positiveRest(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
