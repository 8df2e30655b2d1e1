import type { Failure } from '../../domain/failure.ts'
import type { HistoryEntry } from '../../domain/history/history.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Store, StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'
import { withProgress } from '../printing/progress.ts'

/** So many entries are taken in before anybody is asked how long it takes. */
const entriesAtATime = 1024

export interface HistoryReading {
  readonly store: Store
  readonly recorded: StoreSnapshot['recorded']
  readonly onEntry: (entry: HistoryEntry) => void
}

/** Reads the whole history, entry by entry; a long one shows how far it is. */
export function readHistory(
  globals: Globals,
  system: System,
  { store, recorded, onEntry }: HistoryReading,
): Promise<Result<void, Failure>> {
  let records = 0
  const work = { doing: 'reading', to: store.files().history, records: () => records }
  return withProgress(work, { globals, system }, async (progress) => {
    progress.expect(recorded.seq)
    for await (const entry of store.history()) {
      if (!entry.ok) return entry
      onEntry(entry.value)
      records++
      const paused = records % entriesAtATime === 0 ? progress.at(entry.value.seq) : undefined
      if (paused !== undefined) await paused
    }
    return ok(undefined)
  })
}
