import type { SpecialKind } from '../domain/failure.ts'
import type { FeedPosition } from '../domain/history/history.ts'
import type { FeedHappening } from '../domain/watching/notice.ts'
import { realFiles } from './feedFiles.ts'
import { FileFollower } from './fileFollower.ts'
import { type FollowPosition, readFollowPosition } from './followPosition.ts'

/** Complete lines of one file, in the file's order. */
export interface FeedChunk {
  /** Whole lines, each with its newline. Only valid until the callback is done. */
  readonly bytes: Uint8Array
  /** The fingerprint of the file they come from, as `FeedPosition` has it. */
  readonly file: string
  /** Where the first line begins and the last one ends in that file. Of an over-long line the middle may be left out. */
  readonly offset: number
  readonly end: number
  /** Whether the lines lie at or before the recorded position; no chunk lies across it. */
  readonly place: 'recorded' | 'new'
}

export type FollowState =
  | { readonly state: 'following' }
  | { readonly state: 'missing' }
  | { readonly state: 'refused'; readonly found: SpecialKind }
  | { readonly state: 'unreadable'; readonly errno: string }
  /** Standard input came to its end: the end of evidence. */
  | { readonly state: 'ended' }

export interface Look {
  readonly state: FollowState
  /** What happened to the feed's file, told once. */
  readonly happened: readonly FeedHappening[]
  readonly bytesRead: number
  /** Was everything handed on that was complete? Where not, records may be missing, and silence says nothing. */
  readonly drained: boolean
  /** Is there something older that this follower did not read: it began without a position, or gave a file up? */
  readonly beganLate: boolean
}

export interface Looking {
  /** Takes lines; the follower's position moves past them when it is done without throwing. */
  readonly onChunk: (chunk: FeedChunk) => void | Promise<void>
  /** Up to where the feed is in the history; null: nothing of it is. */
  readonly recorded: FeedPosition | null
  /** So many bytes of a file are about to be read; files are told one after the other. */
  readonly onFile?: (bytes: number) => void
  /** Ends the reading early between two chunks. */
  readonly stop?: AbortSignal
}

/** Follows a feed that others write. Never throws for what it meets on disk, never blocks. */
export interface Follower {
  /** Hands on every line that was complete at the call and not handed on before. */
  readToEnd(looking: Looking): Promise<Look>
  /** For the checkpoint; null before anything was found. */
  position(): FollowPosition | null
  /** Up to where the feed was handed on, for the history; null before anything was found. */
  feedPosition(): FeedPosition | null
  close(): Promise<void>
}

export type { FollowPosition } from './followPosition.ts'
export { createStreamFollower } from './streamFollower.ts'

/** Follows `file`, from its beginning or from where `position` was taken, also if it was rotated since. */
export function createFollower(options: { readonly file: string; readonly position: FollowPosition | null }): Follower {
  return new FileFollower(realFiles, options.file, readFollowPosition(options.position))
}
