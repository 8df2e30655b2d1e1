import type { FeedPosition } from '../../domain/history/history.ts'
import type { FeedFiles, OpenFile } from '../feedFiles.ts'
import { type Fingerprint, fingerprintOf, formatFingerprint, parseFingerprint } from '../files/fileIdentity.ts'
import type { FilePlace, TrackedFile } from '../files/trackedFile.ts'
import { type FollowPosition, readFingerprints } from '../followPosition.ts'
import { createFollowedFile, type FollowedFile } from './followedFile.ts'
import { createRetiredFiles, type RetiredFiles } from './retiredFiles.ts'

/** The files that a follower has, or had, to do with: the followed one, those it moved on from, and older ones. */
export interface FilesInHand {
  readonly followed: FollowedFile
  readonly retired: RetiredFiles
  /** The older ones; null before the first look of a follower without a position. */
  readonly known: readonly Fingerprint[] | null
  /** The first look found these to be older. */
  begin(known: readonly Fingerprint[]): void
  remember(older: readonly Fingerprint[]): void
  /** What was followed becomes an older file. `feedOpen` is closed by the look that opened it. */
  moveOn(next: TrackedFile, feedOpen: OpenFile | null): Promise<void>
  position(): FollowPosition | null
  feedPosition(): FeedPosition | null
  close(): Promise<void>
}

const keptKnown = 1000

/** `position`: where to go on; null: nothing was followed yet. */
export function createFilesInHand(files: FeedFiles, name: string, position: FollowPosition | null): FilesInHand {
  const followed = createFollowedFile(position)
  const retired = createRetiredFiles(files, name, {
    places: position?.retired ?? [],
    onLetGo: (file) => remember([fingerprintOf(file, file.beginning)]),
  })
  let known = position === null ? null : readFingerprints(position.known)
  /** The end of the file before the followed one; null where there was none, or nothing of it was read. */
  let before = endOfLast(position)

  function remember(older: readonly Fingerprint[]): void {
    known = [...(known ?? []), ...older].slice(-keptKnown)
  }

  function feedPosition(): FeedPosition | null {
    const place = followed.place()
    if (place === null || place.offset > 0) return place && endOf(place)
    // An empty file has no beginning to know it by: the end of the one before it says the same.
    return before
  }

  return {
    followed,
    retired,
    get known() {
      return known
    },
    begin: (older) => {
      known = [...older]
    },
    remember,
    moveOn: async (next, feedOpen) => {
      const place = followed.place()
      before = feedPosition()
      const left = followed.replace(next)
      const print = place === null ? null : parseFingerprint(place.file)
      if (print !== null) remember([print])
      if (left !== null && left.open !== feedOpen) await retired.add(left)
    },
    position: () => {
      const place = followed.place()
      if (place === null) return null
      const { file, offset, before, after } = place
      const prints = (known ?? []).map(formatFingerprint)
      return { version: 1, file, offset, before, after, retired: retired.places(), known: prints }
    },
    feedPosition,
    close: async () => {
      await retired.close()
      await followed.letGo()
    },
  }
}

function endOfLast(position: FollowPosition | null): FeedPosition | null {
  const last = position?.retired.at(-1)
  return last === undefined || last.offset === 0 ? null : endOf(last)
}

function endOf({ file, offset, before }: FilePlace): FeedPosition {
  return { file, offset, before }
}
