import type { Status } from '../../catalogue/catalogue.ts'
import { type Span, type Stay, spansOf } from '../../history/accounting.ts'
import type { Ledger, OperatorLedger, RecordedPeriod } from './ledger.ts'
import { indexAt, type Timeline, valueAt } from './timeline.ts'

/** A stretch of a stay during which the status's flags did not change; half-open, epoch milliseconds. */
export interface StatePiece extends Stay {
  /** Could the operator receive, by the flag in force at the time? */
  readonly receives: boolean
}

/**
 * One operator's stays up to `until`, cut where a flag of their status changed: the parts after the first are
 * `continued`. In order of time. Open stays end at `until`.
 */
export function piecesOf(ledger: Ledger, operator: OperatorLedger, until: number): StatePiece[] {
  const pieces: StatePiece[] = []
  for (const period of operator.periods) {
    if (period.from >= until) break
    const to = Math.min(period.to, until)
    const flags = ledger.statuses.get(period.status)
    let from = period.from
    for (const cut of flags === undefined ? [] : flagChanges(flags, period.from, to)) {
      pieces.push(pieceOf(period, { from, to: cut }, flagsAt(flags, from)))
      from = cut
    }
    pieces.push(pieceOf(period, { from, to }, flagsAt(flags, from)))
  }
  return pieces
}

/** When the operator had at least one dialogue open, up to `until`. */
export function dialogueSpans(operator: OperatorLedger, until: number): Span[] {
  const edges = operator.dialogues.filter(({ at }) => at < until)
  return spansOf(edges, until)
}

/** The name that a status had at the end of a window; its id where it never had one. */
export function nameBefore(ledger: Ledger, status: string, end: number): string {
  const timeline = ledger.statuses.get(status)
  return (timeline === undefined ? undefined : valueAt(timeline, end - 1))?.name ?? status
}

function pieceOf(
  period: RecordedPeriod,
  span: Span,
  flags: Pick<Status, 'canReceive' | 'countAfterClose'>,
): StatePiece {
  return {
    status: period.status,
    ...span,
    receives: flags.canReceive,
    countAfterClose: flags.countAfterClose,
    absentFrom: absentFrom(period),
    continued: span.from > period.from,
  }
}

/** From the last sign of life, or the stay's beginning if that was later, to the automatic switch nobody was there. */
function absentFrom({ from, endedBy }: RecordedPeriod): number | null {
  if (endedBy?.cause !== 'auto-offline') return null
  return Math.max(endedBy.lastSeen ?? from, from)
}

/** The instants strictly inside a stretch at which a flag changed. */
function flagChanges(flags: Timeline<Status>, from: number, to: number): number[] {
  const cuts: number[] = []
  for (let index = indexAt(flags, from) + 1; index < flags.from.length; index++) {
    const at = flags.from[index] as number
    if (at >= to) break
    const before = flagsAt(flags, at - 1)
    const after = flagsAt(flags, at)
    const changed = before.canReceive !== after.canReceive || before.countAfterClose !== after.countAfterClose
    if (at > from && changed && cuts.at(-1) !== at) cuts.push(at)
  }
  return cuts
}

/** A status that the history never described receives nothing. */
function flagsAt(flags: Timeline<Status> | undefined, at: number): Pick<Status, 'canReceive' | 'countAfterClose'> {
  return (flags && valueAt(flags, at)) ?? { canReceive: false, countAfterClose: false }
}
