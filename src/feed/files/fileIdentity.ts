import { createHash } from 'node:crypto'
import type { FileFacts } from '../feedFiles.ts'

/** So many bytes of a file's beginning, and before a place in it, tell it from others. */
export const witnessBytes = 1024

/**
 * Which file it is. The inode alone does not say: a removed file's number is given to the next one, and a file that
 * was copied and truncated keeps its own. So what counts is the beginning, which in an appended file never changes.
 */
export interface Fingerprint {
  readonly device: string
  readonly inode: string
  /** How many bytes of the beginning were hashed, whole lines of at most 1 KiB; 0: nothing of it is known yet. */
  readonly length: number
  readonly hash: string
}

/** Of a file whose first lines are `beginning`; of more than 1 KiB the first KiB counts. */
export function fingerprintOf(file: Pick<FileFacts, 'device' | 'inode'>, beginning: Buffer): Fingerprint {
  const known = beginning.subarray(0, witnessBytes)
  return { device: file.device, inode: file.inode, length: known.length, hash: hashOf(known) }
}

/** `device-inode-length-hash`, as histories and checkpoints keep it. */
export function formatFingerprint(print: Fingerprint): string {
  return `${print.device}-${print.inode}-${print.length}-${print.hash}`
}

/** Null where the text is no fingerprint. */
export function parseFingerprint(text: string): Fingerprint | null {
  const match = /^(\d{1,20})-(\d{1,20})-(\d{1,4})-([0-9a-f]{32})?$/.exec(text)
  if (match === null || Number(match[3]) > witnessBytes) return null
  return { device: match[1] as string, inode: match[2] as string, length: Number(match[3]), hash: match[4] ?? '' }
}

/** Can two fingerprints, as texts, be of one file that grew? */
export function isOneFile(one: string, other: string): boolean {
  const [print, grown] = [parseFingerprint(one), parseFingerprint(other)]
  return print === null || grown === null ? one === other : isSameInode(print, grown)
}

/** Is this the file that begins so? Without a known beginning the inode has to do. */
export function isFileOf(print: Fingerprint, file: Pick<FileFacts, 'device' | 'inode'>, beginning: Buffer): boolean {
  return print.length === 0 ? isSameInode(print, file) : isBeginningOf(print, beginning)
}

/** Does a file with this beginning begin as the fingerprint says? Never without a known beginning. */
export function isBeginningOf(print: Fingerprint, beginning: Buffer): boolean {
  const { length, hash } = print
  return length > 0 && beginning.length >= length && hashOf(beginning.subarray(0, length)) === hash
}

export function isSameInode(
  one: Pick<FileFacts, 'device' | 'inode'>,
  other: Pick<FileFacts, 'device' | 'inode'>,
): boolean {
  return one.inode === other.inode && one.device === other.device
}

/** Half of the bytes' SHA-256, in hex; of no bytes an empty text. */
export function hashOf(bytes: Buffer): string {
  return bytes.length === 0 ? '' : createHash('sha256').update(bytes).digest('hex').slice(0, 32)
}
