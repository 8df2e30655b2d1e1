import type { EnteredEntry } from '../../domain/history/history.ts'
import type { PresentTime } from '../../domain/presence/presentTime.ts'
import type { Unwritten } from '../../domain/presence/unwritten.ts'
import type { SkipReason } from '../../domain/records/records.ts'
import type { Store, StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'
import type { LivePresence } from '../live/livePresence.ts'
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
  /** How far the wall clock was ahead of the present before the store was read last. */
  wallAheadMs: number
  /** The steady clock before the feed was read last, at the last commit and at the last checkpoint. */
  lookedAt: number
  committedAt: number
  checkpointedAt: number
  snapshot: StoreSnapshot
  /** Nobody watched for a while, and the feed was not read to its end since. A watcher begins so. */
  unwatched: Unwatched | null
  /** Found in the feed, not in the history yet: kept until a commit succeeds. */
  pending: Unwritten[]
  /** The catalogue changed, or operators have no stay yet: a commit has to look. */
  needsRecording: boolean
  /**
   * What no checkpoint has yet. `evidence`: what the feed told, which can be read again. `time`: time was left out, or
   * a stamp taken as its arrival, which no record tells again, or there was no checkpoint at all; one is due at once
   * then, and until it is saved this watcher does not count as having been awake.
   */
  unsaved: 'nothing' | 'evidence' | 'time'
  /** Is standard input at its end? */
  ended: boolean
  /** `--dry-run`: the switches reported already. */
  readonly reported: Set<string>
  /** Why lines were passed over, as far as it was told. */
  readonly skipsTold: Set<SkipReason>
  /** Hears of every transition that enters the history. */
  readonly noteEntry: (entry: EnteredEntry) => void
}

export interface Unwatched {
  /** When somebody watched last; null where nobody knows. */
  readonly awakeAt: number | null
  /** When this watcher began to watch, again. */
  readonly wokeAt: number
}

/** The present of the last look at the clocks before the feed was read. */
export function presentOf({ present, lookedAt }: Watcher): number {
  return lookedAt + present.offsetMs
}

/** Time that is not saved yet stays so, whatever else comes. */
export function noteUnsaved(watcher: Watcher, what: 'evidence' | 'time'): void {
  if (watcher.unsaved !== 'time') watcher.unsaved = what
}
