import { dirname } from 'node:path'
import type { FileAction } from '../../domain/failure.ts'
import { type Disk, type FileStat, openDirectory, openForReading, openNew } from './disk.ts'
import { attempt, attemptAsync, attemptQuietly, errnoError, errnoOf, StoreRefusal, unlessMissing } from './refusal.ts'

export interface ReadFile {
  readonly bytes: Buffer
  readonly stat: FileStat
}

/** A regular file's bytes and the stat they belong to; null where there is none. Refuses anything but a file. */
export function readWhole(disk: Disk, file: string): ReadFile | null {
  return attempt({ file, action: 'read' }, () => {
    const named = unlessMissing(() => disk.statName(file))
    if (named === null) return null
    requireFile(file, named)
    const fd = unlessMissing(() => disk.open(file, openForReading, 0))
    if (fd === null) return null
    try {
      return readStable(disk, fd, file)
    } finally {
      disk.close(fd)
    }
  })
}

/** Refuses a directory, FIFO, socket or device. */
export function requireFile(file: string, { kind }: FileStat): void {
  if (kind === 'file') return
  if (kind === 'link') throw errnoError('ELOOP')
  throw new StoreRefusal({ code: 'not-a-file', file, found: kind })
}

/** Fills `into` from `position` on; the bytes read are fewer only at the file's end. */
export function readFully(disk: Disk, fd: number, into: Uint8Array, position: number): number {
  let done = 0
  while (done < into.length) {
    const count = disk.read(fd, into, { offset: done, length: into.length - done, position: position + done })
    if (count === 0) break
    done += count
  }
  return done
}

/** Writes every byte: a short write is gone on with, a write of nothing is an error. */
export function writeFully(disk: Disk, fd: number, bytes: Uint8Array, position: number): void {
  let done = 0
  while (done < bytes.length) {
    const count = disk.write(fd, bytes, { offset: done, length: bytes.length - done, position: position + done })
    if (count <= 0) throw errnoError('EIO')
    done += count
  }
}

export interface NewFile {
  readonly file: string
  /** The name for a refusal: that of the file which this one is to become. */
  readonly named: string
  readonly bytes: Uint8Array
  /** The file whose mode, owner and group are kept; null: those of a new one. */
  readonly like: FileStat | null
  readonly action: FileAction
}

/** Creates a file that must not exist, all bytes written and synced; nothing is left of it where that fails. */
export async function createDurably(disk: Disk, { file, named, bytes, like, action }: NewFile): Promise<void> {
  await attemptAsync({ file: named, action }, async () => {
    const fd = disk.open(file, openNew, 0o600)
    try {
      if (like === null) giveNewMode(disk, fd, file)
      else keepMode(disk, fd, like)
      writeFully(disk, fd, bytes, 0)
      // Deliberately never retried: after a failed sync the system may have dropped the bytes and then says "done".
      await disk.fsync(fd)
      disk.close(fd)
    } catch (error) {
      attemptQuietly(() => disk.close(fd))
      attemptQuietly(() => disk.unlink(file))
      throw error
    }
  })
}

/** A name that nobody could plant a link at, for a file that will be renamed to `file`. */
export function stagedName(file: string): string {
  return `${file}.${process.getBuiltinModule('node:crypto').randomBytes(8).toString('hex')}.tmp`
}

/** Is `name` one that `stagedName` makes for the file called `base` in the same directory? */
export function isStagedName(name: string, base: string): boolean {
  return name.startsWith(`${base}.`) && /^\.[0-9a-f]{16}\.tmp$/.test(name.slice(base.length))
}

/** Makes names in the file's directory durable. File systems that can't sync a directory are taken at their word. */
export async function syncDirectory(disk: Disk, file: string): Promise<void> {
  await attemptAsync({ file, action: 'write' }, async () => {
    const fd = disk.open(dirname(file), openDirectory, 0)
    try {
      await disk.fsync(fd)
    } catch (error) {
      if (!['EINVAL', 'ENOTSUP'].includes(errnoOf(error))) throw error
    } finally {
      disk.close(fd)
    }
  })
}

/**
 * New files are 0640 whatever the umask, 0660 with the directory's group where the directory is setgid and
 * group-writable (contract §8).
 */
export function giveNewMode(disk: Disk, fd: number, file: string): void {
  const directory = disk.statName(disk.realpath(dirname(file)))
  const shared = (directory.mode & 0o2000) !== 0 && (directory.mode & 0o020) !== 0
  if (shared && disk.stat(fd).gid !== directory.gid) disk.chown(fd, { uid: disk.stat(fd).uid, gid: directory.gid })
  disk.chmod(fd, shared ? 0o660 : 0o640)
}

/** Mode and group are kept, the owner where the system allows it. Another group never gets the old group's rights. */
function keepMode(disk: Disk, fd: number, like: FileStat): void {
  const { uid, gid } = disk.stat(fd)
  const keepsGroup =
    (uid === like.uid && gid === like.gid) ||
    tryChown(disk, fd, like) ||
    gid === like.gid ||
    tryChown(disk, fd, { uid, gid: like.gid })
  disk.chmod(fd, keepsGroup ? like.mode : (like.mode & ~0o2070) | ((like.mode & 0o007) << 3))
}

function tryChown(disk: Disk, fd: number, owner: { readonly uid: number; readonly gid: number }): boolean {
  try {
    disk.chown(fd, owner)
    return true
  } catch (error) {
    if (errnoOf(error) === 'EPERM') return false
    throw error
  }
}

/** Reads again where an editor wrote into the file meanwhile, a few times. */
function readStable(disk: Disk, fd: number, file: string): ReadFile {
  let stat = disk.stat(fd)
  requireFile(file, stat)
  for (let round = 0; ; round += 1) {
    const bytes = Buffer.allocUnsafe(stat.size)
    const count = readFully(disk, fd, bytes, 0)
    const after = disk.stat(fd)
    const calm = count === stat.size && after.size === stat.size && after.mtimeNs === stat.mtimeNs
    if (calm || round === 3) return { bytes: bytes.subarray(0, count), stat: after }
    stat = after
  }
}
