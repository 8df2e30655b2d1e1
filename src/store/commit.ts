import type { FeedPosition, HistoryEntry, HistoryFact } from '../domain/history.ts'
import { finishPending, isPending, removeStale } from './catalogue/staged.ts'
import type { Disk } from './disk/disk.ts'
import { attemptQuietlyAsync } from './disk/refusal.ts'
import { appendDurably, cutTorn, type Undo } from './history/appendHistory.ts'
import { type CommitLines, foldCommit, type HistoryFold } from './history/historyFile.ts'
import { type CatalogueMark, formatLine, type HistoryLine, sha256 } from './history/historyLine.ts'
import { look, type Memory, type Room, type Sight } from './reading.ts'
import { noteHead, readState, writeState } from './stateFile.ts'

/** Finishes or discards what a crash left, and says how both files are then. Only under the lock. */
export async function settle(room: Room, memory: Memory): Promise<Sight> {
  const sight = await look(room, memory)
  const { mark, offset } = sight.fold
  if (sight.torn) await cutTorn(room.disk, memory.files.history, offset)
  const finished = isPending(mark, sight.sheet.hash) && (await finishPending(room.disk, memory.files, mark))
  removeStale(room.disk, memory.files)
  return finished ? look(room, memory) : { ...sight, torn: false }
}

export interface Plan {
  readonly facts: readonly HistoryFact[]
  readonly feed: FeedPosition | undefined
  /** Epoch milliseconds. */
  readonly at: number
  /** The catalogue's new bytes; null where the file stays as it is. */
  readonly bytes: Buffer | null
  /** Does the history get to know the present catalogue with this commit, whether or not it changes? */
  readonly reconciles: boolean
}

/** Writes a commit and folds it in; its entries as written. History first, then the catalogue (design.md, "Commit"). */
export async function commit(room: Room, memory: Memory, sight: Sight, plan: Plan): Promise<readonly HistoryEntry[]> {
  const { disk } = room
  const { fold, sheet } = sight
  const next = plan.bytes === null ? null : { bytes: plan.bytes, hash: sha256(plan.bytes) }
  const after = next?.hash ?? sheet.hash
  const marks = next !== null || plan.reconciles
  const written = linesOf(fold, plan, marks && after !== null ? { before: sheet.hash, after } : null)
  const record = async (): Promise<Undo> => {
    if (written === null) return async () => undefined
    return appendDurably(disk, memory.files.history, fold.offset, written.bytes)
  }
  if (next === null) await record()
  else await memory.catalogue.replace(next, record)
  if (written === null) return []
  foldCommit(fold, written)
  fold.recorded.head = sha256(written.lastLine)
  memory.delivered = { offset: fold.offset, seq: fold.recorded.seq }
  await keepState(disk, memory, fold)
  return written.lines.map(({ entry }) => entry)
}

const refreshBytes = 256 * 1024

/**
 * Notes the head; where much had to be folded the whole state is written, so that the next command need not fold it
 * again. The commit stands whether or not its cache can be written.
 */
async function keepState(disk: Disk, memory: Memory, fold: HistoryFold): Promise<void> {
  const { state: file } = memory.files
  if (memory.foldedBytes <= refreshBytes) return noteHead(disk, file, fold.recorded)
  const stored = readState(disk, file)?.checkpoint ?? null
  const checkpoint = stored !== null && stored.offset <= fold.offset ? stored : null
  await attemptQuietlyAsync(() => writeState(disk, file, { state: { fold, checkpoint }, head: fold.recorded }))
  memory.foldedBytes = 0
}

/** Only the last line lacks `more`, so that a commit whose end is lost in a crash never happened. */
function linesOf(fold: HistoryFold, plan: Plan, mark: CatalogueMark | null): (CommitLines & { bytes: Buffer }) | null {
  const lines: HistoryLine[] = []
  const texts: string[] = []
  let { seq, head: prev } = fold.recorded
  plan.facts.forEach((fact, index) => {
    seq += 1
    const more = index < plan.facts.length - 1
    const entry = { ...fact, seq, recordedAt: plan.at, prev, ...(!more && plan.feed && { feed: plan.feed }) }
    const line = { entry, catalogue: more ? null : mark, more }
    const text = formatLine(line)
    lines.push(line)
    texts.push(text)
    prev = sha256(text)
  })
  const last = texts.at(-1)
  if (last === undefined) return null
  const bytes = Buffer.from(`${texts.join('\n')}\n`)
  return { lines, bytes, end: fold.offset + bytes.length, lastLine: Buffer.from(last) }
}
