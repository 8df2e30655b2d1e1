import type { HistoryEnd } from '../../domain/history/history.ts'
import { type Disk, openForReading } from '../disk/disk.ts'
import { readFully, requireFile } from '../disk/durableFile.ts'
import { unlessMissing } from '../disk/refusal.ts'
import type { HistoryFold } from '../history/historyFile.ts'
import { type CatalogueIdentity, readIdentity } from './catalogueIdentity.ts'
import { readSmall } from './foldText.ts'
import { findKeyed } from './keyedLines.ts'
import { bodyBytes, headBytes, parseHead, quietly, stretchOf } from './stateHead.ts'

/** One operator of a state, and what does not depend on operators. */
export interface Excerpt {
  /** Its maps of stays and roster hold this operator alone. */
  readonly fold: HistoryFold
  readonly catalogue: CatalogueIdentity
  /** Where the history ended when it was written last. */
  readonly noted: HistoryEnd
  /** The state's size. */
  readonly bytes: number
}

/**
 * Reads of a state only what concerns one operator, whatever its size. Null where there is none that says in which
 * catalogue it was made, where it does not know the operator, or where what was read is not as it was written.
 */
export function readExcerpt(disk: Disk, file: string, operator: string): Excerpt | null {
  return quietly(() => {
    const fd = unlessMissing(() => disk.open(file, openForReading, 0))
    if (fd === null) return null
    try {
      const stat = disk.stat(fd)
      requireFile(file, stat)
      const excerpt = excerptOf(disk, fd, operator)
      return excerpt && { ...excerpt, bytes: stat.size }
    } finally {
      disk.close(fd)
    }
  })
}

function excerptOf(disk: Disk, fd: number, operator: string): Omit<Excerpt, 'bytes'> | null {
  const read = (position: number, length: number) => {
    const bytes = Buffer.allocUnsafe(length)
    return bytes.subarray(0, readFully(disk, fd, bytes, position))
  }
  const head = parseHead(read(0, headBytes))
  if (head === null) return null
  const readTwice = (position: number, length: number) => {
    const once = read(position, length)
    return once.equals(read(position + bodyBytes(head), length)) ? once : nothing
  }
  const { from, to: middle } = stretchOf(head, 'small')
  const { to } = stretchOf(head, 'catalogue')
  const bytes = readTwice(from, to - from)
  if (bytes === nothing) return null
  const fold = readSmall(bytes.toString('utf8', 0, middle - from))
  const catalogue = readIdentity(bytes.toString('utf8', middle - from))
  if (fold === null || catalogue === null) return null
  const reading =
    head.sha256 === null ? ({ kind: 'bare', read: readTwice } as const) : ({ kind: 'checked', read } as const)
  for (const name of ['stays', 'roster'] as const) {
    const found = findKeyed({ ...stretchOf(head, name), ...reading }, operator)
    if (found === null) return null
    fold.recorded[name].set(operator, found.value as never)
  }
  return { fold, catalogue, noted: head }
}

const nothing = Buffer.alloc(0)
