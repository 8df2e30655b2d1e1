import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import type { FeedPosition, HistoryEntry, HistoryFact } from '../../domain/history/history.ts'
import { finishPending, isPending, removeStale } from '../catalogue/staged.ts'
import { largeBytes } from '../catalogueAdapter.ts'
import { type Disk, isSameStat } from '../disk/disk.ts'
import { attemptQuietlyAsync } from '../disk/refusal.ts'
import { appendDurably, cutTorn, type Undo } from '../history/appendHistory.ts'
import { type CommitLines, foldCommit, type HistoryFold, noteLastLine } from '../history/historyFile.ts'
import { type CatalogueMark, formatLine, type HistoryLine } from '../history/historyLine.ts'
import type { HistoryHead } from '../history/verifyHistory.ts'
import { look, type Memory, type Room, type Sight } from '../reading.ts'
import { sha256 } from '../sha256.ts'
import type { CatalogueIdentity } from '../state/catalogueIdentity.ts'
import { noteHead, readStateOrRefuse, type StoredPage, type StoredState, writeState } from '../state/stateFile.ts'

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
  /** The catalogue's new text, and what it says; null where the file stays as it is. */
  readonly page: { readonly bytes: Buffer; readonly catalogue: Catalogue } | null
  /** Does the history get to know the present catalogue with this commit, whether or not it changes? */
  readonly reconciles: boolean
}

/** Writes a commit and folds it in; its entries as written. History first, then the catalogue (design.md, "Commit"). */
export async function commit(room: Room, memory: Memory, sight: Sight, plan: Plan): Promise<readonly HistoryEntry[]> {
  const { disk } = room
  const { fold, sheet } = sight
  const next = plan.page === null ? null : { bytes: plan.page.bytes, hash: sha256(plan.page.bytes) }
  const after = next?.hash ?? sheet.hash
  const marks = next !== null || plan.reconciles
  const written = linesOf(fold, plan, marks && after !== null ? { before: sheet.hash, after } : null)
  const record = async (): Promise<Undo> => {
    if (written === null) return async () => undefined
    return appendDurably(disk, memory.files.history, fold.offset, written.bytes)
  }
  if (next === null) await record()
  else await memory.catalogue.replace(next, record)
  if (plan.page !== null) memory.parsed = { sheet: memory.catalogue.sheet, catalogue: plan.page.catalogue }
  if (written === null) return []
  foldCommit(fold, written)
  noteLastLine(fold, written.lastLine)
  memory.delivered = { offset: fold.offset, seq: fold.recorded.seq }
  memory.foldedBytes += written.bytes.length
  await keepState(disk, memory, fold)
  return written.lines.map(({ entry }) => entry)
}

/** So much history is folded again by every command rather than that a small, or a large, state is written anew. */
const fewestFoldedBytes = 4096
const mostFoldedBytes = 256 * 1024

/**
 * Notes the head; where much had to be folded, for the state's size, or the state does not know the catalogue, it is
 * written whole, so that the next command need not do the same again. The commit stands whether or not its cache can
 * be written.
 */
async function keepState(disk: Disk, memory: Memory, fold: HistoryFold): Promise<void> {
  const { state: file } = memory.files
  const bearable = Math.min(Math.max(memory.state.bytes / 8, fewestFoldedBytes), mostFoldedBytes)
  if (memory.foldedBytes <= bearable && knowsCatalogue(memory)) return noteHead(disk, file, fold.recorded)
  await attemptQuietlyAsync(async () => {
    const stored = readStateOrRefuse(disk, file)?.checkpoint ?? null
    const checkpoint = stored !== null && stored.offset <= fold.offset ? stored : null
    await keepWhole(disk, memory, { fold, checkpoint, head: fold.recorded })
  })
}

function knowsCatalogue(memory: Memory): boolean {
  const page = smallPage(memory)
  const identity = largeIdentity(memory)
  const known = memory.state
  if (page !== null) return known.page?.bytes.equals(page.bytes) === true
  return identity === null || (known.catalogue !== null && isSameStat(identity.stat, known.catalogue.stat))
}

/** Writes the state, with what is known of the present catalogue, and remembers what is in it. */
export async function keepWhole(
  disk: Disk,
  memory: Memory,
  { fold, checkpoint, head }: Pick<StoredState, 'fold' | 'checkpoint'> & { readonly head: HistoryHead },
): Promise<void> {
  const known = { catalogue: largeIdentity(memory), page: smallPage(memory) }
  const bytes = await writeState(disk, memory.files.state, { state: { fold, checkpoint, ...known }, head })
  memory.state = { bytes, ...known }
  memory.foldedBytes = 0
}

/** The present catalogue's text and what it says, where a state can hold both. */
function smallPage({ catalogue: { sheet }, parsed }: Memory): StoredPage | null {
  const { bytes } = sheet
  if (bytes === null || bytes.length > largeBytes || parsed?.sheet !== sheet) return null
  const { catalogue } = parsed
  return catalogue.calendars.length > 0 ? null : { bytes, catalogue: () => catalogue }
}

/** The present catalogue's, where it is worth knowing and a stat that does not change says that the bytes don't. */
function largeIdentity({ catalogue: { sheet } }: Memory): CatalogueIdentity | null {
  const { stat, settled } = sheet
  if (stat === null || !settled || stat.size <= largeBytes || sheet.hash === null) return null
  return { stat, hash: sheet.hash }
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
