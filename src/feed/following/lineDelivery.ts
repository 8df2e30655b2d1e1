import type { FeedHappening } from '../../domain/watching/notice.ts'
import type { OpenFile } from '../feedFiles.ts'
import { readBeginning } from '../files/feedName.ts'
import { type Fingerprint, fingerprintOf, formatFingerprint } from '../files/fileIdentity.ts'
import { type FileLines, readLines, type TrackedFile } from '../files/trackedFile.ts'
import type { Looking } from '../follower.ts'
import { chunksOf, isIn, reachesTo, recordedTo, type Witness } from './recordedPlace.ts'

/** One call of `readToEnd`. */
export interface Turn {
  readonly looking: Looking
  readonly happened: FeedHappening[]
  bytesRead: number
  /** What the callback threw, to be told from the errors of files. */
  thrown: { readonly error: unknown } | null
  /** The file at the feed's name, which is closed at the end of the look unless it is followed. */
  feedOpen: OpenFile | null
  /** The file with the recorded position was read: whatever comes after it in this turn is new. */
  passedRecorded: boolean
}

/** `changed`: files were exchanged meanwhile, the look has to begin anew. */
export type Outcome = 'end' | 'changed' | 'stopped'

/** Hands on the complete lines after a file's place, each chunk on one side of the recorded position. */
export async function deliverLines(
  turn: Turn,
  file: TrackedFile,
  among: {
    readonly later: readonly Witness[]
    readonly known: readonly Fingerprint[]
    readonly otherwise: 'recorded' | 'new'
  },
): Promise<Outcome> {
  const { recorded, stop, onFile } = turn.looking
  if (onFile !== undefined) onFile((await file.open.facts()).size - file.offset)
  const witness = { facts: file, beginning: recorded === null ? file.beginning : await readBeginning(file.open) }
  const holdsPlace = recorded !== null && isIn(recorded, witness)
  if (holdsPlace) turn.passedRecorded = true
  const otherwise = turn.passedRecorded ? 'new' : among.otherwise
  // Where the recorded bytes are gone nobody knows which lines were recorded; a choice that was is older than its stay.
  const isCut = holdsPlace && recorded.offset > file.offset && !(await reachesTo(recorded, file.open))
  const recordedEnd = isCut ? 0 : recordedTo(recorded, { ...among, otherwise, file: witness })
  return readLines(file, { stop, onLines: (lines) => handOn(turn, lines, { file, recordedEnd }) })
}

async function handOn(
  turn: Turn,
  lines: FileLines,
  { file, recordedEnd }: { readonly file: TrackedFile; readonly recordedEnd: number },
): Promise<void> {
  const name = formatFingerprint(fingerprintOf(file, file.beginning))
  try {
    for (const chunk of chunksOf(lines, name, recordedEnd)) {
      const done = turn.looking.onChunk(chunk)
      if (done !== undefined) await done
    }
  } catch (error) {
    turn.thrown = { error }
    throw error
  }
  turn.bytesRead += lines.end - lines.offset
}
