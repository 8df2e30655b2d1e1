import type { FeedPosition } from '../../domain/history/history.ts'
import { newline } from '../feedFile.ts'
import type { FileFacts, OpenFile } from '../feedFiles.ts'
import {
  type Fingerprint,
  hashOf,
  isFileOf,
  isSameInode,
  parseFingerprint,
  witnessBytes,
} from '../files/fileIdentity.ts'
import type { FileLines } from '../files/trackedFile.ts'
import type { FeedChunk } from '../follower.ts'

/** A file as far as is needed to tell whether a position is in it. */
export interface Witness {
  readonly facts: Pick<FileFacts, 'device' | 'inode'>
  readonly beginning: Buffer
}

/**
 * Up to which offset of a file its lines are recorded: all of a file from before the one with the position, none
 * of a file after it. `otherwise` decides where the position's file is nowhere to be found.
 */
export function recordedTo(
  recorded: FeedPosition | null,
  files: {
    readonly file: Witness
    readonly later: readonly Witness[]
    readonly known: readonly Fingerprint[]
    readonly otherwise: 'recorded' | 'new'
  },
): number {
  const print = recorded === null ? null : parseFingerprint(recorded.file)
  if (recorded === null || print === null) return 0
  if (isIn(recorded, files.file)) return recorded.offset
  if (files.later.some(({ facts, beginning }) => isFileOf(print, facts, beginning))) return Number.POSITIVE_INFINITY
  if (files.known.some((known) => isSameInode(known, print))) return 0
  return files.otherwise === 'recorded' ? Number.POSITIVE_INFINITY : 0
}

/** Is the recorded position in this file, or in the one that it is a copy of? */
export function isIn(recorded: FeedPosition, { facts, beginning }: Witness): boolean {
  const print = parseFingerprint(recorded.file)
  return print !== null && isFileOf(print, facts, beginning)
}

/** Do the bytes before a recorded position stand there as they were? */
export async function reachesTo({ offset, before }: FeedPosition, open: OpenFile): Promise<boolean> {
  if (before === undefined) return true
  const bytes = Buffer.alloc(Math.min(witnessBytes, offset))
  const length = await open.read(bytes, offset - bytes.length)
  return length === bytes.length && hashOf(bytes) === before
}

/** Lines as one chunk, or as two where the recorded ones end among them. */
export function chunksOf(lines: FileLines, file: string, recordedEnd: number): FeedChunk[] {
  const { bytes, offset, end } = lines
  if (end <= recordedEnd) return [{ bytes, file, offset, end, place: 'recorded' }]
  const isCut = offset < recordedEnd && bytes.length === end - offset
  const cut = isCut ? bytes.lastIndexOf(newline, recordedEnd - offset - 1) + 1 : 0
  if (cut === 0) return [{ bytes, file, offset, end, place: 'new' }]
  return [
    { bytes: bytes.subarray(0, cut), file, offset, end: offset + cut, place: 'recorded' },
    { bytes: bytes.subarray(cut), file, offset: offset + cut, end, place: 'new' },
  ]
}
