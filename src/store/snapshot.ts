import type { Catalogue } from '../domain/catalogue/catalogue.ts'
import type { HistoryEntry } from '../domain/history/history.ts'
import type { Recorded } from '../domain/history/recorded.ts'
import type { Disk } from './disk/disk.ts'
import { commitsIn, withHistory } from './history/historyFile.ts'
import type { StoreSnapshot } from './port.ts'
import { type Memory, pageOf, type Room } from './reading.ts'

/** What was folded is handed out, once. */
export function takeSnapshot(
  room: Room,
  memory: Memory,
  held: { catalogue: Catalogue; recorded: Recorded },
): StoreSnapshot {
  const { disk } = room
  const { undelivered, owed, checkpoint, stateFailure } = memory
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
    checkpointFailure: stateFailure,
    get checkpoint() {
      left ??= { value: JSON.parse(checkpoint?.text() ?? 'null') as unknown }
      return left.value
    },
  }
}

function readEntries(disk: Disk, file: string, { from, to, seq }: NonNullable<Memory['owed']>): HistoryEntry[] {
  const entries = withHistory(disk, file, (fd) => {
    const commits = [...commitsIn(disk, fd, { file, from, to, linesBefore: seq })]
    return commits.flatMap(({ lines }) => lines.map(({ entry }) => entry))
  })
  return entries ?? []
}
