import type { Catalogue } from '../domain/catalogue/catalogue.ts'
import type { Clock } from '../domain/clock.ts'
import type { Failure } from '../domain/failure.ts'
import type { HistoryEntry } from '../domain/history/history.ts'
import type { CataloguePage } from './catalogue/catalogueText.ts'
import { findStaged, isPending, stagedFiles } from './catalogue/staged.ts'
import { type CatalogueFile, type CatalogueSheet, missingSheet, openCatalogue, sheetOf } from './catalogueAdapter.ts'
import { type Disk, isSameStat } from './disk/disk.ts'
import { StoreRefusal } from './disk/refusal.ts'
import { heldCatalogue, hugeBytes, settleRoster } from './heldCatalogue.ts'
import {
  commitsIn,
  createFold,
  fits,
  foldCommit,
  type HistoryFold,
  linesFolded,
  noteLastLine,
  withHistory,
} from './history/historyFile.ts'
import type { StoreFiles } from './port.ts'
import type { CatalogueIdentity } from './state/catalogueIdentity.ts'
import { type ReadState, readStateOrRefuse, type StoredCheckpoint, type StoredPage } from './state/stateFile.ts'

/** What a store object remembers between two calls, so that nothing is read twice. */
export interface Memory {
  readonly files: StoreFiles
  readonly catalogue: CatalogueFile
  /** The catalogue read last and where from. */
  parsed: { readonly sheet: CatalogueSheet; readonly catalogue: Catalogue } | null
  /** Its text and document, until the end of the call: a watcher would carry them for nothing. */
  page: CataloguePage | null
  /** Null before the first look at the history. */
  fold: HistoryFold | null
  /** Entries that were folded and not yet handed out. */
  undelivered: HistoryEntry[]
  /** The part of the history that the state spared us and `newEntries` still owes. */
  owed: { readonly from: number; readonly to: number; readonly seq: number } | null
  checkpoint: StoredCheckpoint | null
  /** Why the state could not be read at the first look, though something is there. */
  stateFailure: Failure | null
  /** What the holder of this store object knows of the history: bytes and entries. */
  delivered: { readonly offset: number; readonly seq: number }
  /** Bytes of history folded since the state was written. */
  foldedBytes: number
  /** The state's size in bytes, and the catalogue that it knows or holds, as far as this store object has seen it. */
  state: { readonly bytes: number; readonly catalogue: CatalogueIdentity | null; readonly page: StoredPage | null }
  /** The hash of a catalogue that was found to say what the history says. */
  reconciled: string | null
}

export interface Room {
  readonly disk: Disk
  readonly clock: Clock
}

export function createMemory(room: Room, files: StoreFiles): Memory {
  return {
    files,
    catalogue: openCatalogue({ ...room, file: files.catalogue }),
    parsed: null,
    page: null,
    fold: null,
    undelivered: [],
    owed: null,
    checkpoint: null,
    stateFailure: null,
    delivered: { offset: 0, seq: 0 },
    foldedBytes: 0,
    state: { bytes: 0, catalogue: null, page: null },
    reconciled: null,
  }
}

/** Both files as they are now; `torn`: a crash left something behind the history's last whole commit. */
export interface Sight {
  readonly sheet: CatalogueSheet
  readonly fold: HistoryFold
  readonly torn: boolean
}

export async function look(room: Room, memory: Memory): Promise<Sight> {
  const sheet = await memory.catalogue.read()
  const { fold, torn } = refreshHistory(room.disk, memory)
  const known = memory.state.catalogue
  if (known !== null && sheet.stat !== null && isSameStat(sheet.stat, known.stat)) sheet.knowHash(known.hash)
  return { sheet, fold, torn }
}

const mostLooks = 5

/**
 * Catalogue and history as they belong together, without a lock: between the two steps of a commit the catalogue is
 * taken from where it is staged. Refuses a missing catalogue.
 */
export async function lookUnlocked(room: Room, memory: Memory): Promise<Sight> {
  for (let round = 1; ; round += 1) {
    const sight = await look(room, memory)
    const { mark } = sight.fold
    // Whether something is staged is asked first: it is seldom, and the hash takes longer than all the rest.
    if (mark !== null && mark.before !== mark.after && stagedFiles(room.disk, memory.files.catalogue).length > 0) {
      const { hash, stat, settled } = sight.sheet
      const staged = isPending(mark, hash) ? findStaged(room.disk, memory.files.catalogue, mark.after) : null
      if (staged !== null) return { ...sight, sheet: sheetOf({ hash: mark.after, stat, settled, bytes: staged.bytes }) }
    }
    // The catalogue was read before the history: only if it still lies there do the two belong together.
    if (!memory.catalogue.isStill() && round < mostLooks) continue
    if (sight.sheet === missingSheet) throw new StoreRefusal({ code: 'store-missing', file: memory.files.catalogue })
    return sight
  }
}

