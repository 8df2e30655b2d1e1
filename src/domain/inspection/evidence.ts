import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Failure, SpecialKind } from '../failure.ts'
import type { ToldAlteration } from '../history/history.ts'
import type { Recorded } from '../history/recorded.ts'
import type { PresenceRow } from '../presence/presence.ts'
import type { SkippedCounts, SkipReason } from '../records/records.ts'
import type { Result } from '../result.ts'

/** Everything that `doctor` looks at, read before anything is judged. Times in epoch milliseconds. */
export interface Evidence {
  readonly now: number
  /** The account that looks. */
  readonly uid: number
  readonly nodeVersion: string
  readonly catalogue: Result<{ readonly catalogue: Catalogue; readonly recorded: Recorded }, Failure>
  readonly files: { readonly catalogue: string; readonly history: string; readonly state: string }
  readonly store: StoreInspection
  readonly feed: FeedEvidence
  /** Null where there is no catalogue to read it with. */
  readonly presence: PresenceEvidence | null
}

/** How a store is, beyond what reading it says. */
export interface StoreInspection {
  readonly history: HistoryCondition
  readonly state: StateCondition
  /** So many facts of hand edits are not in the history yet. */
  readonly unrecorded: number
  readonly lock: LockCondition
  readonly watchLock: LockCondition
  /** What crashed commits left, and what `init --force` backed up: absolute names, oldest first. */
  readonly staged: readonly string[]
  readonly backups: readonly string[]
  readonly places: readonly Place[]
}

export type HistoryCondition =
  | { readonly condition: 'absent' }
  | {
      readonly condition: 'whole'
      readonly entries: number
      readonly head: string
      /** The first entries are in an archived part that is not here. */
      readonly away: { readonly entries: number; readonly file: string } | null
      /** Changes of its end that it tells of itself. */
      readonly alterations: readonly ToldAlteration[]
    }
  /** A crash left something behind the last whole commit; the next write cuts it off. */
  | { readonly condition: 'unfinished'; readonly entries: number }
  | { readonly condition: 'broken'; readonly failure: Failure }

/** The cache: one that holds nonsense can be removed, one that this account may not read can't. */
export type StateCondition =
  | { readonly condition: 'absent' | 'usable' | 'unusable' }
  | { readonly condition: 'unreadable'; readonly errno: string }

export type LockCondition =
  | { readonly lock: 'absent' }
  | { readonly lock: 'free'; readonly note: LockNote | null }
  | { readonly lock: 'held'; readonly note: LockNote | null }
  /** The system can't say: the file can't be opened, or there are no kernel locks here. */
  | { readonly lock: 'unknown'; readonly errno: string }

/** What the last holder said: a command when it took the lock, a watcher when it was last awake. */
export interface LockNote {
  readonly pid: number
  readonly at: number
}

/** A file or directory, and who may write it. */
export interface Place {
  readonly file: string
  readonly what: 'file' | 'directory'
  /** Permission bits, set-id and sticky bits included. */
  readonly mode: number
  readonly uid: number
}

export interface FeedEvidence {
  readonly file: string
  /** Was it named by a flag or variable? */
  readonly named: boolean
  readonly found: FeedFound
  readonly places: readonly Place[]
}

export type FeedFound =
  | { readonly state: 'missing' }
  | { readonly state: 'not-a-file'; readonly found: SpecialKind }
  | { readonly state: 'unreadable'; readonly errno: string }
  | { readonly state: 'read'; readonly tail: FeedTail | null }

/** The end of the feed, as far as it was looked at. */
export interface FeedTail {
  /** The first byte looked at; 0: the whole file was. */
  readonly from: number
  readonly lines: number
  readonly skipped: SkippedCounts
  readonly firstSkipped: Partial<Record<SkipReason, { readonly line: number; readonly excerpt: string }>>
  /** The latest stamp that is not ahead of the present; null: there is none. */
  readonly lastAt: number | null
  readonly ahead: { readonly count: number; readonly mostMs: number }
  /** When the file was last written. */
  readonly modifiedAt: number
}

export interface PresenceEvidence {
  readonly rows: readonly PresenceRow[]
  /** Held by the guard, by operator id. */
  readonly held: ReadonlySet<string>
  readonly ticked: boolean
  /** How long a feed with ticks has been silent beyond its time-out; null: it is not. */
  readonly silentMs: number | null
  readonly oldDialogues: readonly OldDialogue[]
}

export interface OldDialogue {
  readonly operator: string
  readonly dialogue: string
  readonly since: number
}
