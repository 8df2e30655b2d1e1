import type { Span } from '../../history/accounting.ts'
import { lostBefore } from '../../history/fedAt.ts'
import type { Ledger, OperatorLedger, RecordedPeriod } from '../ledger/ledger.ts'
import { valueAt } from '../ledger/timeline.ts'
import type { LocalDate } from '../localTime.ts'
import { type ReportWindow, type ReportWindows, windowsOf } from '../windows.ts'

/** A return within this time after an automatic switch makes it a false offline, or a flap (contract §7). */
export const backSoonMs = 10 * 60_000

/** A row of `report absence`. What only the feed knows is null where it is not kept. Milliseconds. */
export interface AbsenceRow {
  readonly operator: string
  readonly day: LocalDate | null
  /** Automatic switches. */
  readonly switches: number
  /** Silences longer than the session time-out, in a receiving status, that ended before a switch. */
  readonly reconnects: number | null
  /** Switches followed by a sign of life within ten minutes. */
  readonly falseOffline: number | null
  /** Switches after which the operator was in a receiving status again within ten minutes. */
  readonly flaps: number
  /** Time in which an operator who was not there counted as receiving: from the last sign of life to the switch. */
  readonly ghostMs: number
}

interface CountedSwitch {
  readonly at: number
  /** From here on nobody was seen. */
  readonly base: number
  returned: boolean
}

/** What is counted of one operator while the feed is read. */
interface OperatorAbsence {
  readonly operator: OperatorLedger
  readonly switches: readonly CountedSwitch[]
  /** The latest sign of life so far. */
  lastSeen: number
  /** By window. */
  readonly reconnects: number[]
  /** The period looked at last: signs of life come almost in order. */
  cursor: number
}

/** A count of absences under way: make it from the ledger, show it every sign of life of the feed, then finish. */
export interface AbsenceCount {
  readonly ledger: Ledger
  readonly windows: readonly ReportWindow[]
  readonly sessionTimeoutMs: number
  readonly operators: ReadonlyMap<string, OperatorAbsence>
  /** Only switches out of these statuses; null: all. */
  readonly statuses: ReadonlySet<string> | null
  readonly until: number
}

export interface AbsenceAsked {
  readonly windows: ReportWindows
  readonly operators: readonly OperatorLedger[]
  readonly statuses: ReadonlySet<string> | null
  readonly sessionTimeoutMs: number
  readonly knownUntil: number
}

export function startAbsence(ledger: Ledger, asked: AbsenceAsked): AbsenceCount {
  const windows = windowsOf(asked.windows)
  const until = Math.min(asked.windows.whole.to, asked.knownUntil)
  const operators = asked.operators.map((operator): [string, OperatorAbsence] => [
    operator.id,
    {
      operator,
      switches: automaticEnds(operator, asked.statuses).map((period) => ({
        at: period.to,
        base: silentFrom(period),
        returned: false,
      })),
      lastSeen: Number.NEGATIVE_INFINITY,
      reconnects: windows.map(() => 0),
      cursor: 0,
    },
  ])
  const { statuses, sessionTimeoutMs } = asked
  return { ledger, windows, sessionTimeoutMs, operators: new Map(operators), statuses, until }
}

/** A sign of life of the feed, in the feed's order; epoch milliseconds. */
export function noteSign(count: AbsenceCount, id: string, at: number): void {
  const own = count.operators.get(id)
  if (own === undefined) return
  noteReturn(own, at)
  if (at <= own.lastSeen) return
  const period = periodBefore(own, at)
  if (period !== null && at < count.until) noteReconnect(count, own, { period, at })
  own.lastSeen = at
}

/**
 * Rows by operator id, then day. `feed`: the stamps of its first and last record; null: there is none. What lies before
 * the kept feed, and records of those who have left, can't be counted.
 */
