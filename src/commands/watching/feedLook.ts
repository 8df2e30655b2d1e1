import type { Failure } from '../../domain/failure.ts'
import { leaveOutUnwatched } from '../../domain/presence/live.ts'
import { lookAtClocks } from '../../domain/presence/presentTime.ts'
import { skipReasons } from '../../domain/records/records.ts'
import type { PresenceEvent } from '../../domain/rule/events.ts'
import type { Notice } from '../../domain/watching/notice.ts'
import type { Look } from '../../feed/follower.ts'
import { feedRefusal } from '../live/feedRefusal.ts'
import { drainFeed } from '../live/livePresence.ts'
import { noteUnsaved, presentOf, type Watcher } from './watcher.ts'

/**
 * Looks at the clocks, then reads the feed to its end: decisions are for the present of that look, so that no record
 * which was there by then is missing. Where it was read to its end, what nobody watched is left out.
 */
export async function lookAtFeed(
  watcher: Watcher,
  notices: Notice[],
): Promise<{ readonly events: PresenceEvent[]; readonly drained: boolean; readonly refusal: Failure | null }> {
  const events: PresenceEvent[] = []
  const { live, present, snapshot, vigil } = watcher
  const { clock, stop } = watcher.system
  lookAtClocks(present, { wall: clock.now(), steady: clock.steady() })
  watcher.lookedAt = present.steady
  const brokeOff = vigil.takeBreak()
  if (brokeOff !== null)
    watcher.unwatched = { awakeAt: brokeOff + present.offsetMs, ...watcher.unwatched, wokeAt: presentOf(watcher) }
  const { ahead, steppedMs, shiftedMs } = live
  const look = await drainFeed(live, { present, clock, recorded: snapshot.recorded, events, stop })
  if (live.shiftedMs > shiftedMs) shiftBack(watcher, live.shiftedMs - shiftedMs)
  const at = presentOf(watcher)
  tellSkipped(watcher, notices)
  for (const happened of look.happened) notices.push({ type: 'feed', at, happened })
  if (live.steppedMs !== steppedMs) notices.push({ type: 'clock-step', at, stepMs: live.steppedMs - steppedMs })
  if (look.bytesRead > 0) noteUnsaved(watcher, 'evidence')
  if (live.ahead > ahead || live.steppedMs !== steppedMs || look.rebuilt) noteUnsaved(watcher, 'time')
  watcher.ended = look.state.state === 'ended'
  const drained = look.drained || isYetToCome(watcher, look)
  if (drained) leaveOut(watcher, notices)
  return { events, drained, refusal: feedRefusal(look.state, watcher.feed) }
}

/**
 * A default feed that nobody has written yet is an empty one, as everywhere (contract §2): nobody was seen. One that
 * was named, or was there and is gone, says nothing about anybody.
 */
function isYetToCome({ feed, live }: Watcher, { state, beganLate }: Look): boolean {
  return state.state === 'missing' && !feed.named && !beganLate && live.follower.position() === null
}

/** Clocks were set back: what happened before keeps its age. */
function shiftBack(watcher: Watcher, byMs: number): void {
  const { unwatched, pending } = watcher
  watcher.pending = pending.map(({ fact, at }) => ({ fact, at: at - byMs }))
  if (unwatched === null) return
  const awakeAt = unwatched.awakeAt === null ? null : unwatched.awakeAt - byMs
  watcher.unwatched = { awakeAt, wokeAt: unwatched.wokeAt - byMs }
}

/** The first line of each reason is told, the further ones are counted. */
function tellSkipped(watcher: Watcher, notices: Notice[]): void {
  const { firstSkipped } = watcher.live.parser.counts
  for (const reason of skipReasons) {
    const first = firstSkipped[reason]
    if (first === undefined || watcher.skipsTold.has(reason)) continue
    watcher.skipsTold.add(reason)
    notices.push({ type: 'problem', at: presentOf(watcher), problem: { code: 'line-skipped', reason, ...first } })
  }
}

/** A single turn trusts the wall clock instead (contract §4.8). */
function leaveOut(watcher: Watcher, notices: Notice[]): void {
  const { unwatched } = watcher
  watcher.unwatched = null
  if (unwatched === null || watcher.mode === 'once') return
  const leftOutMs = leaveOutUnwatched(watcher.live.state, unwatched.awakeAt, unwatched.wokeAt)
  if (leftOutMs === 0) return
  notices.push({ type: 'left-out', at: presentOf(watcher), leftOutMs })
  noteUnsaved(watcher, 'time')
}
