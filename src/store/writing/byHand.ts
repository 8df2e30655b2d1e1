import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import type { HistoryFact } from '../../domain/history/history.ts'
import { handMadeFacts } from '../../domain/history/reconcile.ts'
import { type Recorded, recordEntry } from '../../domain/history/recorded.ts'
import type { Memory, Sight } from '../reading.ts'

/** Who changed the catalogue where nobody gave a command: an editor, a `git checkout`. */
export const handEditor = 'hand-edit'

/**
 * The facts of a change by hand that the history does not know yet (contract §1), dated at the file's modification but
 * not after `at`; first stays at `at`.
 */
export function factsByHand(
  memory: Memory,
  { sheet, fold }: Sight,
  { catalogue, at }: { catalogue: Catalogue; at: number },
) {
  if (fold.mark?.after === sheet.hash || memory.reconciled === sheet.hash) return []
  const modifiedAt = sheet.stat === null ? at : Number(sheet.stat.mtimeNs / 1_000_000n)
  const editedAt = Math.min(modifiedAt, at)
  const facts = handMadeFacts({ recorded: fold.recorded, catalogue, editedAt, now: at, by: handEditor })
  if (facts.length === 0) memory.reconciled = sheet.hash
  return facts
}

/** A copy of what is recorded, as it will be once the facts are written. */
export function foreseen(recorded: Recorded, facts: readonly HistoryFact[], at: number): Recorded {
  const fields = Object.entries(recorded).map(([key, value]): [string, unknown] => {
    if (value instanceof Map) return [key, new Map(value)]
    return [key, value instanceof Set ? new Set(value) : value]
  })
  const copy = Object.fromEntries(fields) as unknown as Recorded
  for (const fact of facts) {
    recordEntry(copy, { ...fact, seq: copy.seq + 1, recordedAt: at, prev: copy.head }, copy.head)
  }
  return copy
}
