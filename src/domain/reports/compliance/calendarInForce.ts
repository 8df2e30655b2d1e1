import type { Calendar } from '../../catalogue/catalogue.ts'
import type { CalendarJson } from '../../catalogue/document.ts'
import { readCalendars } from '../../catalogue/rules/calendarRules.ts'
import type { Reading } from '../../catalogue/rules/fields.ts'
import type { Ledger, OperatorLedger } from '../ledger/ledger.ts'
import type { Timeline } from '../ledger/timeline.ts'
import { type LocalDate, nextDate, startOf } from '../localTime.ts'

/**
 * Which calendar applied to an operator on a local day: the one assigned at the day's end, as it read then, so that a
 * new week plan does not turn last month into lateness. Before the first assignment, and before a calendar's first
 * version, the first one holds: what was planned late was still planned. Exceptions are by date, so the newest word
 * about a date counts whenever it was written. Null: none, or the runtime doesn't know its time zone.
 */
export type CalendarLookup = (operator: OperatorLedger, date: LocalDate) => Calendar | null

export function createCalendarLookup(ledger: Ledger): CalendarLookup {
  const versions = new Map<string, Timeline<Calendar | null>>()
  const definitions = new Map<string, Calendar | null>()
  const endOf = createDateEnds()
  const versionsOf = (id: string): Timeline<Calendar | null> => {
    let known = versions.get(id)
    if (known === undefined) {
      known = calendarVersions(ledger, id)
      versions.set(id, known)
    }
    return known
  }
  const definitionOn = (id: string, date: LocalDate): Calendar | null => {
    const timeline = versionsOf(id)
    const index = inForce(timeline, { calendarOf: (calendar) => calendar, date, endOf })
    const key = `${id} ${index}`
    let calendar = definitions.get(key)
    if (calendar === undefined) {
      calendar = withNewestExceptions(timeline, index)
      definitions.set(key, calendar)
    }
    return calendar
  }
  const newestOf = (id: string | null) => (id === null ? null : (versionsOf(id).values.findLast(isCalendar) ?? null))
  return ({ calendar }, date) => {
    const id = calendar.values[inForce(calendar, { calendarOf: newestOf, date, endOf })] ?? null
    return id === null ? null : definitionOn(id, date)
  }
}

type DateEnd = (zone: string, date: LocalDate) => number

function createDateEnds(): DateEnd {
  const ends = new Map<string, number>()
  return (zone, date) => {
    const key = `${zone} ${date}`
    let end = ends.get(key)
    if (end === undefined) {
      end = startOf(zone, nextDate(date))
      ends.set(key, end)
    }
    return end
  }
}

/** A calendar's versions; one that the runtime can't read is none. */
function calendarVersions({ calendars }: Ledger, id: string): Timeline<Calendar | null> {
  const parsed = new Map<CalendarJson, Calendar | null>()
  const values = calendars.values.map((byId) => {
    const json = byId.get(id)
    if (json === undefined) return null
    const known = parsed.get(json)
    const calendar = known === undefined ? parseCalendar(json) : known
    parsed.set(json, calendar)
    return calendar
  })
  return { from: calendars.from, values }
}

/**
 * The version that was in force when the date ended; where only versions without a calendar were until then, the first
 * one with one; -1: none. The date's end is that of the version's own time zone.
 */
function inForce<Version>(
  { from, values }: Timeline<Version>,
  on: {
    readonly calendarOf: (version: Version) => Calendar | null
    readonly date: LocalDate
    readonly endOf: DateEnd
  },
): number {
  const calendars = values.map(on.calendarOf)
  const first = calendars.findIndex(isCalendar)
  const last = calendars.findLastIndex(
    (calendar, index) => (from[index] as number) < on.endOf(calendar?.timeZone ?? 'UTC', on.date),
  )
  return Math.max(first, last)
}

function withNewestExceptions({ values }: Timeline<Calendar | null>, index: number): Calendar | null {
  const calendar = values[index] ?? null
  const newest = values.findLast(isCalendar) ?? null
  if (calendar === null || newest === null || newest === calendar) return calendar
  return { ...calendar, exceptions: new Map([...calendar.exceptions, ...newest.exceptions]) }
}

function isCalendar(calendar: Calendar | null): calendar is Calendar {
  return calendar !== null
}

/** Shifts that overlap are borne here: the earlier keeps the time. */
function parseCalendar(json: CalendarJson): Calendar | null {
  const reading: Reading = { problems: [] }
  const [calendar] = readCalendars(reading, [json])
  const isReadable = reading.problems.every((problem) => problem.kind === 'bad-interval' && problem.flaw === 'overlap')
  return isReadable && calendar !== undefined ? calendar : null
}
