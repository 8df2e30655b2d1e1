import { type FeedFiles, openIfThere } from '../feedFiles.ts'
import type { FeedFile } from '../files/feedName.ts'
import { type Fingerprint, isFileOf, isSameInode, parseFingerprint } from '../files/fileIdentity.ts'
import { inOrderOfRotation, isOlderByName } from '../files/rotation.ts'
import { createKnownTest, firstLines, isSameBeginning, type Sibling } from '../files/siblings.ts'
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
  const sameInodeFirst = candidates.toSorted(
    (one, other) => Number(isSameInode(print, other.facts)) - Number(isSameInode(print, one.facts)),
  )
  for (const { file } of sameInodeFirst) {
    const open = await openIfThere(files, file)
    const rest = open === null ? null : await resumeAt(place, open)
    if (rest !== null) return rest
    await open?.close()
  }
  return null
}

/**
 * The files that came to the feed's name and left it again since the place was taken, oldest first: those that are
 * neither known from before, nor the followed file, nor the feed's present one, nor copies of them. `older`: files
 * that were not known, but whose names say that they are from before the followed one.
 */
export function filesBetween(options: {
  readonly siblings: readonly Sibling[]
  /** The followed file's place; null: nothing was followed before. */
  readonly place: FilePlace | null
  readonly rest: TrackedFile | null
  readonly feed: FeedFile | null
  readonly known: readonly Fingerprint[]
  readonly retired: readonly TrackedFile[]
  /** Nothing can have come and gone before the followed file's first lines were read. */
  readonly trustNames: boolean
}): { readonly between: readonly Sibling[]; readonly older: readonly Sibling[] } {
  const { siblings, rest, feed, known, retired } = options
  const print = options.place === null ? null : parseFingerprint(options.place.file)
  const isKnown = createKnownTest(print === null ? known : [...known, print])
  const held = rest === null ? retired : [...retired, rest]
  const isTaken = ({ facts }: Sibling) =>
    (feed !== null && isSameInode(facts, feed.facts)) || held.some((file) => isSameInode(facts, file))
  const predecessor =
    rest === null || !options.trustNames ? undefined : siblings.find(({ facts }) => isSameInode(facts, rest))
  const between: Sibling[] = []
  const older: Sibling[] = []
  for (const sibling of inOrderOfRotation(siblings)) {
    const lines = firstLines(sibling.beginning)
    const originals = [...held, ...between, ...(feed === null ? [] : [feed])]
    if (isTaken(sibling) || isKnown(sibling)) continue
    if (originals.some(({ beginning }) => isSameBeginning(firstLines(beginning), lines))) continue
    if (predecessor !== undefined && isOlderByName(sibling, predecessor)) older.push(sibling)
    else between.push(sibling)
  }
  return { between, older }
}
