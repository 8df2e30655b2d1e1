import type { Catalogue } from '../domain/catalogue/catalogue.ts'
import type { Failure } from '../domain/failure.ts'
import type { FeedPosition, HistoryEntry, HistoryFact, ToldAlteration } from '../domain/history/history.ts'
import type { Recorded } from '../domain/history/recorded.ts'
import type { Place, StoreInspection } from '../domain/inspection/evidence.ts'
import type { Result } from '../domain/result.ts'

/** What a store holds at one moment. */
export interface StoreSnapshot {
  readonly catalogue: Catalogue
  /** Tells it from others: where two are equal, so are the catalogues. Null where nobody can say. */
  readonly catalogueHash: string | null
  /** Who is in which status since when, folded from the history. Shared: read it, don't change it. */
  readonly recorded: Recorded
  /**
   * Entries that others wrote since this store object last read. At its first read: those after the checkpoint, or
   * all of them where there is none. All of them again where the history was replaced by another.
   */
  readonly newEntries: readonly HistoryEntry[]
  /**
   * What the watcher had left with `saveCheckpoint` when this store object first read, or has left itself since; null
   * where there is none or it can't be used. Who takes over from another watcher opens the store anew.
   */
  readonly checkpoint: unknown
  /** The numbers that belong to it; empty where there are none, or not any more. */
  readonly checkpointColumns: Uint8Array
  /** Why nobody can say whether there is one: something is there and could not be read. */
  readonly checkpointFailure: Failure | null
  /** The catalogue's document with the keys that opstat does not know. To be asked for before the call that gave it ends. */
  readonly document: () => Promise<unknown>
}

/** What a command or the watcher wants committed, all of it or nothing. */
export interface Change<Value> {
  /** The catalogue after the change; absent where it stays as it is. */
  readonly catalogue?: Catalogue
  /** What else the document shall say: keys that opstat does not know. Gets the document with the change in it. */
  readonly rewrite?: (document: unknown) => unknown
  readonly facts: readonly HistoryFact[]
  /** Up to where the feed is in the history with this change (the watcher alone says so). */
  readonly feed?: FeedPosition
  /** What the caller gets back after the commit. */
  readonly value: Value
}

export type Decide<Value> = (
  current: StoreSnapshot,
  /** The commit's time in epoch milliseconds, read once inside the lock. */
  at: number,
) => Result<Change<Value>, Failure> | Promise<Result<Change<Value>, Failure>>

/** What a store holds of one operator at one moment. */
export interface OperatorSnapshot {
  /** Every status and setting; of the operators maybe this one alone. */
  readonly catalogue: Omit<Catalogue, 'calendars'>
  /** Of the operators' stays maybe this one's alone. */
  readonly recorded: Pick<Recorded, 'stays' | 'statuses'>
}

/** A change that concerns one operator. */
export interface OperatorChange<Value> {
  /** An operator's id. */
  readonly operator: string
  /** Null: it can't be decided by that operator alone. A change that is decided leaves the catalogue as it is. */
  readonly decideAlone: (
    current: OperatorSnapshot,
    at: number,
  ) => Result<Pick<Change<Value>, 'facts' | 'value'>, Failure> | null
  /** Asked in place of `decideAlone`, or after it where that answered null. */
  readonly decide: Decide<Value>
}

export interface Committed<Value> {
  readonly value: Value
  /** The entries as written, hand edits that were found included; empty where nothing changed. */
  readonly entries: readonly HistoryEntry[]
}

