import type { Catalogue } from '../domain/catalogue/catalogue.ts'
import type { HistoryEntry } from '../domain/history/history.ts'
import type { Recorded } from '../domain/history/recorded.ts'
import type { CatalogueSheet } from './catalogueAdapter.ts'
import type { Disk } from './disk/disk.ts'
import { commitsIn, withHistory } from './history/historyFile.ts'
import type { StoreSnapshot } from './port.ts'
import { type Memory, pageOf, type Room } from './reading.ts'
import { type CheckpointContent, noColumns, savedContent } from './state/stateFile.ts'

/** What was folded is handed out, once. */
export function takeSnapshot(
  room: Room,
  memory: Memory,
  { sheet, ...held }: { catalogue: Catalogue; sheet: CatalogueSheet; recorded: Recorded },
): StoreSnapshot {
  const { disk } = room
  const { undelivered, owed, checkpoint, stateFailure } = memory
  const file = memory.files.history
  memory.undelivered = []
  memory.owed = null
  // A watcher would carry what it read for nothing.
  if (checkpoint !== null) memory.checkpoint = { ...checkpoint, content: savedContent(disk, memory.files.state) }
  if (memory.fold !== null) memory.delivered = { offset: memory.fold.offset, seq: memory.fold.recorded.seq }
  let entries: readonly HistoryEntry[] | null = null
  let left: (Pick<CheckpointContent, 'columns'> & { readonly value: unknown }) | null = null
  const leftThen = () => {
    left ??= leftBehind(checkpoint?.content() ?? null)
    return left
  }
  // Both are worked out for who asks: the watcher. Commands would read and parse them for nothing.
  return {
    ...held,
    get catalogueHash() {
      return sheet.hash
    },
    document: async () => (await pageOf(room, memory)).document,
    get newEntries() {
      entries ??= owed === null ? undelivered : [...readEntries(disk, file, owed), ...undelivered]
      return entries
    },
    checkpointFailure: stateFailure,
    get checkpoint() {
      return leftThen().value
    },
    get checkpointColumns() {
      return leftThen().columns
    },
  }
}

function leftBehind(content: CheckpointContent | null) {
  return { value: JSON.parse(content?.text ?? 'null') as unknown, columns: content?.columns ?? noColumns }
}

function readEntries(disk: Disk, file: string, { from, to, seq }: NonNullable<Memory['owed']>): HistoryEntry[] {
  const entries = withHistory(disk, file, (fd) => {
    const commits = [...commitsIn(disk, fd, { file, from, to, linesBefore: seq })]
    return commits.flatMap(({ lines }) => lines.map(({ entry }) => entry))
  })
  return entries ?? []
}
