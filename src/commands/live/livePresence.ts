import type { Clock } from '../../domain/clock.ts'
import type { FeedPosition } from '../../domain/history/history.ts'
import type { Recorded } from '../../domain/history/recorded.ts'
import { type Checkpoint, isCheckpoint } from '../../domain/presence/checkpoint.ts'
import { forgetPast } from '../../domain/presence/forgetting.ts'
import { type KeptPresence, keptPresence, restorePresence, rosterOf } from '../../domain/presence/keptPresence.ts'
import {
  capStamps,
  countAsSeen,
  followStep,
  muteChoices,
  muteRecordedChoices,
  presenceOf,
} from '../../domain/presence/live.ts'
import type { PresenceState } from '../../domain/presence/presenceState.ts'
import { lookAtClocks, type PresentTime } from '../../domain/presence/presentTime.ts'
import { recallPresence } from '../../domain/presence/recalledPresence.ts'
import { recordNames } from '../../domain/presence/recordNames.ts'
import { createBatch, type RecordBatch } from '../../domain/records/records.ts'
import { foldLive } from '../../domain/rule/engine.ts'
import type { PresenceEvent } from '../../domain/rule/events.ts'
import { isOneFile } from '../../feed/files/fileIdentity.ts'
import {
  createFollower,
  createStreamFollower,
  type FeedChunk,
  type Follower,
  type FollowPosition,
  type Look,
} from '../../feed/follower.ts'
import { createLineParser, type LineParser } from '../../feed/lineParser.ts'
import type { ReadingPace } from '../../feed/reading/wholeFeed.ts'
import type { StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'

/** The presence of now: what history and checkpoint say, and a follower to read the rest of the feed. */
export interface LivePresence {
  readonly state: PresenceState
  /** Everybody in the roster, in any order. */
  readonly roster: () => readonly { readonly id: string; readonly name: string }[]
  readonly follower: Follower
  readonly parser: LineParser
  readonly batch: RecordBatch
  /**
   * What it was made from beside the feed: a checkpoint, nothing because there was none yet, or nothing because it is
   * lost. Lost turns to a checkpoint once everybody's evidence was looked for.
   */
  origin: 'checkpoint' | 'nothing' | 'lost'
  /** Up to where the file read last was read; null: nothing was. */
  linesRead: LinesRead | null
  /** Stamps so far that were ahead of the present and are taken as their record's arrival. */
  ahead: number
  /** Steps of all clocks so far, in milliseconds; and by how much those back moved what the state knows. */
  steppedMs: number
  shiftedMs: number
}

/** So many lines of a file end at the byte `end`. For the numbers of lines that are passed over. */
interface LinesRead {
  readonly file: string
  readonly end: number
  readonly line: number
}

/** What the watcher leaves behind in the store's cache. */
export interface WatchCheckpoint {
  readonly version: 2
  /** The feed's name, so that another feed's position is never taken. */
  readonly feed: string
  readonly position: FollowPosition | null
  readonly awakeAt: number
  readonly linesRead: LinesRead | null
  /** The catalogue that the presence was made with (`StoreSnapshot.catalogueHash`). */
  readonly catalogueHash: string | null
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
  const left = usableCheckpoint(snapshot, feed.file)
  const { checkpoint, kept } = left ?? { checkpoint: null, kept: null }
  const presence = presenceAt(snapshot, checkpoint?.catalogueHash ?? null, kept)
  return {
    ...presence,
    origin: checkpoint !== null ? 'checkpoint' : snapshot.recorded.feed !== null ? 'lost' : 'nothing',
    follower: openFollower(checkpoint?.position ?? null),
    parser: createLineParser({ names: recordNames(presence.state), futureLimit: null }),
    batch: createBatch(8192),
    linesRead: countedLines(checkpoint),
    ahead: 0,
    steppedMs: 0,
    shiftedMs: 0,
  }
}

/** What an entry of the history says about the feed: up to where it was read, and that it ticks. */
export function feedPositionOf({ follower, state }: LivePresence): FeedPosition | null {
  const position = follower.feedPosition()
  const { tickedFrom } = state.coverage
  return position === null || tickedFrom === null ? position : { ...position, tickedFrom }
}

/**
 * Reads the feed to its end and folds it in; nothing is decided. Choices and dialogues that lie before the position
 * recorded in the history are in it already and bring no events. Events of the rest are appended. `rebuilt`: what
 * older files said is lost, and whoever is missing from the rest counts as seen just now (contract §4.11).
 */
export async function drainFeed(live: LivePresence, at: Draining): Promise<Look & { readonly rebuilt: boolean }> {
  let expected = 0
  let bytesRead = 0
  const look = await live.follower.readToEnd({
    recorded: at.recorded.feed,
    ...(at.stop && { stop: at.stop }),
    onChunk(chunk) {
      foldChunk(live, chunk, at)
      bytesRead += chunk.end - chunk.offset
      return at.pace?.at(bytesRead)
    },
    ...(at.pace && {
      onFile: (bytes: number) => {
        expected += bytes
        at.pace?.expect(expected)
      },
    }),
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
  readonly recorded: Recorded
  readonly events: PresenceEvent[]
  readonly pace?: ReadingPace
  /** Ends the reading early: the feed was not drained then. */
  readonly stop?: AbortSignal
}

/** When somebody last watched, as the checkpoint has it. */
export function checkpointAwakeAt(snapshot: StoreSnapshot, feed: string): number | null {
  return usableCheckpoint(snapshot, feed)?.checkpoint.awakeAt ?? null
}

/** With the catalogue still the one that the checkpoint was made with, the presence is taken up as it was left. */
function presenceAt(
  snapshot: StoreSnapshot,
  catalogueHash: string | null,
  kept: KeptPresence | null,
): Pick<LivePresence, 'state' | 'roster'> {
  if (kept !== null && catalogueHash !== null && catalogueHash === snapshot.catalogueHash) {
    const recalled = recallPresence(kept, snapshot)
    if (recalled !== null) return { state: recalled, roster: () => rosterOf(kept) }
  }
  const state = presenceOf(snapshot.catalogue, snapshot.recorded)
  if (kept !== null) restorePresence(state, kept)
  // A feed that ticked must not pass for one that never did where its ticks are rotated away.
  else if (snapshot.checkpoint === null) state.coverage.tickedFrom = snapshot.recorded.feed?.tickedFrom ?? null
  return { state, roster: () => snapshot.catalogue.operators }
}

function foldChunk(live: LivePresence, chunk: FeedChunk, { present, clock, recorded, events }: Draining): void {
  const { batch, state } = live
  batch.length = 0
  live.parser.startFile(linesBefore(chunk, live.linesRead))
  live.parser.parse(chunk.bytes, batch)
  live.linesRead = { file: chunk.file, end: chunk.end, line: live.parser.line }
  const isNew = chunk.place === 'new'
  if (isNew) muteRecordedChoices(state, batch, recorded)
  else muteChoices(batch)
  const { now } = lookAtClocks(present, { wall: clock.now(), steady: clock.steady() })
  const stepMs = followStep(state, present, batch)
  live.steppedMs += stepMs
  live.shiftedMs += Math.max(0, -stepMs)
  live.ahead += capStamps(present, batch)
  live.ahead += foldLive(state, batch, now + stepMs, isNew ? events : [])
  forgetPast(state, now + stepMs)
}

/** NaN where nobody counted: a place in the middle of a file that was not read up to there just now. */
function linesBefore({ file, offset }: FeedChunk, read: LinesRead | null): number {
  if (offset === 0) return 0
  return read !== null && read.end === offset && isOneFile(read.file, file) ? read.line : Number.NaN
}

/** Null where the checkpoint does not say, or is of an opstat that did not count. */
function countedLines(checkpoint: Partial<WatchCheckpoint> | null): LinesRead | null {
  const { file, end, line } = checkpoint?.linesRead ?? {}
  const isCounted = typeof file === 'string' && typeof end === 'number' && typeof line === 'number'
  return isCounted ? { file, end, line } : null
}

interface UsableCheckpoint {
  readonly checkpoint: WatchCheckpoint
  readonly kept: KeptPresence
}

function usableCheckpoint(
  { checkpoint: value, checkpointColumns }: StoreSnapshot,
  feed: string,
): UsableCheckpoint | null {
  if (typeof value !== 'object' || value === null) return null
  const { version, feed: known, awakeAt, presence } = value as Partial<WatchCheckpoint>
  if (version !== 2 || known !== feed || typeof awakeAt !== 'number' || !isCheckpoint(presence)) return null
  const kept = keptPresence(presence, checkpointColumns)
  return kept && { checkpoint: value as WatchCheckpoint, kept }
}
