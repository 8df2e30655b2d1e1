import type { FeedPosition } from '../../domain/history/history.ts'
import type { FeedFiles } from '../feedFiles.ts'
import type { FeedFile } from '../files/feedName.ts'
import { type Fingerprint, isFileOf, isSameInode, parseFingerprint } from '../files/fileIdentity.ts'
import { inOrderOfRotation } from '../files/rotation.ts'
import { listSiblings, printOfSibling, type Sibling, type Siblings, withoutCopies } from '../files/siblings.ts'

/** Where a follower without a position begins. */
export interface Beginning {
  /** Files from before: they are not read. */
  readonly known: readonly Fingerprint[]
  /** The rotated file with the recorded position, to be read before the feed; null: the feed itself is the first. */
  readonly start: Sibling | null
  /** Is there something older that is not read, or was there: is the file with the recorded position gone? */
  readonly isLate: boolean
  readonly unreadable: Siblings['unreadable']
}

/** What lies beside the feed at the first look is older and not read, unless the history ends in it. */
export async function findBeginning(
  files: FeedFiles,
  name: string,
  { feed, recorded }: { readonly feed: FeedFile | null; readonly recorded: FeedPosition | null },
): Promise<Beginning> {
  const { found, unreadable } = await listSiblings(files, name)
  const others = found.filter(({ facts }) => feed === null || !isSameInode(facts, feed.facts))
  const rotated = inOrderOfRotation(withoutCopies(others))
  const print = recorded === null ? null : parseFingerprint(recorded.file)
  const isInFeed = print === null || (feed !== null && isFileOf(print, feed.facts, feed.beginning))
  const index = isInFeed ? -1 : rotated.findIndex(({ facts, beginning }) => isFileOf(print, facts, beginning))
  const older = index === -1 ? rotated : rotated.slice(0, index)
  const isGone = !isInFeed && index === -1
  return {
    known: older.map(printOfSibling),
    start: rotated[index] ?? null,
    isLate: isGone || older.length > 0,
    unreadable,
  }
}