/** The catalogue of a sheet, parsed once for the same bytes. */
export async function catalogueOf(room: Room, memory: Memory, sheet: CatalogueSheet): Promise<Catalogue> {
  if (sheet === missingSheet) throw new StoreRefusal({ code: 'store-missing', file: memory.files.catalogue })
  const { parsed } = memory
  if (parsed !== null && (parsed.sheet === sheet || parsed.sheet.hash === sheet.hash)) return parsed.catalogue
  const catalogue = heldCatalogue(memory, sheet) ?? (await readCatalogue(room, memory, sheet))
  memory.parsed = { sheet, catalogue }
  return catalogue
}

async function readCatalogue(room: Room, memory: Memory, sheet: CatalogueSheet): Promise<Catalogue> {
  const { readPage } = await import('./catalogue/catalogueText.ts')
  const bytes = sheet.bytes ?? memory.catalogue.bytes()
  if (bytes.length > hugeBytes) {
    const { readInPieces } = await import('./catalogue/pieces.ts')
    const catalogue = readInPieces(bytes)
    if (catalogue !== null) return catalogue
  }
  memory.page = await readPage(room.disk, memory.files.catalogue, { bytes })
  return memory.page.catalogue
}

/** The text and document that the catalogue read last stands in. */
export async function pageOf(room: Room, memory: Memory): Promise<CataloguePage> {
  const { readPage } = await import('./catalogue/catalogueText.ts')
  const { sheet } = memory.catalogue
  const valid = memory.parsed?.sheet === sheet ? memory.parsed.catalogue : undefined
  memory.page ??= await readPage(room.disk, memory.files.catalogue, { bytes: memory.catalogue.bytes(), valid })
  return memory.page
}

/** The end of a call: what only it needed is forgotten. */
export function letGo(memory: Memory): void {
  memory.page = null
  memory.catalogue.letGo()
}

/** Reads what others appended since the last look; from the state, or from the beginning, at the first one. */
function refreshHistory(disk: Disk, memory: Memory): { fold: HistoryFold; torn: boolean } {
  const { history } = memory.files
  const found = withHistory(disk, history, (fd, size) => {
    const known = memory.fold
    if (known !== null) settleRoster(memory)
    const still = known !== null && size >= known.offset && fits(disk, fd, known)
    const told = { seq: known?.recorded.seq ?? 0, head: known?.recorded.head ?? '' }
    const before = { undelivered: memory.undelivered, checkpoint: memory.checkpoint }
    const fold = known === null ? recallFold(disk, fd, memory) : still ? known : startAnew(memory)
    memory.fold = fold
    foldRest(disk, fd, { memory, fold, size })
    if (known !== null && !still && goesOn(memory, fold, told)) {
      const news = memory.undelivered.filter(({ seq }) => seq > told.seq)
      Object.assign(memory, { ...before, undelivered: [...before.undelivered, ...news] })
    }
    return { fold, torn: size > fold.offset }
  })
  if (found !== null) return found
  const fold = memory.fold?.offset === 0 ? memory.fold : startAnew(memory)
  memory.fold = fold
  return { fold, torn: false }
}

/** Is it the history that was known, only that a part of it was archived? Then what was told is not told again. */
function goesOn(memory: Memory, { recorded, opening }: HistoryFold, told: { seq: number; head: string }): boolean {
  if (opening === null || opening.seq > told.seq) return false
  const next = memory.undelivered.find(({ seq }) => seq === told.seq + 1)
  return next === undefined ? recorded.seq === told.seq && recorded.head === told.head : next.prev === told.head
}

function foldRest(disk: Disk, fd: number, rest: { memory: Memory; fold: HistoryFold; size: number }): void {
  const { memory, fold, size } = rest
  const from = fold.offset
  const stretch = { file: memory.files.history, from, to: size, linesBefore: linesFolded(fold) }
  let last: Buffer | null = null
  try {
    for (const commit of commitsIn(disk, fd, stretch)) {
      foldCommit(fold, commit)
      for (const { entry } of commit.lines) memory.undelivered.push(entry)
      if (commit.opening === undefined) last = commit.lastLine
    }
  } finally {
    if (last !== null) noteLastLine(fold, last)
    memory.foldedBytes += fold.offset - from
  }
}

/** The fold from the state, if it is one of this very history; else an empty one. */
function recallFold(disk: Disk, fd: number, memory: Memory): HistoryFold {
  const state = recallState(disk, memory)
  if (state === null || state.fold === null || !fits(disk, fd, state.fold)) return createFold()
  const { fold, checkpoint, catalogue, page, bytes } = state
  memory.checkpoint = checkpoint
  memory.state = { bytes, catalogue, page }
  memory.owed = { from: checkpoint?.offset ?? 0, to: fold.offset, seq: checkpoint?.seq ?? 0 }
  return fold
}

function recallState(disk: Disk, memory: Memory): ReadState | null {
  try {
    return readStateOrRefuse(disk, memory.files.state)
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error
    memory.stateFailure = error.failure
    return null
  }
}

/** Another history lies there, or none: what was known of the old one is forgotten. */
function startAnew(memory: Memory): HistoryFold {
  memory.undelivered = []
  memory.owed = null
  memory.checkpoint = null
  memory.reconciled = null
  memory.foldedBytes = 0
  return createFold()
}
