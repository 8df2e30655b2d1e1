import { closeQuietly, type OpenFile } from '../feedFiles.ts'
import { type FilePlace, placeOf, type TrackedFile } from '../files/trackedFile.ts'

/** What is followed: nothing yet, a place whose file has still to be found, or an open file. */
type Followed =
  | { readonly state: 'nothing' }
  | { readonly state: 'sought'; readonly place: FilePlace }
  | { readonly state: 'open'; readonly file: TrackedFile }

/** Holds the followed file open. From the first file on there is a place at any moment. */
export interface FollowedFile {
  held(): TrackedFile | null
  place(): FilePlace | null
  /** Goes on with a file where the one before is of no more use. `feedOpen` is closed by the look that opened it. */
  follow(file: TrackedFile, feedOpen: OpenFile | null): Promise<void>
  /** Goes on with the next file; the one before is handed out, still open. */
  replace(next: TrackedFile): TrackedFile | null
  /** Closes the file and remembers the place in it. */
  letGo(): Promise<void>
}

export function createFollowedFile(place: FilePlace | null): FollowedFile {
  let followed: Followed = place === null ? { state: 'nothing' } : { state: 'sought', place }
  const held = () => (followed.state === 'open' ? followed.file : null)

  return {
    held,
    place: () => {
      if (followed.state === 'nothing') return null
      return followed.state === 'open' ? placeOf(followed.file) : followed.place
    },
    follow: async (file, feedOpen) => {
      const before = held()
      followed = { state: 'open', file }
      if (before === null) return
      if (before.open === file.open && before.offset === file.offset) file.scannedTo = before.scannedTo
      if (before.open !== file.open && before.open !== feedOpen) await closeQuietly(before.open)
    },
    replace: (next) => {
      const before = held()
      followed = { state: 'open', file: next }
      return before
    },
    letGo: async () => {
      const file = held()
      if (file === null) return
      followed = { state: 'sought', place: placeOf(file) }
      await closeQuietly(file.open)
    },
  }
}
