import type { HistoryEnd } from '../../domain/history/history.ts'
import { type Disk, openForWriting, openNew } from '../disk/disk.ts'
import { giveNewMode, readFully, requireFile, syncDirectory, writeFully } from '../disk/durableFile.ts'
import { attemptAsync, attemptQuietly, StoreRefusal, unlessMissing } from '../disk/refusal.ts'
import { sha256 } from '../sha256.ts'

/** Takes an append back, as far as the disk still lets it. */
export type Undo = () => Promise<void>

/** Writes lines at the file's end, `offset`, in one write, synced. Where any step fails the file is as it was. */
export async function appendDurably(disk: Disk, file: string, offset: number, bytes: Uint8Array): Promise<Undo> {
  return attemptAsync({ file, action: 'append' }, async () => {
    const { fd, created } = openAtEnd(disk, file, offset)
    const undo = async () => undoAppend(disk, { file, offset, created })
    try {
      writeFully(disk, fd, bytes, offset)
      await disk.fsync(fd)
      if (created) await syncDirectory(disk, file)
      disk.close(fd)
    } catch (error) {
      attemptQuietly(() => disk.close(fd))
      await undo()
      throw error
    }
    return undo
  })
}

/** Under the lock nobody else writes: where the end is elsewhere, it is another file than the one that was read. */
function openAtEnd(disk: Disk, file: string, offset: number): { fd: number; created: boolean } {
  const existing = unlessMissing(() => disk.open(file, openForWriting, 0))
  const created = existing === null
  if (created && offset > 0) throw new StoreRefusal({ code: 'changed-underneath', file })
  const fd = existing ?? disk.open(file, openNew, 0o600)
  try {
    const stat = disk.stat(fd)
    requireFile(file, stat)
    if (stat.size !== offset) throw new StoreRefusal({ code: 'changed-underneath', file })
    if (created) giveNewMode(disk, fd, file)
    return { fd, created }
  } catch (error) {
    attemptQuietly(() => disk.close(fd))
    if (created) attemptQuietly(() => disk.unlink(file))
    throw error
  }
}

/**
 * Puts back the newline that an editor took from the history's last line, if that is the line that was noted when it
 * was written. Answers whether it was.
 */
export async function mendEnd(
  disk: Disk,
  file: string,
  { offset, noted }: { readonly offset: number; readonly noted: HistoryEnd | null },
): Promise<boolean> {
  if (noted === null) return false
  return attemptAsync({ file, action: 'write' }, async () => {
    const fd = disk.open(file, openForWriting, 0)
    try {
      const { size } = disk.stat(fd)
      const tail = Buffer.alloc(size - offset)
      readFully(disk, fd, tail, offset)
      const last = tail.subarray(tail.lastIndexOf(newline) + 1)
      if (sha256(last) !== noted.head) return false
      writeFully(disk, fd, Buffer.of(newline), size)
      await disk.fsync(fd)
      return true
    } finally {
      disk.close(fd)
    }
  })
}

const newline = 0x0a

/** Cuts off what a crash left behind the last whole commit. */
export async function cutTorn(disk: Disk, file: string, offset: number): Promise<void> {
  await attemptAsync({ file, action: 'write' }, async () => {
    const fd = disk.open(file, openForWriting, 0)
    try {
      disk.truncate(fd, offset)
      await disk.fsync(fd)
    } finally {
      disk.close(fd)
    }
  })
}

async function undoAppend(disk: Disk, { file, offset, created }: { file: string; offset: number; created: boolean }) {
  attemptQuietly(() => {
    if (created) return disk.unlink(file)
    const fd = disk.open(file, openForWriting, 0)
    try {
      if (disk.stat(fd).size > offset) disk.truncate(fd, offset)
    } finally {
      disk.close(fd)
    }
  })
}
