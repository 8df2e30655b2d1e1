import { toCheckpoint } from '../../domain/presence/checkpoint.ts'
import { forgetPastSessions } from '../../domain/presence/forgetting.ts'
import { isChange } from '../../domain/presence/unwritten.ts'
import type { WatchCheckpoint } from '../live/livePresence.ts'
import { adoptStore } from './adoption.ts'
import type { Watcher } from './watcher.ts'

const checkpointEveryMs = 30_000

/**
 * Writes down where the feed is and what it told, when it is time to or at once. Not before the feed was read to its
 * end: the checkpoint would say that this watcher was awake, and the silence before it began would count.
 */
export async function checkpoint(watcher: Watcher, now: number, urgency: 'when-due' | 'now'): Promise<void> {
  if (watcher.unwatched !== null) return
  if (watcher.pending.some(isChange) || watcher.feed.file === '-') return
  if (urgency === 'when-due' && !isDue(watcher)) return
  const position = watcher.live.follower.position()
  // Nothing of the feed was ever found: there is nothing to go on from.
  if (position === null || !(await isAllWritten(watcher))) return
  forgetPastSessions(watcher.live.state, now)
  const { checkpoint: presence, columns } = toCheckpoint(watcher.live.state, watcher.snapshot)
  const saved: WatchCheckpoint = {
    version: 2,
    feed: watcher.feed.file,
    position,
    awakeAt: now,
    linesRead: watcher.live.linesRead,
    catalogueHash: watcher.snapshot.catalogueHash,
    presence,
  }
  const done = await watcher.store.saveCheckpoint(saved, columns)
  if (!done.ok) return
  watcher.checkpointedAt = watcher.lookedAt
  watcher.unsaved = 'nothing'
}

function isDue({ unsaved, lookedAt, checkpointedAt }: Watcher): boolean {
  return unsaved === 'time' || (unsaved === 'evidence' && lookedAt - checkpointedAt >= checkpointEveryMs)
}

/** Never while something found is not written: a restart has to find it again. Confirmations have to be looked at. */
async function isAllWritten(watcher: Watcher): Promise<boolean> {
  if (watcher.pending.length === 0) return true
  return (await adoptStore(watcher)).ok && watcher.pending.length === 0
}
