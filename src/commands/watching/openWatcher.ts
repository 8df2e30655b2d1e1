import type { Failure } from '../../domain/failure.ts'
import { startPresent } from '../../domain/presence/presentTime.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Leadership, Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'
import { checkpointAwakeAt, type OpenFollower, openLivePresence } from '../live/livePresence.ts'
import type { Outlets } from '../telling/outlets.ts'
import type { Vigil } from './vigil.ts'
import type { Watcher } from './watcher.ts'

export interface WatcherOpening {
  readonly store: Store
  /** Its clock is the vigil's. */
  readonly system: System
  readonly vigil: Vigil
  readonly feed: Globals['feed']
  readonly openFollower: OpenFollower
  readonly mode: Watcher['mode']
  readonly deeds: Watcher['deeds']
  /** Null for a dry run, which leads nobody. */
  readonly leadership: Leadership | null
  readonly outlets?: Outlets
}

/** A watcher before its first turn: everybody where the history says, the feed where the checkpoint left it. */
export async function openWatcher(opening: WatcherOpening): Promise<Result<Watcher, Failure>> {
  const { feed, openFollower, system, vigil, mode, deeds, store, leadership } = opening
  const snapshot = await store.read()
  if (!snapshot.ok) return snapshot
  const awake = [leadership?.previousAwakeAt ?? null, checkpointAwakeAt(snapshot.value, feed.file)]
  const known = awake.filter((at) => at !== null && at <= system.clock.now()) as number[]
  const present = startPresent({ wall: system.clock.now(), steady: system.clock.steady() })
  const live = openLivePresence(snapshot.value, feed, openFollower)
  // Somebody watched before and left nothing that can be used.
  if (leadership !== null && leadership.previousAwakeAt !== null && live.origin === 'nothing') live.origin = 'lost'
  return ok({
    store,
    system,
    vigil,
    feed,
    mode,
    deeds,
    live,
    present,
    lookedAt: present.steady,
    snapshot: snapshot.value,
    unwatched: {
      awakeAt: known.length === 0 ? null : Math.max(...known),
      wokeAt: present.steady + present.offsetMs,
    },
    pending: [],
    needsRecording: true,
    committedAt: Number.NEGATIVE_INFINITY,
    checkpointedAt: present.steady,
    wallAheadMs: 0,
    // Without a checkpoint the first is due at once: a crash and a rotation must not hide what is read now.
    unsaved: live.origin === 'checkpoint' ? 'nothing' : 'time',
    ended: false,
    reported: new Set(),
    skipsTold: new Set(),
    noteEntry: (entry) => opening.outlets?.noteEntry(entry),
  })
}
