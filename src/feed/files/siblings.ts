import { basename, dirname, join } from 'node:path'
import { errnoOf, newline, throwUnlessErrno } from '../feedFile.ts'
import { closeQuietly, type FeedFiles, type FileFacts, type OpenFile, openIfThere } from '../feedFiles.ts'
import { isAtName, readBeginning } from './feedName.ts'
import { type Fingerprint, fingerprintOf, hashOf, isSameInode, witnessBytes } from './fileIdentity.ts'
import { beforeCompression, rotatedSuffix } from './rotation.ts'

interface SiblingName {
  readonly file: string
  readonly suffix: string
}

/** A file that lies beside the feed and is named after it. */
export interface Sibling {
  readonly file: string
  /** What follows the feed's name: `.1`, `-20261122`. */
  readonly suffix: string
  readonly facts: FileFacts
  /** At most its first KiB. */
  readonly beginning: Buffer
}

export interface Siblings {
  readonly found: readonly Sibling[]
  readonly unreadable: readonly { readonly file: string; readonly errno: string }[]
}

/** So often the directory is read again where files were renamed under it. */
const attempts = 4

/**
 * The files that a rotation of the feed may have left, in the feed's directory and in that of the file behind a
 * link. Looked at anew where they were renamed meanwhile, so that none slips through.
 */
export async function listSiblings(files: FeedFiles, feed: string): Promise<Siblings> {
  for (let attempt = 1; ; attempt++) {
    const siblings = await readSiblings(files, await namesOfSiblings(files, feed))
    if (attempt === attempts || (await areUnmoved(files, feed, siblings))) return siblings
  }
}

/** The first lines of a beginning; all of a full KiB, even where a line does not end in it. */
export function firstLines(beginning: Buffer): Buffer {
  return beginning.length >= witnessBytes ? beginning : beginning.subarray(0, beginning.lastIndexOf(newline) + 1)
}

/** By which a sibling is known again. */
export function printOfSibling({ facts, beginning }: Sibling): Fingerprint {
  return fingerprintOf(facts, firstLines(beginning))
}

/** Do two files begin with the same line, as a copy and its original do? */
export function isSameBeginning(one: Buffer, other: Buffer): boolean {
  const length = Math.min(one.length, other.length)
  return length > 0 && one.subarray(0, length).equals(other.subarray(0, length))
}

/**
 * Of files that begin alike only the longest: the others are copies of a part of it, as where a power cut took back the
 * emptying of a file that had been copied.
 */
export function withoutCopies(siblings: readonly Sibling[]): readonly Sibling[] {
  const kept: Sibling[] = []
  for (const sibling of siblings.toSorted((one, other) => other.facts.size - one.facts.size)) {
    const lines = firstLines(sibling.beginning)
    if (!kept.some(({ beginning }) => isSameBeginning(firstLines(beginning), lines))) kept.push(sibling)
  }
  return siblings.filter((sibling) => kept.includes(sibling))
}

/**
 * Says of siblings whether one of the fingerprints is theirs, hashing each length once. One without a complete line
 * is known by its inode.
 */
export function createKnownTest(known: readonly Fingerprint[]): (sibling: Sibling) => boolean {
  const hashes = new Set(known.map(({ length, hash }) => `${length}-${hash}`))
  const lengths = [...new Set(known.map(({ length }) => length))].filter((length) => length > 0)
  const nameless = known.filter(({ length }) => length === 0)
  return ({ facts, beginning }) =>
    firstLines(beginning).length === 0
      ? nameless.some((print) => isSameInode(print, facts))
      : lengths.some(
          (length) => length <= beginning.length && hashes.has(`${length}-${hashOf(beginning.subarray(0, length))}`),
        )
}

/** Rotated files that were compressed and that nobody can read here; not those whose original is still there. */
export async function listCompressed(files: FeedFiles, feed: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of await namesOfFeed(files, feed)) {
    const entries = await namesIn(files, dirname(name))
    for (const entry of entries) {
      const original = beforeCompression(basename(name), entry)
      if (original !== null && !entries.includes(original)) found.push(join(dirname(name), entry))
    }
  }
  return found
}

/** The sibling that was listed; null where it was renamed or removed since. Rejects with any errno but ENOENT. */
export async function openSibling(files: FeedFiles, { file, facts }: Sibling): Promise<OpenFile | null> {
  const open = await openIfThere(files, file)
  if (open === null || isSameInode(await open.facts(), facts)) return open
  await closeQuietly(open)
  return null
}

async function namesOfSiblings(files: FeedFiles, feed: string): Promise<readonly SiblingName[]> {
  const names: SiblingName[] = []
  for (const name of await namesOfFeed(files, feed)) {
    for (const entry of await namesIn(files, dirname(name))) {
      const suffix = rotatedSuffix(basename(name), entry)
      const file = join(dirname(name), entry)
      if (suffix !== null && !names.some((other) => other.file === file)) names.push({ file, suffix })
    }
  }
  return names
}

async function readSiblings(files: FeedFiles, names: readonly SiblingName[]): Promise<Siblings> {
  const found: Sibling[] = []
  const unreadable: { file: string; errno: string }[] = []
  for (const name of names) {
    const sibling = await readSibling(files, name)
    if ('errno' in sibling) unreadable.push(sibling)
    else if (sibling.facts.kind === 'file' && !found.some(({ facts }) => isSameInode(facts, sibling.facts)))
      found.push(sibling)
  }
  return { found, unreadable: unreadable.filter(({ errno }) => errno !== 'ENOENT') }
}

/** Do all names still stand for the files that were read? */
export async function areUnmoved(files: FeedFiles, feed: string, { found, unreadable }: Siblings): Promise<boolean> {
  const names = await namesOfSiblings(files, feed)
  for (const { file } of names) {
    const sibling = found.find((other) => other.file === file)
    if (sibling !== undefined && !(await isAtName(files, file, sibling.facts))) return false
    if (
      sibling === undefined &&
      !unreadable.some((other) => other.file === file) &&
      (await isNewFile(files, file, found))
    )
      return false
  }
  return found.every((sibling) => names.some(({ file }) => file === sibling.file))
}

async function isNewFile(files: FeedFiles, file: string, found: readonly Sibling[]): Promise<boolean> {
  try {
    const facts = await files.facts(file)
    return facts.kind === 'file' && !found.some((sibling) => isSameInode(sibling.facts, facts))
  } catch (error) {
    throwUnlessErrno(error)
    return true
  }
}

/** The feed's own name and, where it is a link, that of the file behind it. */
async function namesOfFeed(files: FeedFiles, feed: string): Promise<string[]> {
  try {
    const real = await files.resolve(feed)
    return real === feed ? [feed] : [feed, real]
  } catch (error) {
    throwUnlessErrno(error)
    return [feed]
  }
}

async function namesIn(files: FeedFiles, directory: string): Promise<readonly string[]> {
  try {
    return await files.list(directory)
  } catch (error) {
    throwUnlessErrno(error)
    return []
  }
}

async function readSibling(
  files: FeedFiles,
  { file, suffix }: SiblingName,
): Promise<Sibling | { readonly file: string; readonly errno: string }> {
  try {
    const facts = await files.facts(file)
    if (facts.kind !== 'file') return { file, suffix, facts, beginning: Buffer.alloc(0) }
    const open = await files.open(file)
    try {
      return { file, suffix, facts: await open.facts(), beginning: await readBeginning(open) }
    } finally {
      await open.close()
    }
  } catch (error) {
    return { file, errno: errnoOf(error) }
  }
}
