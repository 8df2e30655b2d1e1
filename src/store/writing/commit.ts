import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import type { Alteration, HistoryEnd, HistoryEntry, HistoryFact } from '../../domain/history/history.ts'
import { finishPending, isPending, removeStale } from '../catalogue/staged.ts'
import { largeBytes } from '../catalogueAdapter.ts'
import { type Disk, isSameStat } from '../disk/disk.ts'
import { attemptQuietlyAsync } from '../disk/refusal.ts'
import { alterationOf } from '../history/alteration.ts'
import { appendDurably, cutTorn, mendEnd, type Undo } from '../history/appendHistory.ts'
import { foldCommit, type HistoryFold, noteLastLine } from '../history/historyFile.ts'
import { look, type Memory, type Room, type Sight } from '../reading.ts'
import { sha256 } from '../sha256.ts'
import { bearableRest } from '../state/bearableRest.ts'
import type { CatalogueIdentity } from '../state/catalogueIdentity.ts'
import { noteHead, readStateOrRefuse, type StoredPage, type StoredState, writeState } from '../state/stateFile.ts'
import { readHead } from '../state/stateHead.ts'
import { tellsAll } from '../state/tellsAll.ts'
import { linesOf, type Told } from './commitLines.ts'

/** Both files, settled, and what somebody did to the history's end since the last commit. */
export interface Settled extends Sight {
  /** To be told with the next commit, which goes on from what it finds. */
  readonly alteration: Alteration | null
}

/** Finishes or discards what a crash left, and says how both files are then. Only under the lock. */
export async function settle(room: Room, memory: Memory): Promise<Settled> {
  const { disk } = room
  const { files } = memory
  const noted = readHead(disk, files.state)
  let sight = await look(room, memory)
  if (sight.torn && (await mendEnd(disk, files.history, { offset: sight.fold.offset, noted })))
    sight = await look(room, memory)
  const { mark, offset } = sight.fold
  if (sight.torn) await cutTorn(disk, files.history, offset)
  const finished = isPending(mark, sight.sheet.hash) && (await finishPending(disk, files, mark))
  removeStale(disk, files)
  const settled = finished ? await look(room, memory) : { ...sight, torn: false }
  return { ...settled, alteration: alterationOf(noted, settled.fold) }
}

export interface Plan extends Told {
  /** The catalogue's new text, and what it says; null where the file stays as it is. */
  readonly page: { readonly bytes: Buffer; readonly catalogue: Catalogue } | null
  /** Does the history get to know the present catalogue with this commit, whether or not it changes? */
  readonly reconciles: boolean
}

/** Writes a commit and folds it in; its entries as written. History first, then the catalogue (design.md, "Commit"). */
export async function commit(
  room: Room,
  memory: Memory,
  { fold, sheet, alteration }: Settled,
  plan: Plan,
): Promise<readonly HistoryEntry[]> {
  const { disk } = room
  const next = plan.page === null ? null : { bytes: plan.page.bytes, hash: sha256(plan.page.bytes) }
  const after = next?.hash ?? sheet.hash
  const marks = next !== null || plan.reconciles
  const facts = alteration === null ? plan.facts : [alterationFact(alteration, plan.at), ...plan.facts]
  const written = linesOf(fold, { ...plan, facts }, marks && after !== null ? { before: sheet.hash, after } : null)
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

function alterationFact({ expected, found }: Alteration, at: number): HistoryFact {
  return { type: 'history-altered', at, by: 'opstat', expected, found }
}

/**
 * Notes the head; where much had to be folded, for the state's size, or the state does not know the catalogue, it is
 * written whole, so that the next command need not do the same again. The commit stands whether or not its cache can
 * be written.
 */
async function keepState(disk: Disk, memory: Memory, fold: HistoryFold): Promise<void> {
  const { state: file } = memory.files
  if (memory.foldedBytes <= bearableRest(memory.state.bytes) && knowsCatalogue(memory))
    return noteHead(disk, file, fold.recorded)
  await attemptQuietlyAsync(async () => {
    const stored = readStateOrRefuse(disk, file)?.checkpoint ?? null
    const checkpoint = stored !== null && stored.offset <= fold.offset ? stored : null
    await keepWhole(disk, memory, { fold, checkpoint, head: fold.recorded })
  })
}

function knowsCatalogue(memory: Memory): boolean {
  const page = smallPage(memory)
  const { sheet } = memory.catalogue
  const known = memory.state
  if (page !== null && known.page?.bytes.equals(page.bytes) !== true) return false
  if (sheet.stat === null || !sheet.settled) return true
  return known.catalogue !== null && isSameStat(sheet.stat, known.catalogue.stat)
}

/** Writes the state, with what is known of the present catalogue, and remembers what is in it. */
export async function keepWhole(
  disk: Disk,
  memory: Memory,
  { fold, checkpoint, head }: Pick<StoredState, 'fold' | 'checkpoint'> & { readonly head: HistoryEnd },
): Promise<void> {
  const known = { catalogue: settledIdentity(memory, fold), page: smallPage(memory) }
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

/** The present catalogue's, where a stat that does not change says that the bytes don't. */
function settledIdentity({ catalogue: { sheet }, parsed }: Memory, fold: HistoryFold | null): CatalogueIdentity | null {
  const { stat, settled, hash } = sheet
  if (stat === null || !settled || hash === null) return null
  const isTold = fold !== null && parsed?.sheet === sheet && tellsAll(fold.recorded, parsed.catalogue)
  return { stat, hash, isTold }
}
