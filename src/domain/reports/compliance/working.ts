import type { Span } from '../../history/accounting.ts'
import type { StatePiece } from '../ledger/statePieces.ts'

/** What an operator does for a while. */
interface Doing {
  readonly piece: StatePiece
  /** With a dialogue open. */
  readonly talks: boolean
}

/** Contract §7: in a receiving status, or in a *count after close* status with a dialogue still open. */
export function isWorking({ piece, talks }: Doing): boolean {
  return piece.receives || (piece.countAfterClose && talks)
}

/** In the status of a planned break, and no longer busy with dialogues from before it. */
export function isIn(status: string | undefined, { piece, talks }: Doing): boolean {
  return piece.status === status && !(piece.countAfterClose && talks)
}

/** When the operator worked: in order of time, without overlaps and without empty spans. */
export function workedSpans(pieces: readonly StatePiece[], dialogues: readonly Span[]): Span[] {
  const worked: Span[] = []
  let next = 0
  for (const { from, to, receives, countAfterClose } of pieces) {
    if (receives && to > from) worked.push({ from, to })
    if (receives || !countAfterClose) continue
    while (next < dialogues.length && (dialogues[next] as Span).to <= from) next++
    for (let index = next; index < dialogues.length && (dialogues[index] as Span).from < to; index++) {
      const dialogue = dialogues[index] as Span
      const span = { from: Math.max(from, dialogue.from), to: Math.min(to, dialogue.to) }
      if (span.to > span.from) worked.push(span)
    }
  }
  return worked
}
