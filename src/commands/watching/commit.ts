import type { Failure } from '../../domain/failure.ts'
import { type HistoryEntry, type HistoryFact, isEntered } from '../../domain/history/history.ts'
import { isChange } from '../../domain/presence/unwritten.ts'
import { ok, type Result } from '../../domain/result.ts'
import { releasesOf } from '../../domain/rule/decisions.ts'
import { applySwitch, decideLive, switchedBy } from '../../domain/rule/engine.ts'
import type { Notice } from '../../domain/watching/notice.ts'
import { feedPositionOf } from '../live/livePresence.ts'
import { adoptFirstStays, adoptSnapshot, wallAheadOf } from './adoption.ts'
import { lookAtFeed } from './feedLook.ts'
import { takeEvents } from './pendingFacts.ts'
import { noteUnsaved, presentOf, type Watcher } from './watcher.ts'

/** Decides once more inside the lock, after all that was written meanwhile, then writes and only then believes it. */
export async function commit(watcher: Watcher, notices: Notice[]): Promise<Result<void, Failure>> {
  const { store, live } = watcher
  const aheadMs = wallAheadOf(watcher)
  const committed = await store.transact(async (current) => {
    adoptSnapshot(watcher, current, aheadMs)
    const { events, drained } = await lookAtFeed(watcher, notices)
    const due = drained ? decideLive(live.state, presentOf(watcher), events) : []
    takeEvents(watcher, events, notices)
    // Under the lock nobody can have moved whoever confirmed their status since.
    watcher.pending = watcher.pending.filter(isChange)
    const found = watcher.pending.map(({ fact }) => fact)
    const facts: HistoryFact[] = [...found, ...due.map((one) => switchedBy(live.state, one))]
    const feed = feedPositionOf(live)
    return ok({ facts, value: due, ...(feed === null ? {} : { feed }) })
  })
  if (!committed.ok) {
    notices.push({ type: 'problem', at: presentOf(watcher), problem: { code: 'refused', failure: committed.failure } })
    return committed
  }
  for (const released of releasesOf(live.state, committed.value.value))
    if (released.type === 'released') notices.push(released)
  for (const one of committed.value.value) applySwitch(live.state, one)
  watcher.pending = []
  watcher.needsRecording = false
  watcher.committedAt = watcher.lookedAt
  noteUnsaved(watcher, 'evidence')
  noteEntries(watcher, committed.value.entries, notices)
  return ok(undefined)
}

function noteEntries(watcher: Watcher, entries: readonly HistoryEntry[], notices: Notice[]): void {
  const entered = entries.filter(isEntered)
  adoptFirstStays(watcher, entered)
  for (const entry of entered) {
    watcher.noteEntry(entry)
    if (entry.cause === 'auto-offline') notices.push({ type: 'switched', entry })
  }
}
