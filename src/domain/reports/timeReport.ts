import { type Span, sumTime } from '../history/accounting.ts'
import { compareIds } from '../order.ts'
import { type Discrepancy, isNoPart } from './discrepancy.ts'
import type { Ledger, OperatorLedger } from './ledger/ledger.ts'
import { dialogueSpans, nameBefore, piecesOf } from './ledger/statePieces.ts'
import type { LocalDate } from './localTime.ts'
import { cutPieces, cutSpans, type ReportWindows, uncoveredMs, windowsOf } from './windows.ts'

/** A row of `report time` (contract §7). `day` is null where the window is not cut into days. */
export interface TimeReportRow {
  readonly operator: string
  readonly day: LocalDate | null
  readonly status: string
  readonly name: string
  readonly stays: number
  readonly wallMs: number
  readonly dialogueMs: number
  readonly countedMs: number
  readonly absentMs: number
}

/** What is known of one operator in the window, or in one day of it. */
export interface OperatorTime {
  readonly operator: string
  readonly day: LocalDate | null
  readonly window: Span
  /** By status id; only statuses that the operator was in. */
  readonly rows: readonly TimeReportRow[]
  /** Before the first recorded stay, after they were removed, and what is still to come. */
  readonly unknownMs: number
}

export interface TimeAsked {
  readonly windows: ReportWindows
  readonly operators: readonly OperatorLedger[]
  /** Nothing is known of later instants: open stays end here. */
  readonly knownUntil: number
}

/** Everybody's time in each status, by operator id, then day. Milliseconds. */
export function timeReport(ledger: Ledger, { windows, operators, knownUntil }: TimeAsked): OperatorTime[] {
  const cuts = windowsOf(windows)
  const until = Math.min(windows.whole.to, knownUntil)
  return operators.flatMap((operator) => {
    const pieces = cutPieces(piecesOf(ledger, operator, until), cuts)
    const spans = cutSpans(dialogueSpans(operator, until), cuts)
    return cuts.map(({ day, from, to }, index): OperatorTime => {
      const own = pieces[index] ?? []
      const rows = sumTime(own, spans[index] ?? [], { from, to }).sort((a, b) => compareIds(a.status, b.status))
      return {
        operator: operator.id,
        day,
        window: { from, to },
        rows: rows.map(({ status, ...sums }) => ({
          operator: operator.id,
          day,
          status,
          name: nameBefore(ledger, status, windows.whole.to),
          ...sums,
        })),
        unknownMs: uncoveredMs(own, { from, to }),
      }
    })
  })
}

/**
 * Whom a report is about where nobody was named: the roster, and those who have left but were there in the window. By
 * operator id.
 */
export function reportedOperators(ledger: Ledger, window: Span): OperatorLedger[] {
  return [...ledger.operators.values()]
    .filter(
      ({ present, periods }) =>
        present || periods.some(({ from, to }) => from < window.to && (to > window.from || from >= window.from)),
    )
    .sort((a, b) => compareIds(a.id, b.id))
}

/**
 * Holds a report against its own window (contract §7): rows plus unknown time are the window exactly, no part is
 * negative or longer than its whole, and the days add up to what the uncut window gives.
 */
export function checkTime(times: readonly OperatorTime[], uncut: readonly OperatorTime[] | null): Discrepancy[] {
  const found = times.flatMap((time) => [...time.rows.flatMap(checkRow), ...checkSum(time)])
  return uncut === null ? found : [...found, ...checkDays(times, uncut)]
}

function checkRow(row: TimeReportRow): Discrepancy[] {
  const { operator, day, status, wallMs } = row
  return [wallMs, row.dialogueMs, row.countedMs, row.absentMs]
    .filter((part) => isNoPart(part, wallMs))
    .map((part) => ({ operator, day, status, kind: 'part', expectedMs: wallMs, actualMs: part }))
}

function checkSum({ operator, day, window, rows, unknownMs }: OperatorTime): Discrepancy[] {
  const actualMs = rows.reduce((sum, row) => sum + row.wallMs, unknownMs)
  const expectedMs = window.to - window.from
  return actualMs === expectedMs ? [] : [{ operator, day, status: null, kind: 'sum', expectedMs, actualMs }]
}

const sums = ['stays', 'wallMs', 'dialogueMs', 'countedMs', 'absentMs'] as const

function checkDays(times: readonly OperatorTime[], uncut: readonly OperatorTime[]): Discrepancy[] {
  const totals = new Map<string, number>()
  const keyOf = (row: TimeReportRow, sum: (typeof sums)[number]) => `${row.operator} ${row.status} ${sum}`
  for (const { rows } of times) {
    for (const row of rows)
      for (const sum of sums) totals.set(keyOf(row, sum), (totals.get(keyOf(row, sum)) ?? 0) + row[sum])
  }
  return uncut.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      sums.flatMap((sum): Discrepancy[] => {
        const actualMs = totals.get(keyOf(row, sum)) ?? 0
        if (actualMs === row[sum]) return []
        const { operator, status } = row
        return [{ operator, day: null, status, kind: 'days', expectedMs: row[sum], actualMs }]
      }),
    ),
  )
}
