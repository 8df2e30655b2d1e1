import type { Operator, Settings, Status } from '../catalogue/catalogue.ts'
import type { CalendarJson } from '../catalogue/document.ts'

export const transitionCauses = ['auto-offline', 'panel', 'admin', 'status-deleted'] as const
export type TransitionCause = (typeof transitionCauses)[number]

/**
 * An operator entered a status (contract §6). Times in epoch milliseconds. `from` is null at the first stay.
 * `due` and `lastSeen` are set where `cause` is `auto-offline`; `lastSeen` is null there too if the operator was
 * never seen.
 */
export interface Transition {
  readonly at: number
  readonly operator: string
  readonly from: string | null
  readonly to: string
  readonly cause: TransitionCause
  readonly due: number | null
  readonly lastSeen: number | null
  readonly by: string
}

/**
 * What a history entry says, without the place in the chain that the store gives it. Facts in the past tense. A
 * `position` is the status's place in the display order after the change, 1 being the first.
 */
export type HistoryFact =
  | ({ readonly type: 'status-entered' } & Transition)
  | {
      readonly type: 'dialogues'
      readonly at: number
      readonly operator: string
      readonly open: number
      readonly by: string
    }
  | {
      readonly type: 'status-created'
      readonly at: number
      readonly by: string
      readonly status: Status
      readonly position: number
    }
  | {
      readonly type: 'status-edited'
      readonly at: number
      readonly by: string
      readonly before: Status
      readonly after: Status
      readonly position: number
    }
  | { readonly type: 'status-deleted'; readonly at: number; readonly by: string; readonly status: Status }
  | {
      readonly type: 'settings-changed'
      readonly at: number
      readonly by: string
      readonly before: Settings
      readonly after: Settings
    }
  | { readonly type: 'operator-added'; readonly at: number; readonly by: string; readonly operator: Operator }
  | {
      readonly type: 'operator-edited'
      readonly at: number
      readonly by: string
      readonly before: Operator
      readonly after: Operator
    }
  | { readonly type: 'operator-removed'; readonly at: number; readonly by: string; readonly operator: Operator }
  | {
      readonly type: 'applied'
      readonly at: number
      readonly by: string
      readonly source: string
      readonly changes: { readonly created: number; readonly edited: number; readonly deleted: number }
    }
  | {
      readonly type: 'calendars-changed'
      readonly at: number
      readonly by: string
      readonly calendars: readonly string[]
      /** All calendars, as they are from then on. */
      readonly after: readonly CalendarJson[]
    }
  | ({ readonly type: 'history-altered'; readonly at: number; readonly by: string } & Alteration)

/** The history's end was found to be another than it had been left; what was found was gone on from. */
export interface Alteration {
  readonly expected: HistoryEnd
  readonly found: HistoryEnd
}

/** With the number of the entry that tells of it. */
export interface ToldAlteration extends Alteration {
  readonly seq: number
}

/** Where a history ends: its last entry's number, and the SHA-256 of that entry's line in hex. */
export interface HistoryEnd {
  readonly seq: number
  readonly head: string
}

/** Where the feed had been read to when the watcher wrote the entry: what lies before it is in the history. */
export interface FeedPosition {
  /** The file's fingerprint: device, inode and a hash of its beginning. */
  readonly file: string
  /** Bytes from the start of that file. */
  readonly offset: number
  /** A hash of the bytes before it: a power cut may take from the feed what the history has. Older entries lack it. */
  readonly before?: string
  /** Since when the feed proves itself alive (contract §5), in epoch milliseconds; absent where it does not. */
  readonly tickedFrom?: number
}

/** An entry as read back: the fact, its place in the chain and when it was written. */
export type HistoryEntry = HistoryFact & {
  readonly seq: number
  /** When the entry was written; `at` is when it took effect. */
  readonly recordedAt: number
  /** SHA-256 of the line before, in hex; of nothing for the first. */
  readonly prev: string
  readonly feed?: FeedPosition
}

/** Of somebody who entered a status. */
export type EnteredEntry = Extract<HistoryEntry, { type: 'status-entered' }>

export function isEntered(entry: HistoryEntry): entry is EnteredEntry {
  return entry.type === 'status-entered'
}
