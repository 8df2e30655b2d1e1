import type { Status } from '../../../src/domain/catalogue/catalogue.ts'
import type { HistoryEntry } from '../../../src/domain/history/history.ts'

/**
 * `report time` by brute force: contract §7 asked anew for every step of a grid, sharing no code with `src`. Every
 * instant of the history lies on the grid. Where the text leaves something open the comment starts with "Reading:".
 */
export interface Moment {
  /** Null: unknown. */
  readonly stay: OracleStay | null
  readonly talks: boolean
}

export interface OracleStay {
  readonly status: string
  readonly from: number
  to: number
  /** Of the automatic switch that ended it. */
  absentFrom: number | null
}

/** Reading: an entry dated before the same operator's (or status's) entry before it takes that one's date. */
export function staysOf(entries: readonly HistoryEntry[], operator: string): OracleStay[] {
  const stays: OracleStay[] = []
  let clock = Number.NEGATIVE_INFINITY
  for (const entry of entries) {
    const current = stays.at(-1)
    if (entry.type === 'status-entered' && entry.operator === operator) {
      clock = Math.max(clock, entry.at)
      if (current !== undefined && current.to === Number.POSITIVE_INFINITY) {
        current.to = clock
        if (entry.cause === 'auto-offline') current.absentFrom = Math.max(entry.lastSeen ?? current.from, current.from)
      }
      stays.push({ status: entry.to, from: clock, to: Number.POSITIVE_INFINITY, absentFrom: null })
    }
    if (
      entry.type === 'operator-removed' &&
      entry.operator.id === operator &&
      current?.to === Number.POSITIVE_INFINITY
    ) {
      clock = Math.max(clock, entry.at)
      current.to = clock
    }
  }
  return stays
}

export function dialogueLine(entries: readonly HistoryEntry[], operator: string): (at: number) => boolean {
  const edges: { at: number; open: boolean }[] = []
  let clock = Number.NEGATIVE_INFINITY
  const note = (at: number, open: boolean) => {
    clock = Math.max(clock, at)
    edges.push({ at: clock, open })
  }
  for (const entry of entries) {
    if (entry.type === 'dialogues' && entry.operator === operator) note(entry.at, entry.open > 0)
    if (entry.type === 'operator-removed' && entry.operator.id === operator && edges.at(-1)?.open) note(entry.at, false)
  }
  return (at) => edges.findLast((edge) => edge.at <= at)?.open ?? false
}

/** Flags and name of a status at an instant. Reading: before its first entry as in that, a deleted one can't receive. */
export function statusLine(entries: readonly HistoryEntry[], known: Status): (at: number) => Status {
  const versions: { at: number; status: Status }[] = []
  let clock = Number.NEGATIVE_INFINITY
  const note = (at: number, status: Status) => {
    clock = Math.max(clock, at)
    versions.push({ at: clock, status })
  }
  for (const entry of entries) {
    if (entry.type === 'status-edited' && entry.after.id === known.id) note(entry.at, entry.after)
    if (entry.type === 'status-deleted' && entry.status.id === known.id)
      note(entry.at, { ...entry.status, canReceive: false })
  }
  const first = entries.find(
    (entry) =>
      (entry.type === 'status-edited' && entry.after.id === known.id) ||
      (entry.type === 'status-deleted' && entry.status.id === known.id),
  )
  const before =
    first?.type === 'status-edited'
      ? first.before
      : first?.type === 'status-deleted'
        ? { ...first.status, canReceive: false }
        : known
  return (at) => versions.findLast((version) => version.at <= at)?.status ?? before
}

export interface OracleRow {
  status: string
  stays: number
  wallMs: number
  dialogueMs: number
  countedMs: number
  absentMs: number
}

/** The rows of one operator in one window by asking every step of it, and the time in which nothing is known. */
export function timeOracle(
  entries: readonly HistoryEntry[],
  asked: {
    readonly operator: string
    readonly statuses: readonly Status[]
    readonly from: number
    readonly to: number
    readonly stepMs: number
    readonly knownUntil: number
    /** The report's own beginning, where this window is only a day of it. */
    readonly reportFrom: number
  },
): { rows: OracleRow[]; unknownMs: number } {
  const { from, to, stepMs, knownUntil } = asked
  const stays = staysOf(entries, asked.operator)
  const talks = dialogueLine(entries, asked.operator)
  const lines = new Map(asked.statuses.map((status) => [status.id, statusLine(entries, status)]))
  const rows = new Map<string, OracleRow>()
  const rowOf = (status: string): OracleRow => {
    const row = rows.get(status) ?? { status, stays: 0, wallMs: 0, dialogueMs: 0, countedMs: 0, absentMs: 0 }
    rows.set(status, row)
    return row
  }
  let unknownMs = 0
  for (let at = from; at < to; at += stepMs) {
    const stay = at < knownUntil ? stays.findLast((one) => one.from <= at && at < one.to) : undefined
    if (stay === undefined) {
      unknownMs += stepMs
      continue
    }
    const row = rowOf(stay.status)
    const open = talks(at)
    row.wallMs += stepMs
    if (open) row.dialogueMs += stepMs
    if (!(open && lines.get(stay.status)?.(at).countAfterClose)) row.countedMs += stepMs
    if (stay.absentFrom !== null && at >= stay.absentFrom) row.absentMs += stepMs
  }
  for (const stay of stays) {
    const begins = stay.from >= from && stay.from < Math.min(to, knownUntil)
    // Reading: a stay that ran into the report from before counts there once; over a midnight it counts no second time.
    const runsIn = from === asked.reportFrom && stay.from < from && stay.to > from && from < Math.min(to, knownUntil)
    if (begins || runsIn) rowOf(stay.status).stays++
  }
  return { rows: [...rows.values()].sort((a, b) => (a.status < b.status ? -1 : 1)), unknownMs }
}
