import { constants, type Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { FeedFound, FeedTail, Place } from '../../domain/inspection/evidence.ts'
import { createBatch, type RecordBatch } from '../../domain/records/records.ts'
import { errnoOf, newline, specialKindOf, throwUnlessErrno } from '../feedFile.ts'
import type { LineParser } from '../lineParser.ts'

/** So much of a feed's end is enough to say how it is: some 600,000 records, read in about a second. */
export const tailBytes = 64 * 1024 * 1024

export interface TailReading {
  readonly file: string
  readonly parser: LineParser
  /** Epoch milliseconds; a stamp more than `toleranceMs` after it is ahead. */
  readonly now: number
  readonly toleranceMs: number
  /** At most so many bytes from the end. */
  readonly bytes: number
}

/** Looks at a feed's last bytes, from the first line that begins in them. Never rejects for what it meets on disk. */
export async function readFeedTail(reading: TailReading): Promise<FeedFound> {
  let handle: FileHandle | null = null
  try {
    handle = await open(reading.file, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = await handle.stat()
    if (!stats.isFile()) return { state: 'not-a-file', found: specialKindOf(stats) }
    return { state: 'read', tail: await readTail(handle, stats, reading) }
  } catch (error) {
    const errno = errnoOf(error)
    return errno === 'ENOENT' ? { state: 'missing' } : { state: 'unreadable', errno }
  } finally {
    await handle?.close()
  }
}

/** The feed and its directory as far as they exist, and who may write them. */
export async function feedPlaces(file: string): Promise<Place[]> {
  const places = [file, dirname(file)].map(async (name): Promise<Place[]> => {
    try {
      const stats = await stat(name)
      return [
        { file: name, what: stats.isDirectory() ? 'directory' : 'file', mode: stats.mode & 0o7777, uid: stats.uid },
      ]
    } catch (error) {
      throwUnlessErrno(error)
      return []
    }
  })
  return (await Promise.all(places)).flat()
}

const blockBytes = 1 << 18

async function readTail(handle: FileHandle, stats: Stats, reading: TailReading): Promise<FeedTail> {
  const { parser, bytes } = reading
  const start = Math.max(0, stats.size - bytes)
  const block = Buffer.allocUnsafe(blockBytes)
  const batch = createBatch(blockBytes / 32)
  const seen = { lastAt: Number.NEGATIVE_INFINITY, ahead: 0, mostMs: 0 }
  let position = start
  let from = start === 0 ? 0 : -1
  while (position < stats.size) {
    const { bytesRead } = await handle.read(block, 0, Math.min(block.length, stats.size - position), position)
    if (bytesRead === 0) break
    const begin = from === -1 ? block.subarray(0, bytesRead).indexOf(newline) + 1 : 0
    if (from === -1 && begin > 0) from = position + begin
    if (from !== -1) parser.parse(block.subarray(begin, bytesRead), batch)
    noteStamps(batch, reading, seen)
    batch.length = 0
    position += bytesRead
  }
  const { lines, skipped, firstSkipped } = parser.counts
  return {
    from: from === -1 ? stats.size : from,
    lines,
    skipped,
    firstSkipped,
    lastAt: Number.isFinite(seen.lastAt) ? seen.lastAt : null,
    ahead: { count: seen.ahead, mostMs: seen.mostMs },
    modifiedAt: Math.floor(stats.mtimeMs),
  }
}

function noteStamps(
  batch: RecordBatch,
  { now, toleranceMs }: TailReading,
  seen: { lastAt: number; ahead: number; mostMs: number },
): void {
  for (let index = 0; index < batch.length; index++) {
    const at = batch.at[index] as number
    if (at - now > toleranceMs) {
      seen.ahead++
      seen.mostMs = Math.max(seen.mostMs, at - now)
    } else seen.lastAt = Math.max(seen.lastAt, at)
  }
}
