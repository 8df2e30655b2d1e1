import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import { type Disk, isSameStat } from '../disk/disk.ts'
import { readFully } from '../disk/durableFile.ts'
import { unlessMissing } from '../disk/refusal.ts'
import { isLost } from '../history/alteration.ts'
import { appendDurably } from '../history/appendHistory.ts'
import { foldOperator } from '../history/foldOperator.ts'
import { fits, type HistoryFold, withHistory } from '../history/historyFile.ts'
import { toldCatalogue } from '../history/toldCatalogue.ts'
import { type House, requireStore } from '../house.ts'
import type { Change, Committed, OperatorChange, StoreFiles } from '../port.ts'
import type { Memory } from '../reading.ts'
import { sha256 } from '../sha256.ts'
import { bearableRest } from '../state/bearableRest.ts'
import { readExcerpt } from '../state/excerpt.ts'
import { noteInPlace, quietly } from '../state/stateHead.ts'
import { linesOf } from './commitLines.ts'

/** Locks, reads what concerns the operator, decides, appends to the history (port.ts). */
export async function transactOn<Value>(
  house: House,
  memory: Memory,
  { operator, decideAlone, decide }: OperatorChange<Value>,
): Promise<Result<Committed<Value>, Failure>> {
  requireStore(house, memory.files)
  return house.underLock(memory.files, async () => {
    // Who has read already knows more than an excerpt, and would not be told of what is appended here.
    const fold = memory.fold === null ? foldOf(house.disk, memory.files, operator) : null
    if (fold !== null) {
      const at = house.clock.now()
      const decided = decideAlone({ catalogue: toldCatalogue(fold.recorded), recorded: fold.recorded }, at)
      if (decided !== null)
        return decided.ok ? ok(await append(house, memory.files, { fold, change: decided.value, at })) : decided
    }
    return (await import('./transacting.ts')).transactLocked(house, memory, decide)
  })
}

async function append<Value>(
  { disk }: House,
  files: StoreFiles,
  { fold, change, at }: { fold: HistoryFold; change: Pick<Change<Value>, 'facts' | 'value'>; at: number },
): Promise<Committed<Value>> {
  const { facts, value } = change
  const written = linesOf(fold, { facts, feed: undefined, at }, null)
  if (written === null) return { value, entries: [] }
  await appendDurably(disk, files.history, fold.offset, written.bytes)
  const seq = fold.recorded.seq + written.lines.length
  noteInPlace(disk, files.state, { seq, head: sha256(written.lastLine) })
  return { value, entries: written.lines.map(({ entry }) => entry) }
}

/**
 * The history as far as it concerns one operator and nobody in particular, from the state and what was appended since,
 * read without reading everything. Null where the state does not hold it, or where anything else than an append may be
 * due: a catalogue that was edited by hand or is not the one that the state knows, a commit that a crash cut off, a
 * history whose end is not the one that was noted, more of it to look through than should be. Only under the lock.
 */
function foldOf(disk: Disk, files: StoreFiles, operator: string): HistoryFold | null {
  return quietly(() => {
    const excerpt = readExcerpt(disk, files.state, operator)
    if (excerpt === null) return null
    const { fold, catalogue } = excerpt
    const stat = unlessMissing(() => disk.statName(files.catalogue))
    if (stat === null || !isSameStat(stat, catalogue.stat)) return null
    const isFolded = withHistory(disk, files.history, (fd, size) => {
      const length = size - fold.offset
      if (length < 0 || length > bearableRest(excerpt.bytes) || !fits(disk, fd, fold)) return false
      const appended = Buffer.allocUnsafe(length)
      return readFully(disk, fd, appended, fold.offset) === length && foldOperator(fold, appended, operator)
    })
    // The history's last word on the catalogue is this very text: nothing is pending, and nothing was edited by hand.
    const isCurrent = isFolded === true && fold.mark?.after === catalogue.hash
    return isCurrent && !isLost(excerpt.noted, fold.recorded) ? fold : null
  })
}
