import { type Fingerprint, parseFingerprint } from './files/fileIdentity.ts'
import type { FilePlace } from './files/trackedFile.ts'

/** Where a follower is, as plain JSON. Everything before `offset` was handed on; an unfinished line was not. */
export interface FollowPosition extends FilePlace {
  readonly version: 1
  /** Files that were followed before and may still grow a little, oldest first. */
  readonly retired: readonly FilePlace[]
  /** Fingerprints of older files, not to be read again. */
  readonly known: readonly string[]
}

/** A position from a checkpoint that may be damaged; null where it can't be used. */
export function readFollowPosition(value: unknown): FollowPosition | null {
  if (!isFilePlace(value)) return null
  const { version, retired, known } = value as Partial<Record<keyof FollowPosition, unknown>>
  if (version !== 1 || !Array.isArray(retired) || !Array.isArray(known)) return null
  if (!retired.every(isFilePlace) || !known.every((text) => typeof text === 'string')) return null
  return value as FollowPosition
}

/** The fingerprints that can be read. */
export function readFingerprints(texts: readonly string[]): Fingerprint[] {
  return texts.map(parseFingerprint).filter((print) => print !== null)
}

function isFilePlace(value: unknown): value is FilePlace {
  if (typeof value !== 'object' || value === null) return false
  const { file, offset, before, after } = value as Partial<Record<keyof FilePlace, unknown>>
  return (
    typeof file === 'string' &&
    parseFingerprint(file) !== null &&
    Number.isSafeInteger(offset) &&
    (offset as number) >= 0 &&
    typeof before === 'string' &&
    typeof after === 'string'
  )
}
