import type { Failure } from '../../domain/failure.ts'
import { type EnteredEntry, isEntered } from '../../domain/history/history.ts'
import { adoptCatalogue, adoptEntry } from '../../domain/presence/live.ts'
import { operatorNamed } from '../../domain/presence/presenceState.ts'
import { isSlewed, wallAheadMs } from '../../domain/presence/presentTime.ts'
import { isChange, stillUnwritten, type Unwritten } from '../../domain/presence/unwritten.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { StoreSnapshot } from '../../store/port.ts'
import type { Watcher } from './watcher.ts'

/** Takes over what others wrote since the last time. */
export async function adoptStore(watcher: Watcher): Promise<Result<void, Failure>> {
  const aheadMs = wallAheadOf(watcher)
  const snapshot = await watcher.store.read()
  if (!snapshot.ok) return snapshot
  adoptSnapshot(watcher, snapshot.value, aheadMs)
  return ok(undefined)
}

/** To be asked before the store is read: `adoptSnapshot` then tells whether the wall clock was set since. */
export function wallAheadOf({ system: { clock }, present }: Watcher): number {
  return wallAheadMs(present, { wall: clock.now(), steady: clock.steady() })
}

/** What others wrote wins over what was found in the feed before it (contract §4.10). */
export function adoptSnapshot(watcher: Watcher, snapshot: StoreSnapshot, aheadBeforeMs: number): void {
  const { live, pending } = watcher
  const { catalogue, recorded } = snapshot
  const isChanged = catalogue !== watcher.snapshot.catalogue
  if (isChanged) {
    adoptCatalogue(live.state, catalogue, recorded)
    watcher.needsRecording = true
  }
  watcher.snapshot = snapshot
  const entered = snapshot.newEntries.filter(isEntered)
  for (const entry of entered) watcher.noteEntry(entry)
  const entries = inPresentTime(watcher, entered)
  watcher.wallAheadMs = aheadBeforeMs
  for (const entry of entries) adoptEntry(live.state, entry, recorded)
  if (pending.length === 0) return
  const statuses = new Set(catalogue.statuses.map(({ id }) => id))
  watcher.pending = stillUnwritten(pending, { entries, recorded, exists: (status) => statuses.has(status) })
  if (entries.length > 0 || isChanged)
    believePending(watcher, pending, new Set(entries.map(({ operator }) => operator)))
}

/** What the watcher itself committed, as far as it is where its own decisions could not put anybody: first stays. */
export function adoptFirstStays(watcher: Watcher, entries: readonly EnteredEntry[]): void {
  const { state } = watcher.live
  const isBegun = (id: string) => {
    const operator = operatorNamed(state, id)
    return operator === -1 || state.columns.since[operator] !== Number.NEGATIVE_INFINITY
  }
  const firsts = entries.filter(({ operator }) => !isBegun(operator))
  for (const entry of inPresentTime(watcher, firsts)) adoptEntry(state, entry, watcher.snapshot.recorded)
}

/**
 * Commands date what they do by the wall clock. Where that is ahead of the present, or behind, their entries are moved
 * as far; where it was set since the store was read last nobody knows which of the two times it is, and they count
 * from now: too late by no more than was between the two readings, and never too early (reliability W5).
 */
function inPresentTime(watcher: Watcher, entries: readonly EnteredEntry[]): readonly EnteredEntry[] {
  if (entries.length === 0) return entries
  const { clock } = watcher.system
  const aheadMs = wallAheadOf(watcher)
  const isSteady = isSlewed(aheadMs - watcher.wallAheadMs)
  if (isSteady && aheadMs === 0) return entries
  const now = clock.steady() + watcher.present.offsetMs
  return entries.map((entry) => {
    if (entry.cause === 'panel' || entry.cause === 'auto-offline') return entry
    return { ...entry, at: isSteady ? Math.min(entry.at - aheadMs, now) : now }
  })
}

/** Puts whoever was moved, or whose choice came to nothing, where the last choice that is left puts them. */
function believePending({ live, pending, snapshot }: Watcher, before: readonly Unwritten[], moved: Set<string>): void {
  const { recorded } = snapshot
  const last = lastChoices(pending)
  for (const [operator, choice] of lastChoices(before)) {
    const left = last.get(operator)
    const stay = recorded.stays.get(operator)
    if (left !== undefined && (moved.has(operator) || left !== choice))
      adoptEntry(live.state, { ...left.fact, at: left.at }, recorded)
    else if (left === undefined && isChange(choice) && !moved.has(operator) && stay !== undefined)
      // The choice was a sign of life all the same, so no deadline is earlier for the stay to begin with it.
      adoptEntry(live.state, { ...choice.fact, to: stay.status, at: choice.at }, recorded)
  }
}

type Choice = Unwritten & { readonly fact: { readonly type: 'status-entered' } }

function lastChoices(waiting: readonly Unwritten[]): Map<string, Choice> {
  return new Map(waiting.filter(isChoice).map((one) => [one.fact.operator, one]))
}

function isChoice(one: Unwritten): one is Choice {
  return one.fact.type === 'status-entered'
}
