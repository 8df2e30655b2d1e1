import { type Checkpoint, isCheckpoint, restoreCheckpoint } from '../../domain/checkpoint.ts'
import { foldLive } from '../../domain/engine.ts'
import type { PresenceEvent } from '../../domain/events.ts'
import { followStep, muteChoices, presenceOf } from '../../domain/live.ts'
import { type PresenceState, recordNames } from '../../domain/presenceState.ts'
import type { PresentTime } from '../../domain/presentTime.ts'
import { createBatch, type RecordBatch } from '../../domain/records.ts'
import {
  createFollower,
  createStreamFollower,
  type FeedChunk,
  type Follower,
  type FollowPosition,
  type Look,
} from '../../feed/follower.ts'
import { createLineParser, type LineParser } from '../../feed/lineParser.ts'
import type { StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../command.ts'

/** The presence of now: what history and checkpoint say, and a follower to read the rest of the feed. */
export interface LivePresence {
  readonly state: PresenceState
  readonly follower: Follower
  readonly parser: LineParser
  readonly batch: RecordBatch
  /** Stamps so far that were more than a minute ahead of the present. */
  ahead: number
}

/** What the watcher leaves behind in the store's cache. */
export interface WatchCheckpoint {
  readonly version: 1
  /** The feed's name, so that another feed's position is never taken. */
  readonly feed: string
  readonly position: FollowPosition | null
  readonly awakeAt: number
  readonly presence: Checkpoint
}

/** How the feed is followed from a position on. The simulation follows it on a file system of its own. */
export type OpenFollower = (position: FollowPosition | null) => Follower

export function followerOf(feed: Globals['feed'], system: System): OpenFollower {
  return (position) =>
    feed.file === '-' ? createStreamFollower(system.stdin.bytes()) : createFollower({ file: feed.file, position })
}

export function openLivePresence(
  snapshot: StoreSnapshot,
  feed: Globals['feed'],
  openFollower: OpenFollower,
): LivePresence {
  const state = presenceOf(snapshot.catalogue, snapshot.recorded)
  const checkpoint = usableCheckpoint(snapshot.checkpoint, feed.file)
  if (checkpoint !== null) restoreCheckpoint(state, checkpoint.presence)
  return {
    state,
    follower: openFollower(checkpoint?.position ?? null),
    parser: createLineParser({ names: recordNames(state), futureLimit: null }),
    batch: createBatch(8192),
    ahead: 0,
  }
}

/**
 * Reads the feed to its end and folds it in; nothing is decided. Choices and dialogues that lie before the position
 * recorded in the history are in it already and bring no events. Events of the rest are appended.
 */
export async function drainFeed(
  live: LivePresence,
  at: { readonly present: PresentTime; readonly recorded: StoreSnapshot['recorded']; readonly events: PresenceEvent[] },
): Promise<Look> {
  return live.follower.readToEnd({ recorded: at.recorded.feed, onChunk: (chunk) => foldChunk(live, chunk, at) })
}

/** When somebody last watched, as the checkpoint has it. */
export function checkpointAwakeAt(checkpoint: unknown, feed: string): number | null {
  return usableCheckpoint(checkpoint, feed)?.awakeAt ?? null
}

function foldChunk(
  live: LivePresence,
  chunk: FeedChunk,
  at: { readonly present: PresentTime; readonly events: PresenceEvent[] },
): void {
  const { batch, state } = live
  batch.length = 0
  live.parser.parse(chunk.bytes, batch)
  const isNew = chunk.place === 'new'
  if (!isNew) muteChoices(batch)
  followStep(state, at.present, batch)
  live.ahead += foldLive(state, batch, at.present.steady + at.present.offsetMs, isNew ? at.events : [])
}

function usableCheckpoint(value: unknown, feed: string): WatchCheckpoint | null {
  if (typeof value !== 'object' || value === null) return null
  const checkpoint = value as Partial<WatchCheckpoint>
  const fits = checkpoint.version === 1 && checkpoint.feed === feed && typeof checkpoint.awakeAt === 'number'
  return fits && isCheckpoint(checkpoint.presence) ? (value as WatchCheckpoint) : null
}
