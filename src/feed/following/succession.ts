import type { FeedFiles } from '../feedFiles.ts'
import { type FeedFile, isUntouched } from '../files/feedName.ts'
import { type Fingerprint, isSameInode, parseFingerprint } from '../files/fileIdentity.ts'
import { inOrderOfRotation, isOlderByName } from '../files/rotation.ts'
import {
  areUnmoved,
  createKnownTest,
  firstLines,
  isSameBeginning,
  listSiblings,
  type Sibling,
  type Siblings,
  withoutCopies,
} from '../files/siblings.ts'
import { type FilePlace, resumeAt, type TrackedFile } from '../files/trackedFile.ts'
import { findRest } from './findRest.ts'
import type { Unreadable } from './unreadable.ts'

/** What a follower knows of the files at and beside the feed's name. */
interface Known {
  /** The followed file's place; null: nothing was followed before. */
  readonly place: FilePlace | null
  /** `sure`: nothing can have come and gone before the followed file's first lines were read. */
  readonly beginning: 'sure' | 'unsure'
  /** Null: there is none at present. */
  readonly feed: FeedFile | null
  /** Older files. */
  readonly known: readonly Fingerprint[]
  readonly retired: readonly TrackedFile[]
}

/** What is to be read after, or instead of, the file that was followed. */
export interface Succession {
  /** The followed file at its place, where it is still the feed's own. */
  readonly same: TrackedFile | null
  /** The followed file at its place, wherever it is now; null: it is gone, or there was none. */
  readonly rest: TrackedFile | null
  /** Files that came and went since, oldest first. */
  readonly between: readonly Sibling[]
  /** Files from before the followed one that nobody knew of. */
  readonly older: readonly Sibling[]
  readonly unreadable: Siblings['unreadable']
  /** `given-up`: what comes next may be among the unreadable files. */
  readonly waiting: ReturnType<Unreadable['waitFor']>
}

export interface Seeking extends Known {
  readonly held: TrackedFile | null
  readonly unreadable: Unreadable
}

/** What takes the followed file's place at the feed's name; `changed`: files were renamed meanwhile, look again. */
export async function findSuccession(
  files: FeedFiles,
  name: string,
  seeking: Seeking,
): Promise<Succession | 'changed'> {
  const { place, held, feed, unreadable } = seeking
  const same = place === null || feed === null ? null : await resumeAt(place, feed.open)
  // Listed only now: what was copied before the feed was emptied lies there.
  const siblings = await listSiblings(files, name)
  if (feed !== null && !(await isUntouched(files, name, feed))) return 'changed'
  const waiting = same === null ? unreadable.waitFor(siblings.unreadable) : 'all-read'
  const rest = same ?? (place === null ? null : await findRest(files, siblings.found, { place, held }))
  // Before the rest is given up for lost: it may have been renamed just now.
  if (place !== null && rest === null && !(await areUnmoved(files, name, siblings))) return 'changed'
  return { same, rest, waiting, unreadable: siblings.unreadable, ...filesBetween(siblings.found, rest, seeking) }
}

/**
 * The files that came to the feed's name and left it again since the place was taken, oldest first: those that are
 * neither known from before, nor the followed file, nor the feed's present one, nor copies of them. `older`: files
 * that were not known, but whose names say that they are from before the followed one.
 */
function filesBetween(
  siblings: readonly Sibling[],
  rest: TrackedFile | null,
  { place, feed, known, retired, beginning }: Known,
): Pick<Succession, 'between' | 'older'> {
  const print = place === null ? null : parseFingerprint(place.file)
  const isKnown = createKnownTest(print === null ? known : [...known, print])
  const held = rest === null ? retired : [...retired, rest]
  const isTaken = ({ facts }: Sibling) =>
    (feed !== null && isSameInode(facts, feed.facts)) || held.some((file) => isSameInode(facts, file))
  const predecessor =
    rest === null || beginning === 'unsure' ? undefined : siblings.find(({ facts }) => isSameInode(facts, rest))
  const between: Sibling[] = []
  const older: Sibling[] = []
  for (const sibling of inOrderOfRotation(withoutCopies(siblings))) {
    const lines = firstLines(sibling.beginning)
    const originals = [...held, ...between, ...(feed === null ? [] : [feed])]
    if (isTaken(sibling) || isKnown(sibling)) continue
    if (originals.some((original) => isSameBeginning(firstLines(original.beginning), lines))) continue
    if (predecessor !== undefined && isOlderByName(sibling, predecessor)) older.push(sibling)
    else between.push(sibling)
  }
  return { between, older }
}
