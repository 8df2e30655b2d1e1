/** One uninterrupted period of an operator in a status; half-open, epoch milliseconds. */
export interface Stay {
  readonly status: string
  readonly from: number
  readonly to: number
  /** Does only time without an open dialogue count, by the flag in force during the stay? */
  readonly countAfterClose: boolean
  /** Where an automatic switch ended the stay: from when on nobody was there. Else null. */
  readonly absentFrom: number | null
  /** Is this the continuation of a stay, cut by a flag change or a midnight? Then it counts as no further stay. */
  readonly continued: boolean
}

/** A period with at least one dialogue open; half-open, epoch milliseconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A row of `report time` without the names (contract §7). */
export interface TimeSums {
  readonly status: string
  stays: number
  wallMs: number
  dialogueMs: number
  countedMs: number
  absentMs: number
}

/**
 * One operator's time in each status (contract §7): `dialogueMs` with at least one dialogue open; `countedMs` the
 * time without one for *count after close* statuses, all of it otherwise; `absentMs` from the last sign of life to
 * the automatic switch. `stays` and `spans` are in order of time and don't overlap among themselves; both are cut to
 * the window. Rows in order of the first stay.
 */
export function sumTime(stays: readonly Stay[], spans: readonly Span[], window: Span): TimeSums[] {
  const rows = new Map<string, TimeSums>()
  let nextSpan = 0
  for (const stay of stays) {
    const from = Math.max(stay.from, window.from)
    const to = Math.min(stay.to, window.to)
    if (to < from || (to === from && stay.to > stay.from)) continue
    const row = rowOf(rows, stay.status)
    while (nextSpan < spans.length && (spans[nextSpan] as Span).to <= from) nextSpan++
    const dialogueMs = overlapMs(spans, nextSpan, { from, to })
    if (!stay.continued || stay.from < window.from) row.stays++
    row.wallMs += to - from
    row.dialogueMs += dialogueMs
    row.countedMs += stay.countAfterClose ? to - from - dialogueMs : to - from
    if (stay.absentFrom !== null) row.absentMs += Math.max(0, to - Math.max(from, stay.absentFrom))
  }
  return [...rows.values()]
}

/** Turns the instants at which the number of open dialogues left (open) or reached (closed) zero into spans. */
export function spansOf(edges: readonly { readonly at: number; readonly open: boolean }[], end: number): Span[] {
  const spans: Span[] = []
  let openedAt: number | null = null
  for (const edge of edges) {
    if (edge.open) openedAt ??= edge.at
    else if (openedAt !== null) {
      if (edge.at > openedAt) spans.push({ from: openedAt, to: edge.at })
      openedAt = null
    }
  }
  if (openedAt !== null && end > openedAt) spans.push({ from: openedAt, to: end })
  return spans
}

function rowOf(rows: Map<string, TimeSums>, status: string): TimeSums {
  let row = rows.get(status)
  if (row === undefined) {
    row = { status, stays: 0, wallMs: 0, dialogueMs: 0, countedMs: 0, absentMs: 0 }
    rows.set(status, row)
  }
  return row
}

function overlapMs(spans: readonly Span[], first: number, window: Span): number {
  let sum = 0
  for (let index = first; index < spans.length; index++) {
    const span = spans[index] as Span
    if (span.from >= window.to) break
    sum += Math.min(span.to, window.to) - Math.max(span.from, window.from)
  }
  return sum
}
