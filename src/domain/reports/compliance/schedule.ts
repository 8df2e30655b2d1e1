import type { Calendar } from '../../catalogue/catalogue.ts'
import type { Span } from '../../history/accounting.ts'
import type { OperatorLedger } from '../ledger/ledger.ts'
import { dateAt, type LocalDate, nextDate, previousDate, startOf } from '../localTime.ts'
import type { CalendarLookup } from './calendarInForce.ts'
import { type DayPlan, planOf } from './workPlan.ts'

/** A local day of an operator with a calendar. Days follow each other without overlaps. */
export interface ScheduledDay extends Span {
  readonly date: LocalDate
}

export interface Shift extends Span {
  readonly date: LocalDate
}

export interface Break extends Span {
  readonly date: LocalDate
  readonly status: string
}

/** An operator's plan over a window and the days that reach into it. Shifts don't overlap, breaks don't either. */
export interface Schedule {
  readonly days: readonly ScheduledDay[]
  readonly shifts: readonly Shift[]
  readonly breaks: readonly Break[]
}

/** Plans are the same for everybody with the calendar: each is worked out once. */
export type PlanLookup = (calendar: Calendar, date: LocalDate) => DayPlan & Span

export function createPlanLookup(): PlanLookup {
  const plans = new Map<Calendar, Map<LocalDate, DayPlan & Span>>()
  return (calendar, date) => {
    let byDate = plans.get(calendar)
    if (byDate === undefined) {
      byDate = new Map()
      plans.set(calendar, byDate)
    }
    let plan = byDate.get(date)
    if (plan === undefined) {
      const { timeZone } = calendar
      plan = { ...planOf(calendar, date), from: startOf(timeZone, date), to: startOf(timeZone, nextDate(date)) }
      byDate.set(date, plan)
    }
    return plan
  }
}

/**
 * What was planned for an operator in a window. Where a shift reaches into the next one, or a break into the next, the
 * earlier keeps the time.
 */
export function scheduleOf(
  operator: OperatorLedger,
  window: Span,
  lookups: { readonly calendar: CalendarLookup; readonly plan: PlanLookup },
): Schedule {
  const days: ScheduledDay[] = []
  const shifts: Shift[] = []
  const breaks: Break[] = []
  // A day of the furthest zone begins fourteen hours before UTC's, and the shift of the day before may reach into it.
  const last = nextDate(dateAt('UTC', window.to))
  let date = previousDate(previousDate(dateAt('UTC', window.from)))
  for (let before: ScheduledDay | null = null; date <= last; date = nextDate(date)) {
    const calendar = lookups.calendar(operator, date)
    if (calendar === null) {
      before = null
      continue
    }
    const plan = lookups.plan(calendar, date)
    const day: ScheduledDay = { date, from: before?.to ?? plan.from, to: Math.max(before?.to ?? plan.from, plan.to) }
    before = day
    days.push(day)
    for (const shift of plan.shifts) shifts.push({ ...shift, date })
    for (const pause of plan.breaks) breaks.push({ ...pause, date })
  }
  return { days, shifts: withoutOverlaps(shifts), breaks: withoutOverlaps(breaks) }
}

/** In order of time, each cut where one that began before it is still going on. */
function withoutOverlaps<Interval extends Span>(intervals: Interval[]): Interval[] {
  const kept: Interval[] = []
  for (const interval of intervals.sort((a, b) => a.from - b.from)) {
    const from = Math.max(interval.from, kept.at(-1)?.to ?? Number.NEGATIVE_INFINITY)
    if (from < interval.to) kept.push({ ...interval, from })
  }
  return kept
}
