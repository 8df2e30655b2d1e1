import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { HistoryFact } from '../../history/history.ts'
import type { Replay, ReplayResult } from '../../replay/replay.ts'
import { completeLedger, createLedger, enterEntry, type Ledger } from './ledger.ts'

/** A simulation as if a history had recorded it, so that the reports can be made from it too. */
export function ledgerOfReplay(replay: Replay, result: ReplayResult, catalogue: Catalogue): Ledger {
  const ledger = createLedger()
  const { from } = result
  if (from === null) return ledger
  const started = [...result.startStatus].filter(([, status]) => status !== '')
  const facts: HistoryFact[] = [
    ...started.map(
      ([operator, to]): HistoryFact => ({
        ...{ type: 'status-entered', at: from, operator, from: null, to, cause: 'admin', due: null, lastSeen: null },
        by: operator,
      }),
    ),
    ...result.transitions.map((transition): HistoryFact => ({ type: 'status-entered', ...transition })),
    ...[...replay.dialogueEdges].flatMap(([operator, edges]) =>
      edges.map(({ at, open }): HistoryFact => ({ type: 'dialogues', at, operator, open: open ? 1 : 0, by: operator })),
    ),
  ]
  for (const [index, fact] of facts.entries())
    enterEntry(ledger, { ...fact, seq: index + 1, recordedAt: fact.at, prev: '' })
  completeLedger(ledger, catalogue, from)
  return ledger
}
