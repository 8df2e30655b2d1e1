import { adoptCatalogue, adoptEntry, adoptRecorded } from '../../domain/presence/live.ts'
import { isChange, type PanelFact, stillUnwritten } from '../../domain/presence/unwritten.ts'
import type { StoreSnapshot } from '../../store/port.ts'
import type { Watcher } from './watcher.ts'

/** What others wrote wins over what was found in the feed before it (contract §4.10). */
export function adoptSnapshot(watcher: Watcher, snapshot: StoreSnapshot): void {
  const { live, pending } = watcher
  const { catalogue, recorded, newEntries: entries } = snapshot
  const isChanged = catalogue !== watcher.snapshot.catalogue
  if (isChanged) {
    adoptCatalogue(live.state, catalogue, recorded)
    watcher.needsRecording = true
  }
  watcher.snapshot = snapshot
  const moved = new Set<string>()
  for (const entry of entries) {
    if (entry.type !== 'status-entered') continue
    watcher.noteEntry(entry)
    adoptEntry(live.state, entry, recorded)
    moved.add(entry.operator)
  }
  if (pending.length === 0) return
  const statuses = new Set(catalogue.statuses.map(({ id }) => id))
  watcher.pending = stillUnwritten(pending, { entries, recorded, exists: (status) => statuses.has(status) })
  if (moved.size > 0 || isChanged) believePending(watcher, { pending, moved })
}

/** Puts whoever was moved, or whose choice came to nothing, where the last choice that is left puts them. */
function believePending(
  { live, pending, snapshot: { recorded } }: Watcher,
  before: { readonly pending: readonly PanelFact[]; readonly moved: ReadonlySet<string> },
): void {
  const last = lastChoices(pending)
  for (const [operator, choice] of lastChoices(before.pending)) {
    const left = last.get(operator)
    if (left !== undefined && (before.moved.has(operator) || left !== choice)) adoptEntry(live.state, left, recorded)
    else if (left === undefined && isChange(choice)) adoptRecorded(live.state, operator, recorded)
  }
}

function lastChoices(facts: readonly PanelFact[]): Map<string, Extract<PanelFact, { type: 'status-entered' }>> {
  return new Map(facts.flatMap((fact) => (fact.type === 'status-entered' ? [[fact.operator, fact]] : [])))
}
