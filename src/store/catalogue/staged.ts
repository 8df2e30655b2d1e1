import { basename, dirname, join } from 'node:path'
import type { Disk } from '../disk/disk.ts'
import { isStagedName, readWhole, syncDirectory } from '../disk/durableFile.ts'
import { attempt, attemptQuietly } from '../disk/refusal.ts'
import type { CatalogueMark } from '../history/historyLine.ts'
import type { StoreFiles } from '../port.ts'
import { sha256 } from '../sha256.ts'

/** The history says that the catalogue was changed, and the file is still the old one: a crash, or a commit at work. */
export function isPending(mark: CatalogueMark | null, hash: string | null): mark is CatalogueMark {
  return mark !== null && mark.before !== mark.after && mark.before === hash
}

/** The staged file with these bytes, which a commit under way or a crashed one left; null where there is none. */
export function findStaged(disk: Disk, catalogue: string, hash: string): { file: string; bytes: Buffer } | null {
  for (const file of stagedFiles(disk, catalogue)) {
    let bytes: Buffer | null = null
    // One that another commit just renamed, or that somebody planted, is none of ours.
    attemptQuietly(() => {
      bytes = readWhole(disk, file)?.bytes ?? null
    })
    if (bytes !== null && sha256(bytes) === hash) return { file, bytes }
  }
  return null
}

/** Finishes a commit that a crash cut off between history and catalogue. Only under the lock. */
export async function finishPending(disk: Disk, files: StoreFiles, mark: CatalogueMark): Promise<boolean> {
  const staged = findStaged(disk, files.catalogue, mark.after)
  if (staged === null) return false
  attempt({ file: files.catalogue, action: 'write' }, () => disk.rename(staged.file, files.catalogue))
  await syncDirectory(disk, files.catalogue)
  return true
}

/** Removes what crashed commits left. Only under the lock, for there nobody else stages. */
export function removeStale(disk: Disk, files: StoreFiles): void {
  for (const file of [...stagedFiles(disk, files.catalogue), ...stagedFiles(disk, files.state)]) {
    attemptQuietly(() => disk.unlink(file))
  }
}

/** The files that were staged to become `file` and never did. */
export function stagedFiles(disk: Disk, file: string): string[] {
  const directory = dirname(file)
  const names = attempt({ file: directory, action: 'read' }, () => disk.list(directory))
  return names.filter((name) => isStagedName(name, basename(file))).map((name) => join(directory, name))
}
