import type { Calendar, CalendarInterval } from '../../catalogue/catalogue.ts'
import { endMinuteOf, minutesOfDay } from '../../catalogue/rules/calendarRules.ts'
import type { Span } from '../../history/accounting.ts'
import { instantOf, type LocalDate, nextDate, weekdayOf } from '../localTime.ts'

/** What a calendar plans for one local day; half-open, epoch milliseconds, in order of time. */
export interface DayPlan {
  readonly shifts: readonly Span[]
  /** In a shift or between shifts, each with the status that the operator should be in. */
  readonly breaks: readonly PlannedBreak[]
}

export interface PlannedBreak extends Span {
  readonly status: string
}

/**
 * The plan of a local day (contract §7). A shift that runs past midnight belongs to the day on which it starts, and so
 * does a break that lies in the part after midnight: `02:00` beside a shift from `22:00` to `06:00` is the next
 * morning. Clock times that a change of the clocks skips or repeats are placed as `instantOf` says; what shrinks to
 * nothing is left out.
 */
export function planOf(calendar: Calendar, date: LocalDate): DayPlan {
  const intervals = calendar.exceptions.get(date) ?? calendar.week[weekdayOf(date)] ?? []
  const shifts = intervals.filter(({ status }) => status === null)
  const placed = (interval: CalendarInterval, startsOn: 'day' | 'next-day'): Span => {
    const shift = startsOn === 'next-day' ? minutesOfDay : 0
    return {
      from: minuteOf(calendar, date, interval.fromMinute + shift),
      to: minuteOf(calendar, date, endMinuteOf(interval) + shift),
    }
  }
  return {
    shifts: inOrder(shifts.map((shift) => placed(shift, 'day'))),
    breaks: inOrder(
      intervals.flatMap((interval) =>
        interval.status === null
          ? []
          : [{ ...placed(interval, isAfterMidnight(interval, shifts) ? 'next-day' : 'day'), status: interval.status }],
      ),
    ),
  }
}

/** The instant of a minute after a date's midnight, up to two days later. */
function minuteOf({ timeZone }: Calendar, date: LocalDate, minute: number): number {
  let [day, rest] = [date, minute]
  for (; rest >= minutesOfDay; rest -= minutesOfDay) day = nextDate(day)
  return instantOf(timeZone, day, rest)
}

/** Does a break lie in the part after midnight of a shift of its day's list? */
function isAfterMidnight(pause: CalendarInterval, shifts: readonly CalendarInterval[]): boolean {
  return shifts.some(
    (shift) =>
      shift.fromMinute <= pause.fromMinute + minutesOfDay && endMinuteOf(pause) + minutesOfDay <= endMinuteOf(shift),
  )
}

function inOrder<Interval extends Span>(intervals: readonly Interval[]): Interval[] {
  return intervals.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from || a.to - b.to)
}
