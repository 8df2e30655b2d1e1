import { formatMinute, parseTime } from '../../time.ts'
import { type Calendar, type CalendarInterval, type Weekday, weekdays } from '../catalogue.ts'
import { isTimeZone } from '../timeZone.ts'
import {
  inside,
  type Place,
  type Raw,
  type Reading,
  readList,
  readNullableText,
  readObject,
  readText,
  report,
} from './fields.ts'
import { operatorIdFlaw } from './identifiers.ts'
import { nameFromId, readName } from './names.ts'

export const minutesOfDay = 1440

/** Calendars (contract §7); every broken rule is reported, with a placeholder where a value can't be used. */
export function readCalendars(reading: Reading, value: unknown): Calendar[] {
  if (value === undefined) return []
  const list = readList(reading, value, () => '$.calendars') ?? []
  return list.map((entry, index) => readCalendar(reading, entry, () => `$.calendars[${index}]`))
}

/** The minute at which an interval ends, counted from its day's midnight: beyond 1440 where it runs past the next. */
export function endMinuteOf(interval: CalendarInterval): number {
  return interval.toMinute <= interval.fromMinute ? interval.toMinute + minutesOfDay : interval.toMinute
}

/** A local date `YYYY-MM-DD` that exists. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && parseTime(`${text}T00:00:00Z`) !== null
}

function readCalendar(reading: Reading, value: unknown, place: Place): Calendar {
  const raw = readObject(reading, value, place)
  if (raw === null) return { id: '', name: '', timeZone: 'UTC', week: {}, exceptions: new Map() }
  const id = readRequired(reading, raw, 'id', place)
  const flaw = id === null ? null : operatorIdFlaw(id)
  if (id !== null && flaw !== null) report(reading, inside(place, 'id'), { kind: 'bad-calendar-id', flaw, value: id })
  const name = readName(reading, raw, place)
  const timeZone = readRequired(reading, raw, 'timeZone', place)
  if (timeZone !== null && !isTimeZone(timeZone)) {
    report(reading, inside(place, 'timeZone'), { kind: 'bad-time-zone', value: timeZone })
  }
  return {
    id: id ?? '',
    name: name ?? nameFromId(reading, id ?? '', place),
    timeZone: timeZone ?? 'UTC',
    week: readWeek(reading, raw.week, () => inside(place, 'week')),
    exceptions: readExceptions(reading, raw.exceptions, () => inside(place, 'exceptions')),
  }
}

function readRequired(reading: Reading, raw: Raw, key: string, place: Place): string | null {
  if (raw[key] === undefined) report(reading, place(), { kind: 'missing', key })
  return readText(reading, raw, key, place)
}

function readWeek(reading: Reading, value: unknown, place: Place): Calendar['week'] {
  if (value === undefined) return {}
  const raw = readObject(reading, value, place)
  if (raw === null) return {}
  const week: Partial<Record<Weekday, readonly CalendarInterval[]>> = {}
  for (const key of Object.keys(raw)) {
    const day = weekdays.find((weekday) => weekday === key)
    if (day === undefined) report(reading, inside(place, key), { kind: 'bad-weekday', value: key })
    else week[day] = readDay(reading, raw[day], () => inside(place, key))
  }
  reportSpills(reading, week, place)
  return week
}

function readExceptions(reading: Reading, value: unknown, place: Place): Calendar['exceptions'] {
  const exceptions = new Map<string, readonly CalendarInterval[]>()
  if (value === undefined) return exceptions
  const raw = readObject(reading, value, place)
  for (const date of Object.keys(raw ?? {})) {
    const datePlace = () => inside(place, date)
    if (!isDate(date)) report(reading, datePlace(), { kind: 'bad-date', value: date })
    exceptions.set(date, readDay(reading, raw?.[date], datePlace))
  }
  return exceptions
}

function readDay(reading: Reading, value: unknown, place: Place): readonly CalendarInterval[] {
  const list = readList(reading, value, place) ?? []
  const day = list.map((entry, index) => readInterval(reading, entry, () => `${place()}[${index}]`))
  const read = day.map((interval, index) => ({ interval, index })).filter(({ interval }) => !isUnreadable(interval))
  reportOverlaps(
    reading,
    read.filter(({ interval }) => interval.status === null),
    place,
  )
  reportOverlaps(
    reading,
    read.filter(({ interval }) => interval.status !== null),
    place,
  )
  return day
}

/** Holds the place of an interval whose clock times were reported. */
function isUnreadable(interval: CalendarInterval): boolean {
  return Number.isNaN(interval.fromMinute)
}

interface Placed {
  readonly index: number
  readonly interval: CalendarInterval
}

function readInterval(reading: Reading, value: unknown, place: Place): CalendarInterval {
  const unreadable = { fromMinute: Number.NaN, toMinute: Number.NaN, status: null }
  const raw = readObject(reading, value, place)
  if (raw === null) return unreadable
  const from = readRequired(reading, raw, 'from', place)
  const to = readRequired(reading, raw, 'to', place)
  const status = readNullableText(reading, raw, 'status', place) ?? null
  if (from === null || to === null) return { ...unreadable, status }
  const fromMinute = parseMinute(from)
  const toMinute = to === '24:00' ? minutesOfDay : parseMinute(to)
  if (fromMinute === null || toMinute === null) {
    report(reading, place(), { kind: 'bad-interval', from, to, flaw: 'clock' })
    return { ...unreadable, status }
  }
  return { fromMinute, toMinute, status }
}

/** The minute of the day of `HH:MM`, or null. */
function parseMinute(clock: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock)
  return match === null ? null : Number(match[1]) * 60 + Number(match[2])
}

/** Two shifts, or two planned breaks, of a day at once; a break inside a shift is none. */
function reportOverlaps(reading: Reading, day: readonly Placed[], place: Place): void {
  const inOrder = [...day].sort((one, other) => one.interval.fromMinute - other.interval.fromMinute)
  let end = 0
  for (const { index, interval } of inOrder) {
    if (interval.fromMinute < end) reportOverlap(reading, interval, `${place()}[${index}]`)
    end = Math.max(end, endMinuteOf(interval))
  }
}

/**
 * Shifts that run past midnight into a shift of the next weekday. Deliberately not asked of exceptions: an exception
 * replaces its own day only, and the night before it is what it is.
 */
function reportSpills(reading: Reading, week: Calendar['week'], place: Place): void {
  weekdays.forEach((day, index) => {
    const shifts = (week[day] ?? []).filter((interval) => interval.status === null && !isUnreadable(interval))
    const spill = Math.max(0, ...shifts.map((shift) => endMinuteOf(shift) - minutesOfDay))
    const nextDay = weekdays[(index + 1) % weekdays.length] ?? day
    week[nextDay]?.forEach((interval, position) => {
      if (interval.status !== null || !(interval.fromMinute < spill)) return
      reportOverlap(reading, interval, `${place()}.${nextDay}[${position}]`)
    })
  })
}

function reportOverlap(reading: Reading, interval: CalendarInterval, path: string): void {
  const [from, to] = [formatMinute(interval.fromMinute), formatMinute(interval.toMinute)]
  report(reading, path, { kind: 'bad-interval', from, to, flaw: 'overlap' })
}
