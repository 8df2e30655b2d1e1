import type { Failure } from '../../domain/failure.ts'
import type { HistoryEntry, HistoryFact } from '../../domain/history/history.ts'
import type { Notice } from '../../domain/notice.ts'
import { toCheckpoint } from '../../domain/presence/checkpoint.ts'
import { adoptCatalogue, adoptEntry, adoptRecorded, leaveOutUnwatched } from '../../domain/presence/live.ts'
import { operatorNamed } from '../../domain/presence/presenceState.ts'
import { lookAtClocks, type PresentTime } from '../../domain/presence/presentTime.ts'
import { isChange, type PanelFact, stillUnwritten } from '../../domain/presence/unwritten.ts'
import { type SkipReason, skipReasons } from '../../domain/records/records.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { type DueSwitch, releasesOf } from '../../domain/rule/decisions.ts'
import { applySwitch, decideLive, switchedBy } from '../../domain/rule/engine.ts'
import type { PresenceEvent } from '../../domain/rule/events.ts'
import type { Look } from '../../feed/follower.ts'
import type { Store, StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'
import { feedRefusal } from '../live/feedRefusal.ts'
import { drainFeed, type LivePresence, type WatchCheckpoint } from '../live/livePresence.ts'
import type { Vigil } from './vigil.ts'

/** A watcher at work: what it holds open, and what it has found but not yet written. */
export interface Watcher {
  readonly store: Store
  readonly system: System
  readonly vigil: Vigil
  readonly feed: Globals['feed']
  /** A single turn trusts the wall clock, and is refused where it can't be written. */
  readonly mode: 'daemon' | 'once'
  /** `--dry-run`: switches are only reported, nothing is written. */
  readonly deeds: 'written' | 'reported'
  readonly live: LivePresence
  readonly present: PresentTime
  /** The steady clock before the feed was read last. */
  lookedAt: number
  snapshot: StoreSnapshot
  /** Nobody watched for a while, and the feed was not read to its end since. A watcher begins so. */
  unwatched: Unwatched | null
  /** Found in the feed, not in the history yet: kept until a commit succeeds. */
  pending: PanelFact[]
  /** The catalogue changed, or operators have no stay yet: a commit has to look. */
  needsRecording: boolean
  committedAt: number
  checkpointedAt: number
  /** Did the feed tell anything since the last checkpoint? */
  unsaved: boolean
  /**
   * Was time left out, or a stamp taken as its arrival, since the last checkpoint, or was there none? One is due at
   * once then: no record tells it again. Until it is saved this watcher does not count as having been awake.
   */
  timeUnsaved: boolean
  /** Is standard input at its end? */
  ended: boolean
  /** `--dry-run`: the switches reported already. */
  readonly reported: Set<string>
  /** Why lines were passed over, as far as it was told. */
  readonly skipsTold: Set<SkipReason>
  /** Hears of every transition that enters the history. */
  readonly noteEntry: (entry: Extract<HistoryEntry, { type: 'status-entered' }>) => void
}

export interface Unwatched {
  /** When somebody watched last; null where nobody knows. */
  readonly awakeAt: number | null
  /** When this watcher began to watch, again. */
  readonly wokeAt: number
}

/** Dialogue entries wait for each other so long: at most one commit a second for them. */
const dialogueBatchMs = 1000
const checkpointEveryMs = 30_000

/**
 * One turn (contract §4.8): takes over what others wrote, reads the feed to its end, decides for the present, commits
 * what there is. Everything is derived anew from the state, so a turn that failed is made up by the next. Refuses
 * where the store can't be read; a feed that can't be read and a commit that failed are refusals of a single turn,
 * and notices of a daemon's.
 */
export async function takeTurn(watcher: Watcher): Promise<Result<readonly Notice[], Failure>> {
  const { live } = watcher
  const snapshot = await watcher.store.read()
  if (!snapshot.ok) return snapshot
  const notices: Notice[] = []
  adoptSnapshot(watcher, snapshot.value)
  const { events, drained, refusal } = await readFeedOn(watcher, notices)
  if (refusal !== null && watcher.mode === 'once') return refuse(refusal)
  const now = presentOf(watcher)
  // Silence says nothing where the feed could not be read to its end.
  const due = drained ? decideLive(live.state, now, events) : []
  takeEvents(watcher, events, notices)
  if (watcher.deeds === 'reported') {
    reportDue(watcher, due, notices)
    return ok(notices)
  }
  const committed = hasToCommit(watcher, due, now) ? await commit(watcher, notices) : ok(undefined)
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

/** The present of the last look at the clocks before the feed was read. */
function presentOf({ present, lookedAt }: Watcher): number {
  return lookedAt + present.offsetMs
}

/**
 * Looks at the clocks, then reads the feed to its end: decisions are for the present of that look, so that no record
 * which was there by then is missing. Where it was read to its end, what nobody watched is left out.
 */
async function readFeedOn(
  watcher: Watcher,
  notices: Notice[],
): Promise<{ readonly events: PresenceEvent[]; readonly drained: boolean; readonly refusal: Failure | null }> {
  const events: PresenceEvent[] = []
  const { live, present, snapshot, vigil } = watcher
  const { clock } = watcher.system
  lookAtClocks(present, { wall: clock.now(), steady: clock.steady() })
  watcher.lookedAt = present.steady
  const brokeOff = vigil.takeBreak()
  if (brokeOff !== null)
    watcher.unwatched = { awakeAt: brokeOff + present.offsetMs, ...watcher.unwatched, wokeAt: presentOf(watcher) }
  const { ahead, steppedMs } = live
  const look = await drainFeed(live, { present, clock, recorded: snapshot.recorded, events })
  const at = presentOf(watcher)
  tellSkipped(watcher, notices)
  for (const happened of look.happened) notices.push({ type: 'feed', at, happened })
  if (live.steppedMs !== steppedMs) notices.push({ type: 'clock-step', at, stepMs: live.steppedMs - steppedMs })
  if (look.bytesRead > 0) watcher.unsaved = true
  if (live.ahead > ahead || live.steppedMs !== steppedMs || look.rebuilt) watcher.timeUnsaved = true
  watcher.ended = look.state.state === 'ended'
  const drained = look.drained || isYetToCome(watcher, look)
  if (drained) leaveOut(watcher, notices)
  return { events, drained, refusal: feedRefusal(look.state, watcher.feed.file) }
}

/**
 * A default feed that nobody has written yet is an empty one, as everywhere (contract §2): nobody was seen. One that
 * was named, or was there and is gone, says nothing about anybody.
 */
function isYetToCome({ feed, live }: Watcher, { state, beganLate }: Look): boolean {
  return state.state === 'missing' && !feed.named && !beganLate && live.follower.position() === null
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
  watcher.timeUnsaved = true
}

/** What others wrote wins over what was found in the feed before it (contract §4.10). */
function adoptSnapshot(watcher: Watcher, snapshot: StoreSnapshot): void {
  const { live, pending } = watcher
  const { catalogue, recorded, newEntries: entries } = snapshot
  const isChanged = catalogue !== watcher.snapshot.catalogue
  if (isChanged) {
    adoptCatalogue(live.state, catalogue, recorded)
    watcher.needsRecording = true
  }
  watcher.snapshot = snapshot
  const moved = new Set<string>()
  for (const entry of entries) {
    if (entry.type !== 'status-entered') continue
    watcher.noteEntry(entry)
    adoptEntry(live.state, entry, recorded)
    moved.add(entry.operator)
  }
  if (pending.length === 0) return
  const statuses = new Set(catalogue.statuses.map(({ id }) => id))
  watcher.pending = stillUnwritten(pending, { entries, recorded, exists: (status) => statuses.has(status) })
  if (moved.size > 0 || isChanged) believePending(watcher, { pending, moved })
}

/** Puts whoever was moved, or whose choice came to nothing, where the last choice that is left puts them. */
function believePending(
  { live, pending, snapshot: { recorded } }: Watcher,
  before: { readonly pending: readonly PanelFact[]; readonly moved: ReadonlySet<string> },
): void {
  const last = lastChoices(pending)
  for (const [operator, choice] of lastChoices(before.pending)) {
    const left = last.get(operator)
    if (left !== undefined && (before.moved.has(operator) || left !== choice)) adoptEntry(live.state, left, recorded)
    else if (left === undefined && isChange(choice)) adoptRecorded(live.state, operator, recorded)
  }
}

function lastChoices(facts: readonly PanelFact[]): Map<string, Extract<PanelFact, { type: 'status-entered' }>> {
  return new Map(facts.flatMap((fact) => (fact.type === 'status-entered' ? [[fact.operator, fact]] : [])))
}

function takeEvents(watcher: Watcher, events: readonly PresenceEvent[], notices: Notice[]): void {
  for (const event of events) {
    if (event.type === 'status-entered' || event.type === 'dialogues') watcher.pending.push(event)
    else if (event.type === 'confirmed') watcher.pending.push(confirmationOf(event))
    else if (event.type === 'held') notices.push(event)
    else if (event.type === 'unswitchable') {
      notices.push({ type: 'problem', at: event.at, problem: { code: 'no-target', operator: event.operator } })
    }
  }
  if (watcher.deeds === 'reported') watcher.pending = []
}

/** A fact that says nothing new, unless somebody else's entry comes between. */
function confirmationOf({ at, operator, status }: Extract<PresenceEvent, { type: 'confirmed' }>): PanelFact {
  const nothing = { due: null, lastSeen: null } as const
  return { type: 'status-entered', at, operator, from: status, to: status, cause: 'panel', ...nothing, by: operator }
}

function hasToCommit(watcher: Watcher, due: readonly DueSwitch[], now: number): boolean {
  if (due.length > 0 || watcher.needsRecording) return true
  const changes = watcher.pending.filter(isChange)
  if (changes.some(({ type }) => type === 'status-entered')) return true
  return changes.length > 0 && (watcher.mode === 'once' || now - watcher.committedAt >= dialogueBatchMs)
}

/** Decides once more inside the lock, after all that was written meanwhile, then writes and only then believes it. */
async function commit(watcher: Watcher, notices: Notice[]): Promise<Result<void, Failure>> {
  const { store, live } = watcher
  const committed = await store.transact(async (current) => {
    adoptSnapshot(watcher, current)
    const { events, drained } = await readFeedOn(watcher, notices)
    const due = drained ? decideLive(live.state, presentOf(watcher), events) : []
    takeEvents(watcher, events, notices)
    // Under the lock nobody can have moved whoever confirmed their status since.
    watcher.pending = watcher.pending.filter(isChange)
    const facts: HistoryFact[] = [...watcher.pending, ...due.map((one) => switchedBy(live.state, one))]
    const position = live.follower.feedPosition()
    return ok({ facts, value: due, ...(position === null ? {} : { feed: position }) })
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
  watcher.committedAt = presentOf(watcher)
  watcher.unsaved = true
  noteEntries(watcher, committed.value.entries, notices)
  return ok(undefined)
}

function noteEntries(watcher: Watcher, entries: readonly HistoryEntry[], notices: Notice[]): void {
  const { live, snapshot } = watcher
  for (const entry of entries) {
    if (entry.type !== 'status-entered') continue
    watcher.noteEntry(entry)
    const operator = operatorNamed(live.state, entry.operator)
    if (operator !== -1 && live.state.columns.since[operator] === Number.NEGATIVE_INFINITY) {
      adoptEntry(live.state, entry, snapshot.recorded)
    }
    if (entry.cause === 'auto-offline') notices.push({ type: 'switched', entry })
  }
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

/** Never while something found is not written: a restart has to find it again. Confirmations have to be looked at. */
async function isAllWritten(watcher: Watcher): Promise<boolean> {
  if (watcher.pending.length === 0) return true
  const snapshot = await watcher.store.read()
  if (!snapshot.ok) return false
  adoptSnapshot(watcher, snapshot.value)
  return watcher.pending.length === 0
}

async function checkpoint(watcher: Watcher, now: number, urgency: 'when-due' | 'now'): Promise<void> {
  if (watcher.pending.some(isChange) || watcher.feed.file === '-') return
  const isDue = watcher.unsaved && now - watcher.checkpointedAt >= checkpointEveryMs
  if (urgency === 'when-due' && !isDue && !watcher.timeUnsaved) return
  const position = watcher.live.follower.position()
  // Nothing of the feed was ever found: there is nothing to go on from.
  if (position === null || !(await isAllWritten(watcher))) return
  const saved: WatchCheckpoint = {
    version: 1,
    feed: watcher.feed.file,
    position,
    awakeAt: now,
    linesRead: watcher.live.linesRead,
    presence: toCheckpoint(watcher.live.state),
  }
  const done = await watcher.store.saveCheckpoint(saved)
  if (!done.ok) return
  watcher.checkpointedAt = now
  watcher.unsaved = false
  watcher.timeUnsaved = false
}
