import { type Adapter, Low } from 'lowdb'
import type { Clock } from '../domain/clock.ts'
import { type Disk, type FileStat, isSameStat } from './disk/disk.ts'
import { createDurably, readWhole, stagedName, syncDirectory } from './disk/durableFile.ts'
import { attempt, attemptQuietly, StoreRefusal, unlessMissing } from './disk/refusal.ts'
import type { Undo } from './history/appendHistory.ts'
import { sha256 } from './sha256.ts'

/** The catalogue's file as it was read, or as it is to be written. */
export interface CatalogueSheet {
  /** SHA-256 in hex, worked out when it is first asked for; null where there is no file. */
  readonly hash: string | null
  /** Null where there is no file, or none yet. */
  readonly stat: FileStat | null
  /** Null where there is no file, or where they were let go. */
  readonly bytes: Buffer | null
  /**
   * A stat that does not change says that the bytes don't, unless the file was so young when it was read that another
   * write could have fallen into the same tick of the file system's clock.
   */
  readonly settled: boolean
  /** Takes the hash from who has noted it of these very bytes. */
  knowHash(hash: string): void
  /** Forgets the bytes, if they are many. */
  letGo(): void
}

/** A catalogue of more bytes than this is large: it is read only where it changed, and not kept. */
export const largeBytes = 1 << 16

export interface CatalogueFile {
  /** The file as it is now. */
  read(): Promise<CatalogueSheet>
  /** What was read last, or written since. */
  readonly sheet: CatalogueSheet
  /** Does the very file that was read last still lie there? */
  isStill(): boolean
  /** The bytes that were read last, from the file again where they were let go. */
  bytes(): Buffer
  /**
   * Puts new bytes in the place of those read last, durably. `record` writes the history between the staging and the
   * renaming. Refuses with `changed-underneath` where the file is no longer the one that was read. Where anything
   * fails the file and the history are as before.
   */
  replace(next: NewBytes, record: () => Promise<Undo>): Promise<void>
  /** Forgets many bytes before the next call: a watcher would carry them for nothing. */
  letGo(): void
  /** Nothing is asked of it any more. */
  close(): void
}

export interface NewBytes {
  readonly bytes: Buffer
  /** Their SHA-256 in hex. */
  readonly hash: string
}

export const missingSheet: CatalogueSheet = {
  hash: null,
  stat: null,
  bytes: null,
  settled: false,
  knowHash: () => undefined,
  letGo: () => undefined,
}

/** lowdb's `Low` over an adapter that loses nothing (docs/decisions.md): one for each file. */
export function openCatalogue({ disk, clock, file }: { disk: Disk; clock: Clock; file: string }): CatalogueFile {
  let record: () => Promise<Undo> = async () => async () => undefined
  const adapter: Adapter<CatalogueSheet> = {
    // Null means to lowdb: keep what you have.
    read: async () => {
      const known = low.data.settled && low.data.stat !== null && hasStat(disk, file, low.data.stat)
      return known ? null : readSheet(disk, clock, file)
    },
    write: async (next) => replaceFile({ disk, file, previous, next, record }),
  }
  const low = new Low(adapter, missingSheet)
  let previous = missingSheet
  let isLetGo = false
  // Not before the next call: the last one of a process would work out a hash that nobody asks for.
  const dropBytes = () => {
    if (isLetGo) low.data.letGo()
    isLetGo = false
  }
  const bytes = () => low.data.bytes ?? rereadBytes(disk, file, low.data)
  return {
    read: async () => {
      dropBytes()
      await low.read()
      return low.data
    },
    get sheet() {
      return low.data
    },
    isStill: () => hasStat(disk, file, low.data.stat),
    bytes,
    replace: async ({ bytes: next, hash }, recordHistory) => {
      const { hash: old, stat, settled } = low.data
      previous = old === null ? missingSheet : sheetOf({ stat, settled, bytes: bytes(), hash: old })
      record = recordHistory
      low.data = sheetOf({ stat: null, settled: false, bytes: next, hash })
      try {
        await low.write()
      } catch (error) {
        low.data = previous
        throw error
      }
    },
    letGo: () => {
      isLetGo = true
    },
    close: () => {
      if (low.data.bytes !== null) giveBack(low.data.bytes)
      low.data = missingSheet
    },
  }
}

/** From so many bytes on they are worth giving back. */
const hugeBytes = 1 << 22

