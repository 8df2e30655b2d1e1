import type { Failure } from '../../domain/failure.ts'
import { isChange } from '../../domain/presence/unwritten.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { DueSwitch } from '../../domain/rule/decisions.ts'
import { decideLive, switchedBy } from '../../domain/rule/engine.ts'
import type { Notice } from '../../domain/watching/notice.ts'
import { adoptStore } from './adoption.ts'
import { checkpoint } from './checkpoint.ts'
import { commit } from './commit.ts'
import { lookAtFeed } from './feedLook.ts'
import { takeEvents } from './pendingFacts.ts'
import { presentOf, type Watcher } from './watcher.ts'

/** Dialogue entries wait for each other so long: at most one commit a second for them. */
const dialogueBatchMs = 1000

/**
 * One turn (contract §4.8): takes over what others wrote, reads the feed to its end, decides for the present, commits
 * what there is. Everything is derived anew from the state, so a turn that failed is made up by the next. Refuses
 * where the store can't be read; a feed that can't be read and a commit that failed are refusals of a single turn,
 * and notices of a daemon's.
 */
export async function takeTurn(watcher: Watcher): Promise<Result<readonly Notice[], Failure>> {
  const { live } = watcher
  const read = await adoptStore(watcher)
  if (!read.ok) return read
  const notices: Notice[] = []
  const { events, drained, refusal } = await lookAtFeed(watcher, notices)
  if (refusal !== null && watcher.mode === 'once') return refuse(refusal)
  const now = presentOf(watcher)
  // Silence says nothing where the feed could not be read to its end.
  const due = drained ? decideLive(live.state, now, events) : []
  takeEvents(watcher, events, notices)
  if (watcher.deeds === 'reported') {
    reportDue(watcher, due, notices)
    return ok(notices)
  }
  const committed = hasToCommit(watcher, due) ? await commit(watcher, notices) : ok(undefined)
  if (!committed.ok && watcher.mode === 'once') return committed
  await checkpoint(watcher, now, 'when-due')
  return ok(notices)
}

/** Writes what is left and the checkpoint: the last thing a watcher does. */
export async function finishTurns(watcher: Watcher): Promise<readonly Notice[]> {
  const notices: Notice[] = []
  if (watcher.deeds === 'reported') return notices
  if (watcher.pending.length > 0) await commit(watcher, notices)
  await checkpoint(watcher, presentOf(watcher), 'now')
  return notices
}

/** Stays begin when they are recorded: one that is about to stop leaves that to the next watcher. */
function hasToCommit(watcher: Watcher, due: readonly DueSwitch[]): boolean {
  if (due.length > 0 || (watcher.needsRecording && !watcher.system.stop.aborted)) return true
  const changes = watcher.pending.filter(isChange)
  if (changes.some(({ fact }) => fact.type === 'status-entered')) return true
  return changes.length > 0 && (watcher.mode === 'once' || watcher.lookedAt - watcher.committedAt >= dialogueBatchMs)
}

function reportDue(watcher: Watcher, due: readonly DueSwitch[], notices: Notice[]): void {
  for (const one of due) {
    const entry = switchedBy(watcher.live.state, one)
    const key = `${entry.operator} ${entry.due}`
    if (watcher.reported.has(key)) continue
    watcher.reported.add(key)
    notices.push({ type: 'would-switch', entry })
  }
}
