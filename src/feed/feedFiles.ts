import { type BigIntStats, constants } from 'node:fs'
import { open, readdir, realpath, stat } from 'node:fs/promises'
import type { SpecialKind } from '../domain/failure.ts'
import { errnoOf, specialKindOf } from './feedFile.ts'

/** What can be told of a file without reading it. */
export interface FileFacts {
  readonly kind: 'file' | SpecialKind
  readonly device: string
  readonly inode: string
  readonly size: number
  /** Names that the file has; 0: it was removed and lives on for those who have it open. */
  readonly links: number
  /** Its last write, epoch milliseconds. */
  readonly modifiedAt: number
}

/** A file held open for reading: the same one whatever happens to its name. */
export interface OpenFile {
  facts(): Promise<FileFacts>
  /** Fills `into` from `position`, as far as there are bytes; answers how many there were. */
  read(into: Buffer, position: number): Promise<number>
  close(): Promise<void>
}

/** The file system as the follower sees it. Everything rejects with an error that has an errno as its `code`. */
export interface FeedFiles {
  /** Follows symlinks. */
  facts(file: string): Promise<FileFacts>
  /** Follows symlinks, never waits for a writer. */
  open(file: string): Promise<OpenFile>
  /** The names in a directory. */
  list(directory: string): Promise<readonly string[]>
  /** The file behind symlinks. */
  resolve(file: string): Promise<string>
}

export const realFiles: FeedFiles = {
  facts: async (file) => factsOf(await stat(file, { bigint: true })),
  open: async (file) => {
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
    return {
      facts: async () => factsOf(await handle.stat({ bigint: true })),
      read: async (into, position) => {
        let length = 0
        while (length < into.length) {
          const { bytesRead } = await handle.read(into, length, into.length - length, position + length)
          if (bytesRead === 0) break
          length += bytesRead
        }
        return length
      },
      close: () => handle.close(),
    }
  },
  list: (directory) => readdir(directory),
  resolve: (file) => realpath(file),
}

/** Null where it is not there any more. Rejects with any other errno: it may be read at the next look. */
export async function openIfThere(files: FeedFiles, file: string): Promise<OpenFile | null> {
  try {
    return await files.open(file)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return null
    throw error
  }
}

/** Closing a file that was only read can't lose anything. */
export async function closeQuietly(open: OpenFile): Promise<void> {
  await open.close().catch(() => undefined)
}

function factsOf(stats: BigIntStats): FileFacts {
  return {
    kind: stats.isFile() ? 'file' : specialKindOf(stats),
    device: String(stats.dev),
    inode: String(stats.ino),
    size: Number(stats.size),
    links: Number(stats.nlink),
    modifiedAt: Number(stats.mtimeMs),
  }
}