export function finishAbsence(count: AbsenceCount, feed: Span | null): AbsenceRow[] {
  const lost = lostBefore(feed, count.ledger.firstFedAt)
  return [...count.operators.values()].flatMap(({ operator, switches, reconnects }) =>
    count.windows.map((window, index): AbsenceRow => {
      const within = switches.filter(({ at }) => at >= window.from && at < Math.min(window.to, count.until))
      const fed = feed !== null && operator.present ? feed : null
      const reaches = (from: number): boolean => fed !== null && from >= lost
      return {
        operator: operator.id,
        day: window.day,
        switches: within.length,
        reconnects: reaches(window.from) ? (reconnects[index] ?? 0) : null,
        falseOffline: within.every(({ at }) => reaches(at)) ? within.filter(({ returned }) => returned).length : null,
        flaps: flapsIn(count, operator, window),
        ghostMs: switches.reduce((sum, { base, at }) => sum + overlapMs({ from: base, to: at }, count, window), 0),
      }
    }),
  )
}

/** The stays of an operator that an automatic switch ended. */
function automaticEnds({ periods }: OperatorLedger, statuses: ReadonlySet<string> | null): RecordedPeriod[] {
  return periods.filter(
    ({ endedBy, status }) => endedBy?.cause === 'auto-offline' && (statuses === null || statuses.has(status)),
  )
}

/** From the last sign of life, or the stay's beginning if that was later (contract §4.3). */
function silentFrom({ from, endedBy }: RecordedPeriod): number {
  return Math.max(endedBy?.lastSeen ?? from, from)
}

/** A sign of life that the switch did not know of, stamped at most ten minutes after it: also one that came late. */
function noteReturn({ switches }: OperatorAbsence, at: number): void {
  let low = 0
  let high = switches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((switches[middle] as CountedSwitch).at + backSoonMs < at) low = middle + 1
    else high = middle
  }
  for (let index = low; index < switches.length && (switches[index] as CountedSwitch).base < at; index++) {
    ;(switches[index] as CountedSwitch).returned = true
  }
}

/** The period that an instant lies in or ends; null where the status was unknown. */
function periodBefore(own: OperatorAbsence, at: number): RecordedPeriod | null {
  const { periods } = own.operator
  while (own.cursor > 0 && (periods[own.cursor]?.from ?? Number.POSITIVE_INFINITY) >= at) own.cursor--
  while (own.cursor + 1 < periods.length && (periods[own.cursor] as RecordedPeriod).to < at) own.cursor++
  const period = periods[own.cursor]
  return period !== undefined && period.from < at && at <= period.to ? period : null
}

function noteReconnect(
  { ledger, windows, sessionTimeoutMs }: AbsenceCount,
  { lastSeen, reconnects }: OperatorAbsence,
  { period, at }: { readonly period: RecordedPeriod; readonly at: number },
): void {
  const switched = period.to === at && period.endedBy?.cause === 'auto-offline'
  if (switched || at - Math.max(lastSeen, period.from) <= sessionTimeoutMs) return
  if (!receives(ledger, period.status, at - 1)) return
  const index = windows.findIndex(({ from, to }) => from <= at && at < to)
  if (index !== -1) reconnects[index] = (reconnects[index] ?? 0) + 1
}

function flapsIn(count: AbsenceCount, { periods }: OperatorLedger, window: Span): number {
  let flaps = 0
  for (const [index, { to, endedBy, status }] of periods.entries()) {
    if (endedBy?.cause !== 'auto-offline' || to < window.from || to >= Math.min(window.to, count.until)) continue
    if (count.statuses !== null && !count.statuses.has(status)) continue
    for (let next = index + 1; next < periods.length; next++) {
      const later = periods[next] as RecordedPeriod
      if (later.from > to + backSoonMs) break
      if (!receives(count.ledger, later.status, later.from)) continue
      flaps++
      break
    }
  }
  return flaps
}

function receives({ statuses }: Ledger, status: string, at: number): boolean {
  const flags = statuses.get(status)
  return flags !== undefined && valueAt(flags, at)?.canReceive === true
}

function overlapMs(absent: Span, { until }: AbsenceCount, window: Span): number {
  return Math.max(0, Math.min(absent.to, window.to, until) - Math.max(absent.from, window.from))
}
