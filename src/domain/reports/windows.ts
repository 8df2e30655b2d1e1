import type { Span } from '../history/accounting.ts'
import type { StatePiece } from './ledger/statePieces.ts'
import type { LocalDate, LocalDay } from './localTime.ts'

/** The stretches that a report counts apart: the whole window, or its local days. Consecutive, without gaps. */
export interface ReportWindows {
  readonly whole: Span
  /** Null: the window is not cut. */
  readonly days: readonly LocalDay[] | null
}

/** One stretch with its day, null where the window is not cut. */
export interface ReportWindow extends Span {
  readonly day: LocalDate | null
}

export function windowsOf({ whole, days }: ReportWindows): ReportWindow[] {
  if (days === null) return [{ ...whole, day: null }]
  return days.map(({ date, from, to }) => ({ day: date, from, to }))
}

/**
 * The pieces cut to each window. A stay counts in the window in which it begins, and in the first one also where it
 * began before: in all others its part is `continued`. A stay without length lies in the window that its instant
 * belongs to. `pieces` are in order of time and don't overlap.
 */
export function cutPieces(pieces: readonly StatePiece[], windows: readonly Span[]): StatePiece[][] {
  const cut: StatePiece[][] = windows.map(() => [])
  let first = 0
  for (const piece of pieces) {
    while (first < windows.length && (windows[first] as Span).to <= piece.from) first++
    for (let index = first; index < windows.length; index++) {
      const window = windows[index] as Span
      const from = Math.max(piece.from, window.from)
      const to = Math.min(piece.to, window.to)
      if (to < from || (to === from && piece.to > piece.from)) break
      const continued = from > window.from ? piece.continued : index > 0 && (piece.continued || piece.from < from)
      cut[index]?.push({ ...piece, from, to, continued })
    }
  }
  return cut
}

/** The spans cut to each window; parts without length are left out. `spans` are in order of time. */
export function cutSpans(spans: readonly Span[], windows: readonly Span[]): Span[][] {
  const cut: Span[][] = windows.map(() => [])
  let first = 0
  for (const span of spans) {
    while (first < windows.length && (windows[first] as Span).to <= span.from) first++
    for (let index = first; index < windows.length; index++) {
      const window = windows[index] as Span
      const from = Math.max(span.from, window.from)
      const to = Math.min(span.to, window.to)
      if (to <= from) break
      cut[index]?.push({ from, to })
    }
  }
  return cut
}

/** How much of a window no piece covers, in milliseconds. The pieces are cut to the window. */
export function uncoveredMs(pieces: readonly Span[], window: Span): number {
  let uncovered = 0
  let covered = window.from
  for (const { from, to } of pieces) {
    if (from > covered) uncovered += from - covered
    covered = Math.max(covered, to)
  }
  return uncovered + Math.max(0, window.to - covered)
}
