import { type FeedFiles, openIfThere } from '../feedFiles.ts'
import { isFileOf, isSameInode, parseFingerprint } from '../files/fileIdentity.ts'
import type { Sibling } from '../files/siblings.ts'
import { type FilePlace, resumeAt, type TrackedFile } from '../files/trackedFile.ts'

/** What was followed, and what is known of it. */
export interface Predecessor {
  readonly place: FilePlace
  /** Still open from before, or null after a restart. */
  readonly held: TrackedFile | null
}

/** The file that a place was in, wherever it is now: open still, renamed, or copied before it was truncated. */
export async function findRest(
  files: FeedFiles,
  siblings: readonly Sibling[],
  { place, held }: Predecessor,
): Promise<TrackedFile | null> {
  const stillHeld = held === null ? null : await resumeAt(place, held.open)
  if (stillHeld !== null) return stillHeld
  const print = parseFingerprint(place.file)
  if (print === null) return null
  const candidates = siblings.filter(({ facts, beginning }) => isFileOf(print, facts, beginning))
  // A copy is never longer than what it was made of; where it is as long, the original may still grow.
  const originalFirst = candidates.toSorted(
    (one, other) =>
      other.facts.size - one.facts.size ||
      Number(isSameInode(print, other.facts)) - Number(isSameInode(print, one.facts)),
  )
  for (const { file } of originalFirst) {
    const open = await openIfThere(files, file)
    const rest = open === null ? null : await resumeAt(place, open)
    if (rest !== null) return rest
    await open?.close()
  }
  return null
}