/** Where catalogue and history live. Nothing above `store/` knows that there are files. */
export interface Store {
  /** What errors and messages call it. */
  readonly name: string
  /** Without a lock. Refuses a missing, unreadable, invalid or newer catalogue. */
  read(): Promise<Result<StoreSnapshot, Failure>>
  /**
   * Locks, reads anew, decides, writes history and catalogue durably, unlocks; resolves only after that. A refusal
   * of `decide` writes nothing; neither does a change without facts and with an unchanged catalogue, unless the
   * catalogue was edited by hand: `decide` sees such edits as recorded, and they are written with its change. `decide`
   * must not call `transact` itself: transactions of one store object wait for each other.
   */
  transact<Value>(decide: Decide<Value>): Promise<Result<Committed<Value>, Failure>>
  /**
   * The same for a change that concerns one operator, without reading what concerns others where that can be spared:
   * at its best it costs the same in a store of any size.
   */
  transactOn<Value>(change: OperatorChange<Value>): Promise<Result<Committed<Value>, Failure>>
  /** Decides on what `read` gives and writes nothing: for `--dry-run`. */
  rehearse<Value>(decide: Decide<Value>): Promise<Result<Value, Failure>>
  /** Creates the store. `keep` answers `kept` where one exists; `replace` backs it up and keeps the history. */
  create(
    catalogue: Catalogue,
    options: { readonly existing: 'keep' | 'replace'; readonly document: unknown },
  ): Promise<Result<'created' | 'kept' | 'replaced', Failure>>
  /** The history from its beginning, entry by entry. A line that can't be read ends it with a refusal. */
  history(): AsyncIterable<Result<HistoryEntry, Failure>>
  /**
   * Looks for the first place where the history, archived parts included, was edited, shortened or reordered:
   * `history-broken`. What a commit found changed at its end, and told of, is in the answer. `onPause` is told up to which entry it has looked, and waited for.
   */
  verify(onPause?: (seq: number) => Promise<void> | undefined): Promise<Result<Verified, Failure>>
  /** Closes the part of the history that was written before an instant; the rest goes on from what it came to. */
  archive(wish: ArchiveWish): Promise<Result<Archived, Failure>>
  /** Where things lie, for messages and `doctor`: absolute names. */
  files(): StoreFiles
  /** How everything beside the catalogue is, without changing anything: for `doctor`. Never refuses. */
  inspect(): Promise<Result<StoreInspection, Failure>>
  /** Who may write where the store lies. Never refuses. */
  places(): Promise<Result<readonly Place[], Failure>>
  /**
   * Keeps the watcher's own cache beside the history's, as JSON and as many numbers; may be lost at any time. The
   * columns may change once the call has ended.
   */
  saveCheckpoint(checkpoint: unknown, columns?: Uint8Array): Promise<Result<void, Failure>>
  /** Locks out other watchers until released; null while another process holds it. */
  lead(): Promise<Result<Leadership | null, Failure>>
  close(): Promise<void>
}

export interface Verified {
  readonly entries: number
  readonly head: string
  /** So many entries at the beginning were archived to a file that is not here any more: they were not looked at. */
  readonly away?: { readonly entries: number; readonly file: string }
  /** Its end had been changed since the commit before: as the entries say that tell of it. */
  readonly alterations?: readonly ToldAlteration[]
}

export interface ArchiveWish {
  /** Epoch milliseconds. */
  readonly before: number
  /** Asked of the catalogue that the lock protects. */
  readonly permit: (catalogue: Catalogue) => Result<unknown, Failure>
  /** Only says how much would be archived. */
  readonly rehearsed: boolean
}

export interface Archived {
  /** How many entries were, or would be, archived; 0: none were written before that instant. */
  readonly entries: number
  /** Where they are now; null where nothing was done. */
  readonly file: string | null
}

/** Absolute file names; a symlinked store's files lie beside the real one. */
export interface StoreFiles {
  readonly catalogue: string
  readonly history: string
  readonly state: string
  readonly lock: string
  readonly watchLock: string
}

export interface Leadership {
  /** When the one before last said that it was awake: epoch milliseconds, or null where none ever did. */
  readonly previousAwakeAt: number | null
  /** Notes that this watcher was awake at `at`; cheap, not durable. */
  awake(at: number): Promise<void>
  release(): Promise<void>
}
