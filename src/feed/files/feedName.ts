import type { SpecialKind } from '../../domain/failure.ts'
import { errnoOf, throwUnlessErrno } from '../feedFile.ts'
import type { FeedFiles, FileFacts, OpenFile } from '../feedFiles.ts'
import { isSameInode, witnessBytes } from './fileIdentity.ts'

/** A file at the feed's name, open. */
export interface FeedFile {
  readonly open: OpenFile
  readonly facts: FileFacts
  /** At most its first KiB. */
  readonly beginning: Buffer
}

/** What stands at the feed's name at one moment. */
export type FeedName =
  | { readonly is: 'file'; readonly feed: FeedFile }
  | { readonly is: 'missing' }
  | { readonly is: 'refused'; readonly found: SpecialKind }
  | { readonly is: 'unreadable'; readonly errno: string }

/**
 * Looks at the feed's name and opens what is there, unless it is the file that is held open already. Only regular
 * files are opened for more than a look at what they are; a FIFO is never waited for.
 */
export async function openFeedName(files: FeedFiles, name: string, held: OpenFile | null): Promise<FeedName> {
  try {
    const facts = await files.facts(name)
    if (facts.kind !== 'file') return { is: 'refused', found: facts.kind }
    const isHeld = held !== null && isSameInode(await held.facts(), facts)
    return await describeOpen(isHeld ? held : await files.open(name))
  } catch (error) {
    const errno = errnoOf(error)
    return errno === 'ENOENT' || errno === 'ENOTDIR' ? { is: 'missing' } : { is: 'unreadable', errno }
  }
}

/** Is this file still the one at the feed's name? */
export async function isAtName(files: FeedFiles, name: string, file: FileFacts): Promise<boolean> {
  try {
    return isSameInode(await files.facts(name), file)
  } catch (error) {
    throwUnlessErrno(error)
    return false
  }
}

/** Is the file still the one at the feed's name, and has it only grown? */
export async function isUntouched(files: FeedFiles, name: string, feed: FeedFile): Promise<boolean> {
  if (!(await isAtName(files, name, feed.facts))) return false
  const beginning = await readBeginning(feed.open)
  return beginning.subarray(0, feed.beginning.length).equals(feed.beginning)
}

/** At most the first KiB. */
export async function readBeginning(open: OpenFile): Promise<Buffer> {
  const beginning = Buffer.alloc(witnessBytes)
  return beginning.subarray(0, await open.read(beginning, 0))
}

async function describeOpen(open: OpenFile): Promise<FeedName> {
  const facts = await open.facts()
  if (facts.kind === 'file') return { is: 'file', feed: { open, facts, beginning: await readBeginning(open) } }
  await open.close()
  return { is: 'refused', found: facts.kind }
}
