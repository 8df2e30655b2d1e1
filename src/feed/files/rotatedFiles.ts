import type { FeedFiles, OpenFile } from '../feedFiles.ts'
import type { FeedFile } from './feedName.ts'
import { isSameInode } from './fileIdentity.ts'
import { inOrderOfRotation } from './rotation.ts'
import {
  firstLines,
  isSameBeginning,
  listCompressed,
  listSiblings,
  openSibling,
  type Sibling,
  type Siblings,
  withoutCopies,
} from './siblings.ts'

/** What rotation has left beside a feed. */
export interface RotatedFiles {
  /** Oldest first, each once: a copy of another one, or of the feed itself, is not among them. */
  readonly readable: readonly Sibling[]
  readonly compressed: readonly string[]
  readonly unreadable: Siblings['unreadable']
}

/** `feed` null: nothing is at the feed's name. */
export async function findRotatedFiles(files: FeedFiles, name: string, feed: FeedFile | null): Promise<RotatedFiles> {
  const { found, unreadable } = await listSiblings(files, name)
  const readable: Sibling[] = []
  for (const sibling of inOrderOfRotation(withoutCopies(found))) {
    if (feed === null || !isOneOf(feed, sibling)) readable.push(sibling)
  }
  return { readable, compressed: await listCompressed(files, name), unreadable }
}

/** The file that was found, also where it was renamed since; null where it is gone. Rejects with any errno but ENOENT. */
export async function openRotatedFile(files: FeedFiles, name: string, found: Sibling): Promise<OpenFile | null> {
  const there = await openSibling(files, found)
  if (there !== null) return there
  const renamed = (await listSiblings(files, name)).found.find((other) => isOneOf(other, found))
  return renamed === undefined ? null : openSibling(files, renamed)
}

type Known = Pick<Sibling, 'facts' | 'beginning'>

function isOneOf(one: Known, other: Known): boolean {
  return isSameInode(one.facts, other.facts) || isSameBeginning(firstLines(one.beginning), firstLines(other.beginning))
}
