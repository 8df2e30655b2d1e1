import { closeQuietly, type FeedFiles } from '../feedFiles.ts'
import { readBeginning } from '../files/feedName.ts'
import type { Fingerprint } from '../files/fileIdentity.ts'
import { firstLines, isSameBeginning, listSiblings } from '../files/siblings.ts'
import { type FilePlace, placeOf, type TrackedFile } from '../files/trackedFile.ts'
import { findRest } from './findRest.ts'
import { deliverLines, type Turn } from './lineDelivery.ts'

/** Files that the feed moved on from, still read for a while: a writer may not have noticed the rotation yet. */
export interface RetiredFiles {
  readonly files: readonly TrackedFile[]
  add(file: TrackedFile): Promise<void>
  /** Hands on what came since. A file that was removed or written anew is let go. */
  read(
    turn: Turn,
    among: {
      readonly known: readonly Fingerprint[]
      readonly otherwise: 'recorded' | 'new'
      readonly followed: TrackedFile | null
    },
  ): Promise<void>
  places(): readonly FilePlace[]
  /** Lets go of the files and remembers their places. */
  close(): Promise<void>
}

const keptOpen = 16

/**
 * `places`: from a checkpoint; their files are looked for at the first reading. `onLetGo` hears of every file that is
 * not read any more, with its beginning as it is by then.
 */
export function createRetiredFiles(
  files: FeedFiles,
  feed: string,
  options: { readonly places: readonly FilePlace[]; readonly onLetGo: (file: TrackedFile) => void },
): RetiredFiles {
  let sought = options.places
  let kept: readonly TrackedFile[] = []

  async function find(): Promise<void> {
    if (sought.length === 0) return
    const { found, unreadable } = await listSiblings(files, feed)
    const missing: FilePlace[] = []
    for (const place of sought) {
      const file = await findRest(files, found, { place, held: null })
      if (file !== null) kept = [...kept, file]
      else if (unreadable.length > 0) missing.push(place)
    }
    sought = missing
  }

  async function keepOnly(staying: readonly TrackedFile[]): Promise<void> {
    const leaving = kept.filter((file) => !staying.includes(file))
    kept = staying
    for (const file of leaving) {
      options.onLetGo(file)
      await closeQuietly(file.open)
    }
  }

  return {
    get files() {
      return kept
    },
    add: async (file) => {
      kept = [...kept, file]
      await keepOnly(kept.slice(-keptOpen))
    },
    read: async (turn, among) => {
      await find()
      for (const file of kept) {
        const isCopy = file.offset === 0 && (await isCopyOf(among.followed, file))
        const outcome = isCopy ? 'changed' : await deliverLines(turn, file, { ...among, later: [] })
        const isGone = outcome === 'changed' || (await file.open.facts()).links === 0
        if (isGone) await keepOnly(kept.filter((other) => other !== file))
      }
    },
    places: () => [...sought, ...kept.map(placeOf)],
    close: async () => {
      sought = [...sought, ...kept.map(placeOf)]
      await keepOnly([])
    },
  }
}

/** An empty file beside the feed may have been the beginning of its copy. */
async function isCopyOf(followed: TrackedFile | null, file: TrackedFile): Promise<boolean> {
  return followed !== null && isSameBeginning(followed.beginning, firstLines(await readBeginning(file.open)))
}
