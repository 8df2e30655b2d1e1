import type { Failure } from '../../domain/failure.ts'
import type { RecordBatch } from '../../domain/records/records.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { errnoOf } from '../feedFile.ts'
import { type FeedFiles, type OpenFile, realFiles } from '../feedFiles.ts'
import { type FeedName, openFeedName } from '../files/feedName.ts'
import { findRotatedFiles, openRotatedFile } from '../files/rotatedFiles.ts'
import type { LineCounts, LineParser } from '../lineParser.ts'
import { blocksOf } from './blocks.ts'
import { type ReadingPace, readFeed } from './wholeFeed.ts'

export interface KeptReading {
  readonly file: string
  /** For each file a new one: lines are counted from the file's beginning. */
  readonly createParser: () => LineParser
  /** Takes the records read so far; the batch is emptied and used again afterwards. */
  readonly onBatch: (batch: RecordBatch) => void | Promise<void>
  readonly files?: FeedFiles
  readonly pace?: ReadingPace
}

export interface KeptFeed {
  /** What was read, in this order: rotated files, oldest first, then the feed itself where there is one. */
  readonly parts: readonly { readonly file: string; readonly counts: LineCounts }[]
  /** Is there a file at the feed's name? */
  readonly isThere: boolean
  /** Rotated files that were compressed. */
  readonly compressed: readonly string[]
  readonly unreadable: readonly { readonly file: string; readonly errno: string }[]
}

/**
 * Reads a feed as far as it is kept: what rotation left beside it, uncompressed, then the feed itself, whatever is
 * renamed meanwhile. Refuses a feed that can't be read (`file`) or is no file (`not-a-file`); a missing one may have
 * been rotated away.
 */
export async function readKeptFeed(reading: KeptReading): Promise<Result<KeptFeed, Failure>> {
  const files = reading.files ?? realFiles
  // Opened before the others are looked for: rotated from now on, it is still read, and once.
  const present = await openFeedName(files, reading.file, null)
  const refusal = refusalOf(present, reading.file)
  if (refusal !== null) return refusal
  const feed = present.is === 'file' ? present.feed : null
  try {
    const rotated = await findRotatedFiles(files, reading.file, feed)
    const unreadable = [...rotated.unreadable]
    const parts: { file: string; counts: LineCounts }[] = []
    const sizes = [...rotated.readable.map(({ facts }) => facts.size), feed?.facts.size ?? 0]
    reading.pace?.expect(sizes.reduce((sum, size) => sum + size, 0))
    let bytesBefore = 0
    const read = async (open: OpenFile, file: string): Promise<Result<unknown, Failure>> => {
      const parser = reading.createParser()
      let bytesRead = 0
      const pace: ReadingPace = {
        expect: () => undefined,
        at(bytes) {
          bytesRead = bytes
          return reading.pace?.at(bytesBefore + bytes)
        },
      }
      const source = { bytes: blocksOf(open), name: file }
      const done = await readFeed({ source, parser, onBatch: reading.onBatch, pace })
      bytesBefore += bytesRead
      parts.push({ file, counts: parser.counts })
      return done
    }
    for (const sibling of rotated.readable) {
      const open = await openOrErrno(() => openRotatedFile(files, reading.file, sibling))
      if ('errno' in open) unreadable.push({ file: sibling.file, errno: open.errno })
      else {
        const done = await closing(open, () => read(open, sibling.file))
        if (!done.ok) return done
      }
    }
    const done = feed === null ? ok(null) : await read(feed.open, reading.file)
    return done.ok ? ok({ parts, isThere: feed !== null, compressed: rotated.compressed, unreadable }) : done
  } finally {
    await feed?.open.close()
  }
}

function refusalOf(present: FeedName, file: string): Result<never, Failure> | null {
  if (present.is === 'refused') return refuse({ code: 'not-a-file', file, found: present.found })
  if (present.is !== 'unreadable') return null
  return refuse({ code: 'file', file, action: 'read', errno: present.errno, hint: null })
}

/** A file that is gone since it was found is told by the errno of that. */
async function openOrErrno(open: () => Promise<OpenFile | null>): Promise<OpenFile | { readonly errno: string }> {
  try {
    return (await open()) ?? { errno: 'ENOENT' }
  } catch (error) {
    return { errno: errnoOf(error) }
  }
}

async function closing<Value>(open: OpenFile, use: () => Promise<Value>): Promise<Value> {
  try {
    return await use()
  } finally {
    await open.close()
  }
}