/** Gives the room back. The garbage collector would come by for it when the heap has grown, which may be never. */
function giveBack({ buffer, length }: Buffer): void {
  if (length >= hugeBytes) structuredClone(buffer, { transfer: [buffer as ArrayBuffer] })
}

const settlingMs = 2000

function hasStat(disk: Disk, file: string, known: FileStat | null): boolean {
  const stat = attempt({ file, action: 'read' }, () => unlessMissing(() => disk.statName(file)))
  return stat === null || known === null ? stat === known : isSameStat(stat, known)
}

function readSheet(disk: Disk, clock: Clock, file: string): CatalogueSheet {
  const read = readWhole(disk, file)
  if (read === null) return missingSheet
  const youngest = BigInt(Math.round(clock.now()) - settlingMs) * 1_000_000n
  const settled = read.stat.mtimeNs < youngest && read.stat.ctimeNs < youngest
  return sheetOf({ ...read, settled, hash: null })
}

/** The hash is null where it is not known yet. */
export function sheetOf(read: {
  readonly stat: FileStat | null
  readonly settled: boolean
  readonly bytes: Buffer
  readonly hash: string | null
}): CatalogueSheet {
  let { hash } = read
  let bytes: Buffer | null = read.bytes
  const hashOf = () => {
    hash ??= sha256(bytes as Buffer)
    return hash
  }
  return {
    stat: read.stat,
    settled: read.settled,
    get bytes() {
      return bytes
    },
    get hash() {
      return hashOf()
    },
    knowHash(noted) {
      hash ??= noted
    },
    letGo() {
      if (bytes === null || bytes.length <= largeBytes) return
      hashOf()
      bytes = null
    },
  }
}

function rereadBytes(disk: Disk, file: string, known: CatalogueSheet): Buffer {
  const bytes = readWhole(disk, file)?.bytes
  if (bytes === undefined || sha256(bytes) !== known.hash) throw new StoreRefusal({ code: 'changed-underneath', file })
  return bytes
}

interface Replacement {
  readonly disk: Disk
  readonly file: string
  readonly previous: CatalogueSheet
  readonly next: CatalogueSheet
  readonly record: () => Promise<Undo>
}

async function replaceFile({ disk, file, previous, next, record }: Replacement): Promise<void> {
  if (next.bytes === null) return
  const staged = stagedName(file)
  const like = previous.stat
  await createDurably(disk, { file: staged, named: file, bytes: next.bytes, like, action: 'write' })
  try {
    requireSameStat(disk, file, previous)
    const undo = await record()
    try {
      requireSameBytes(disk, file, previous)
      attempt({ file, action: 'write' }, () => disk.rename(staged, file))
    } catch (error) {
      await undo()
      throw error
    }
    await syncOrPutBack({ disk, file, previous, undo })
  } catch (error) {
    attemptQuietly(() => disk.unlink(staged))
    throw error
  }
}

/** The new name is there but may not last: the old content comes back, and only then the history loses its entries. */
async function syncOrPutBack(done: { disk: Disk; file: string; previous: CatalogueSheet; undo: Undo }): Promise<void> {
  const { disk, file, previous, undo } = done
  try {
    await syncDirectory(disk, file)
  } catch (error) {
    await putBack(disk, file, previous)
    await undo()
    throw error
  }
}

async function putBack(disk: Disk, file: string, { bytes, stat }: CatalogueSheet): Promise<void> {
  if (bytes === null) return attempt({ file, action: 'write' }, () => disk.unlink(file))
  const staged = stagedName(file)
  await createDurably(disk, { file: staged, named: file, bytes, like: stat, action: 'write' })
  attempt({ file, action: 'write' }, () => disk.rename(staged, file))
}

function requireSameStat(disk: Disk, file: string, previous: CatalogueSheet): void {
  if (!hasStat(disk, file, previous.stat)) throw new StoreRefusal({ code: 'changed-underneath', file })
}

/** An editor takes no lock: what lies there must be, byte for byte, what the change was made from (contract §8). */
function requireSameBytes(disk: Disk, file: string, previous: CatalogueSheet): void {
  requireSameStat(disk, file, previous)
  if (previous.bytes === null) return
  const now = readWhole(disk, file)?.bytes
  if (now === undefined || !now.equals(previous.bytes)) throw new StoreRefusal({ code: 'changed-underneath', file })
}
