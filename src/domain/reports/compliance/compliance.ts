import type { Span } from '../../history/accounting.ts'
import { type Discrepancy, isNoPart } from '../discrepancy.ts'
import type { Ledger, OperatorLedger } from '../ledger/ledger.ts'
import { dialogueSpans, piecesOf } from '../ledger/statePieces.ts'
import type { LocalDate } from '../localTime.ts'
import { type CalendarLookup, createCalendarLookup } from './calendarInForce.ts'
import { addAbsences, addTimes, emptySums } from './complianceSums.ts'
import { createPlanLookup, type PlanLookup, type Schedule, scheduleOf } from './schedule.ts'
import { workedSpans } from './working.ts'

/** A row of `report compliance` (contract §7). Milliseconds. */
export interface ComplianceRow {
  readonly operator: string
  readonly day: LocalDate
  /** Shifts and planned breaks. */
  readonly scheduledMs: number
  /** Of them, time in which the operator did what was planned. */
  readonly adherentMs: number
  /** Adherent ÷ scheduled; null where nothing was scheduled. */
  readonly adherence: number | null
  /** All time worked, planned or not. */
  readonly workedMs: number
  /** Worked ÷ time planned for work; null where none was. */
  readonly conformance: number | null
  readonly lateMs: number
  readonly earlyLeaveMs: number
  /** Scheduled time in which the operator's status is unknown. */
  readonly unknownMs: number
}

/** `knownUntil`: what lies later has not happened yet. */
export interface ComplianceAsked {
  readonly window: Span
  readonly operators: readonly OperatorLedger[]
  readonly knownUntil: number
}

/** What one operator was held against and what they did, for pictures. */
export interface OperatorCompliance {
  readonly operator: string
  readonly schedule: Schedule
  readonly rows: readonly ComplianceRow[]
}

/**
 * Everybody with a calendar against it, a row for each local day of the calendar's time zone that reaches into the
 * window and of which anything is known. Time to come is left out. Adherence and conformance as contact centres
 * measure them; sources in docs/reports.md.
 */
export function complianceReport(
  ledger: Ledger,
  { window, operators, knownUntil }: ComplianceAsked,
): OperatorCompliance[] {
  const lookups = { calendar: createCalendarLookup(ledger), plan: createPlanLookup() }
  const until = Math.min(window.to, knownUntil)
  if (until <= window.from) return []
  return operators.flatMap((operator) => {
    const found = complianceOf(ledger, operator, { window: { from: window.from, to: until }, knownUntil, lookups })
    return found === null ? [] : [found]
  })
}

/** Holds an operator's rows against what can't be otherwise: no part is negative or longer than its whole. */
export function checkCompliance({ rows }: OperatorCompliance): Discrepancy[] {
  return rows.flatMap(({ operator, day, scheduledMs, ...row }) => {
    const wholes = [row.workedMs, row.lateMs, row.earlyLeaveMs].map((part) => ({
      part,
      whole: Number.MAX_SAFE_INTEGER,
    }))
    const parts = [scheduledMs, row.adherentMs, row.unknownMs, row.adherentMs + row.unknownMs]
    return [...wholes, ...parts.map((part) => ({ part, whole: scheduledMs }))]
      .filter(({ part, whole }) => isNoPart(part, whole))
      .map(({ part, whole }) => ({ operator, day, status: null, kind: 'part', expectedMs: whole, actualMs: part }))
  })
}

interface Lookups {
  readonly calendar: CalendarLookup
  readonly plan: PlanLookup
}

function complianceOf(
  ledger: Ledger,
  operator: OperatorLedger,
  { window, knownUntil, lookups }: { readonly window: Span; readonly knownUntil: number; readonly lookups: Lookups },
): OperatorCompliance | null {
  const schedule = scheduleOf(operator, window, lookups)
  if (schedule.days.length === 0) return null
  const pieces = piecesOf(ledger, operator, knownUntil)
  const dialogues = dialogueSpans(operator, knownUntil)
  const sums = new Map(schedule.days.map(({ date }) => [date, emptySums()]))
  addTimes(sums, { schedule, pieces, dialogues, window })
  addAbsences(sums, schedule.shifts, { worked: workedSpans(pieces, dialogues), window, knownUntil })
  const rows = [...sums]
    .filter(([, { knownMs }]) => knownMs > 0)
    .map(([day, sum]): ComplianceRow => {
      const { scheduledMs, adherentMs, workedMs, plannedWorkMs, lateMs, earlyLeaveMs, unknownMs } = sum
      const adherence = scheduledMs === 0 ? null : adherentMs / scheduledMs
      const conformance = plannedWorkMs === 0 ? null : workedMs / plannedWorkMs
      const shares = { scheduledMs, adherentMs, adherence, workedMs, conformance }
      return { operator: operator.id, day, ...shares, lateMs, earlyLeaveMs, unknownMs }
    })
  return { operator: operator.id, schedule, rows }
}
