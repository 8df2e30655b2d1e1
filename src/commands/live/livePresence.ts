import { type Checkpoint, isCheckpoint, restoreCheckpoint } from '../../domain/checkpoint.ts'
import type { Clock } from '../../domain/clock.ts'
import { foldLive } from '../../domain/engine.ts'
import type { PresenceEvent } from '../../domain/events.ts'
import { countAsSeen, followStep, muteChoices, presenceOf } from '../../domain/live.ts'
import { type PresenceState, recordNames } from '../../domain/presenceState.ts'
import { lookAtClocks, type PresentTime } from '../../domain/presentTime.ts'
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
  /**
   * What it was made from beside the feed: a checkpoint, nothing because there was none yet, or nothing because it is
   * lost. Lost turns to a checkpoint once everybody's evidence was looked for.
   */
  origin: 'checkpoint' | 'nothing' | 'lost'
  /** Stamps so far that were more than a minute ahead of the present. */
  ahead: number
  /** Steps of all clocks so far, in milliseconds. */
  steppedMs: number
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
    origin: checkpoint !== null ? 'checkpoint' : snapshot.recorded.feed !== null ? 'lost' : 'nothing',
    follower: openFollower(checkpoint?.position ?? null),
    parser: createLineParser({ names: recordNames(state), futureLimit: null }),
    batch: createBatch(8192),
    ahead: 0,
    steppedMs: 0,
  }
}

/**
 * Reads the feed to its end and folds it in; nothing is decided. Choices and dialogues that lie before the position
 * recorded in the history are in it already and bring no events. Events of the rest are appended. `rebuilt`: what
 * older files said is lost, and whoever is missing from the rest counts as seen just now (contract §4.11).
 */
export async function drainFeed(
  live: LivePresence,
  at: Draining & { readonly recorded: StoreSnapshot['recorded'] },
): Promise<Look & { readonly rebuilt: boolean }> {
  const look = await live.follower.readToEnd({
    recorded: at.recorded.feed,
    onChunk: (chunk) => foldChunk(live, chunk, at),
  })
  const rebuilt = look.drained && look.beganLate && live.origin === 'lost'
  if (rebuilt) countAsSeen(live.state, at.present.steady + at.present.offsetMs)
  if (look.drained) live.origin = 'checkpoint'
  return { ...look, rebuilt }
}

interface Draining {
  readonly present: PresentTime
  /** Asked after every read: a stamp is only ahead of a present that is no older than its reading. */
  readonly clock: Clock
  readonly events: PresenceEvent[]
}

/** When somebody last watched, as the checkpoint has it. */
export function checkpointAwakeAt(checkpoint: unknown, feed: string): number | null {
  return usableCheckpoint(checkpoint, feed)?.awakeAt ?? null
}

function foldChunk(live: LivePresence, chunk: FeedChunk, { present, clock, events }: Draining): void {
  const { batch, state } = live
  batch.length = 0
  live.parser.parse(chunk.bytes, batch)
  const isNew = chunk.place === 'new'
  if (!isNew) muteChoices(batch)
  const { now } = lookAtClocks(present, { wall: clock.now(), steady: clock.steady() })
  const stepMs = followStep(state, present, batch)
  live.steppedMs += stepMs
  live.ahead += foldLive(state, batch, now + stepMs, isNew ? events : [])
}

function usableCheckpoint(value: unknown, feed: string): WatchCheckpoint | null {
  if (typeof value !== 'object' || value === null) return null
  const checkpoint = value as Partial<WatchCheckpoint>
  const fits = checkpoint.version === 1 && checkpoint.feed === feed && typeof checkpoint.awakeAt === 'number'
  return fits && isCheckpoint(checkpoint.presence) ? (value as WatchCheckpoint) : null
}
