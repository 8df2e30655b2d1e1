import { basename, dirname, join, resolve } from 'node:path'
import type { Disk } from './disk/disk.ts'
import { attempt, attemptQuietly, unlessMissing } from './disk/refusal.ts'
import type { StoreFiles } from './port.ts'

const longestChain = 40

/**
 * The names of a store's files (contract §1): beside the real file, named after it without `.json`. A symbolic link
 * to a file that does not exist yet is followed too, so that `init` creates what it points to.
 */
export function storeFiles(disk: Disk, file: string): StoreFiles {
  return filesBeside(attempt({ file, action: 'read' }, () => realName(disk, resolve(file), 0)))
}

/** The same for messages: where the links lead nowhere, the names beside the link itself. */
export function plainStoreFiles(disk: Disk, file: string): StoreFiles {
  let files = filesBeside(resolve(file))
  attemptQuietly(() => {
    files = storeFiles(disk, file)
  })
  return files
}

function filesBeside(catalogue: string): StoreFiles {
  const base = catalogue.replace(/\.json$/i, '')
  return {
    catalogue,
    history: `${base}.history.jsonl`,
    state: `${base}.state.json`,
    lock: `${base}.lock`,
    watchLock: `${base}.watch.lock`,
  }
}

function realName(disk: Disk, file: string, links: number): string {
  const real = unlessMissing(() => disk.realpath(file))
  if (real !== null) return real
  const directory = unlessMissing(() => disk.realpath(dirname(file)))
  if (directory === null) return file
  const named = join(directory, basename(file))
  const stat = unlessMissing(() => disk.statName(named))
  if (stat?.kind !== 'link' || links === longestChain) return named
  return realName(disk, resolve(directory, disk.readlink(named)), links + 1)
}
