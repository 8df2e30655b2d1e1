import type { Catalogue } from '../domain/catalogue.ts'
import type { HistoryEntry, HistoryFact } from '../domain/history.ts'
import { handMadeFacts } from '../domain/reconcile.ts'
import { type Recorded, recordEntry } from '../domain/recorded.ts'
import type { Disk } from './disk/disk.ts'
import { commitsIn, withHistory } from './history/historyFile.ts'
import type { StoreSnapshot } from './port.ts'
import { type Memory, pageOf, type Room, type Sight } from './reading.ts'

/** Who changed the catalogue where nobody gave a command: an editor, a `git checkout`. */
export const handEditor = 'hand-edit'

/** What was folded is handed out, once. */
export function takeSnapshot(
  room: Room,
  memory: Memory,
  held: { catalogue: Catalogue; recorded: Recorded },
): StoreSnapshot {
  const { disk } = room
  const { undelivered, owed, checkpoint } = memory
  const file = memory.files.history
  memory.undelivered = []
  memory.owed = null
  if (memory.fold !== null) memory.delivered = { offset: memory.fold.offset, seq: memory.fold.recorded.seq }
  let entries: readonly HistoryEntry[] | null = null
  let left: { readonly value: unknown } | null = null
  // Both are worked out for who asks: the watcher. Commands would read and parse them for nothing.
  return {
    ...held,
    document: async () => (await pageOf(room, memory)).document,
    get newEntries() {
      entries ??= owed === null ? undelivered : [...readEntries(disk, file, owed), ...undelivered]
      return entries
    },
    get checkpoint() {
      left ??= { value: checkpoint === null ? null : (JSON.parse(checkpoint.text) as unknown) }
      return left.value
    },
  }
}

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

function readEntries(disk: Disk, file: string, { from, to, seq }: NonNullable<Memory['owed']>): HistoryEntry[] {
  const entries = withHistory(disk, file, (fd) => {
    const commits = [...commitsIn(disk, fd, { file, from, to, linesBefore: seq })]
    return commits.flatMap(({ lines }) => lines.map(({ entry }) => entry))
  })
  return entries ?? []
}
