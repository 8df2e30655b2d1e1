import type { Failure } from '../../domain/failure.ts'
import { startPresent } from '../../domain/presentTime.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Leadership, Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../command.ts'
import { checkpointAwakeAt, type OpenFollower, openLivePresence } from '../live/livePresence.ts'
import type { Outlets } from './outlets.ts'
import type { Watcher } from './watcher.ts'

export interface WatcherOpening {
  readonly store: Store
  readonly system: System
  readonly feed: Globals['feed']
  readonly openFollower: OpenFollower
  readonly mode: Watcher['mode']
  /** Null for a dry run, which leads nobody. */
  readonly leadership: Leadership | null
  readonly outlets?: Outlets
}

/** A watcher before its first turn: everybody where the history says, the feed where the checkpoint left it. */
export async function openWatcher(opening: WatcherOpening): Promise<Result<Watcher, Failure>> {
  const { feed, openFollower, system, mode, store, leadership } = opening
  const snapshot = await store.read()
  if (!snapshot.ok) return snapshot
  const awake = [leadership?.previousAwakeAt ?? null, checkpointAwakeAt(snapshot.value.checkpoint, feed.file)]
  const known = awake.filter((at) => at !== null && at <= system.clock.now()) as number[]
  return ok({
    store,
    system,
    feed,
    mode,
    live: openLivePresence(snapshot.value, feed, openFollower),
    present: startPresent(system.clock.now(), system.clock.steady()),
    snapshot: snapshot.value,
    awakeBefore: known.length === 0 ? null : Math.max(...known),
    turns: 0,
    pending: [],
    needsRecording: true,
    committedAt: Number.NEGATIVE_INFINITY,
    checkpointedAt: system.clock.now(),
    unsaved: false,
    timeUnsaved: false,
    ended: false,
    reported: new Set(),
    noteEntry: (entry) => opening.outlets?.noteEntry(entry),
  })
}
