import { type Calendar, type CalendarInterval, type Status, weekdays } from '../../../src/domain/catalogue/catalogue.ts'
import type { HistoryEntry } from '../../../src/domain/history/history.ts'
import { dialogueLine, statusLine, staysOf } from './timeOracle.ts'
import { wallText, whenWallShows } from './wallClock.ts'

/**
 * `report compliance` by brute force: contract §7 asked anew for every minute, clock times found by looking at the
 * wall. Shares no code with `src`. Where the text leaves something open the comment starts with "Reading:".
 */
const minute = 60_000
const day = 24 * 60 * minute

interface Planned {
  readonly date: string
  readonly status: string | null
  readonly from: number
  readonly to: number
}

const dateText = (at: number): string => new Date(at).toISOString().slice(0, 10)
const after = (date: string, days: number): string => dateText(Date.parse(date) + days * day)

/** Reading: a break beside a shift past midnight that lies in the shift only the next morning is meant there. */
function plannedOn(calendar: Calendar, date: string): Planned[] {
  const weekday = weekdays[(new Date(date).getUTCDay() + 6) % 7] as 'mon'
  const list = calendar.exceptions.get(date) ?? calendar.week[weekday] ?? []
  const lengthOf = ({ fromMinute, toMinute }: CalendarInterval) =>
    toMinute > fromMinute ? toMinute - fromMinute : toMinute + 1440 - fromMinute
  const minutesOf = (interval: CalendarInterval, shift: number) =>
    Array.from({ length: lengthOf(interval) }, (_, index) => interval.fromMinute + shift + index)
  const shifts = list.filter(({ status }) => status === null)
  const liesIn = (pause: CalendarInterval, shift: number) =>
    shifts.some((one) => minutesOf(pause, shift).every((at) => minutesOf(one, 0).includes(at)))
  const at = (minuteOfDay: number) => {
    const date0 = after(date, Math.floor(minuteOfDay / 1440))
    const rest = minuteOfDay % 1440
    const clock = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
    return whenWallShows(calendar.timeZone, `${date0} ${clock}`)
  }
  return list.map((interval) => {
    const moved = interval.status !== null && !liesIn(interval, 0) && liesIn(interval, 1440) ? 1440 : 0
    const start = interval.fromMinute + moved
    return { date, status: interval.status, from: at(start), to: at(start + lengthOf(interval)) }
  })
}

export interface OracleDay {
  day: string
  scheduledMs: number
  adherentMs: number
  adherence: number | null
  workedMs: number
  conformance: number | null
  lateMs: number
  earlyLeaveMs: number
  unknownMs: number
}

export function complianceOracle(
  entries: readonly HistoryEntry[],
  asked: {
    readonly operator: string
    readonly statuses: readonly Status[]
    readonly calendar: Calendar
    readonly from: number
    readonly to: number
    readonly knownUntil: number
  },
): OracleDay[] {
  const { calendar, from, knownUntil } = asked
  const to = Math.min(asked.to, knownUntil)
  if (to <= from) return []
  const stays = staysOf(entries, asked.operator)
  const talks = dialogueLine(entries, asked.operator)
  const lines = new Map(asked.statuses.map((status) => [status.id, statusLine(entries, status)]))
  const dates = Array.from({ length: Math.ceil((to - from) / day) + 5 }, (_, index) => after(dateText(from), index - 2))
  const planned = dates.flatMap((date) => plannedOn(calendar, date)).sort((a, b) => a.from - b.from)
  const shifts = planned.filter(({ status }) => status === null)
  const breaks = planned.filter(({ status }) => status !== null)
  /** Reading: of two that overlap the one that began first keeps the time. */
  const covering = (list: Planned[], at: number) => list.find((one) => one.from <= at && at < one.to)
  const lookAt = (at: number) => {
    const stay = at < knownUntil ? stays.findLast((one) => one.from <= at && at < one.to) : undefined
    if (stay === undefined) return null
    const flags = lines.get(stay.status)?.(at) as Status
    const busy = flags.countAfterClose && talks(at)
    return { status: stay.status, busy, works: flags.canReceive || busy }
  }
  const moments = new Map<number, ReturnType<typeof lookAt>>()
  const momentOf = (at: number) => {
    if (!moments.has(at)) moments.set(at, lookAt(at))
    return moments.get(at) ?? null
  }
  const workedIn = new Map<Planned, number[]>()
  const workedMinutes = (shift: Planned) => {
    const known = workedIn.get(shift)
    if (known !== undefined) return known
    const worked = []
    for (let one = shift.from; one < shift.to; one += minute)
      if (covering(shifts, one) === shift && momentOf(one)?.works) worked.push(one)
    workedIn.set(shift, worked)
    return worked
  }
  const rows = new Map<string, OracleDay & { plannedWork: number; known: boolean }>()
  for (let at = from; at < to; at += minute) {
    const shift = covering(shifts, at)
    const pause = covering(breaks, at)
    const date = (shift ?? pause)?.date ?? wallText(calendar.timeZone, at).slice(0, 10)
    const row = rows.get(date) ?? {
      day: date,
      ...{ scheduledMs: 0, adherentMs: 0, adherence: null, workedMs: 0, conformance: null },
      ...{ lateMs: 0, earlyLeaveMs: 0, unknownMs: 0, plannedWork: 0, known: false },
    }
    rows.set(date, row)
    const moment = momentOf(at)
    if (moment !== null) row.known = true
    if (moment?.works) row.workedMs += minute
    if (shift === undefined && pause === undefined) continue
    row.scheduledMs += minute
    if (pause === undefined) row.plannedWork += minute
    if (moment === null) row.unknownMs += minute
    else if (pause === undefined ? moment.works : moment.status === pause.status && !moment.busy)
      row.adherentMs += minute
    if (shift === undefined) continue
    // Is this minute before the first, or after the last, in which they worked in this shift?
    const worked = workedMinutes(shift)
    const [first, last] = [worked[0], worked.at(-1)]
    // Reading: who never came was late all the time; a shift that is not over can't have been left early.
    if (first === undefined || at < first) row.lateMs += minute
    else if (last !== undefined && at > last && shift.to <= knownUntil) row.earlyLeaveMs += minute
  }
  return [...rows.values()]
    .filter(({ known }) => known)
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ plannedWork, known: _, ...row }) => ({
      ...row,
      adherence: row.scheduledMs === 0 ? null : row.adherentMs / row.scheduledMs,
      conformance: plannedWork === 0 ? null : row.workedMs / plannedWork,
    }))
}
