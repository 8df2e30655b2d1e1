import type { Operator, Settings, Status } from '../catalogue/catalogue.ts'
import type { CalendarJson } from '../catalogue/document.ts'
import { unreachable } from '../result.ts'
import { noteEndedChoice, type RecordedChoice } from './endedChoices.ts'
import type { FeedPosition, HistoryEntry, TransitionCause } from './history.ts'

/** Where the history says an operator is. Times in epoch milliseconds. */
export interface RecordedStay {
  readonly status: string
  readonly since: number
  readonly cause: TransitionCause
  /** The deadline, where an automatic switch began the stay. */
  readonly due: number | null
}

/** The history, folded: the truth of who is in which status since when, and what statuses were called. */
export interface Recorded {
  /** The last entry's number; 0 before the first. */
  seq: number
  /** SHA-256 of the last line in hex; of nothing before the first. */
  head: string
  readonly stays: Map<string, RecordedStay>
  /** By operator the choices of late whose stays have ended. */
  readonly endedChoices: Map<string, readonly RecordedChoice[]>
  /** Every status that ever was, with its last known name and flags. */
  readonly statuses: Map<string, Status>
  /** The statuses that exist, as far as the history knows, in display order. */
  readonly liveStatuses: Set<string>
  /** The roster as far as the history knows it, by operator id. */
  readonly roster: Map<string, Operator>
  /** Null until they first differed from the defaults. */
  settings: Settings | null
  /** The calendars in force; none before the first entry about them. */
  calendars: readonly CalendarJson[]
  feed: FeedPosition | null
}

export const hashOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export function createRecorded(): Recorded {
  return {
    seq: 0,
    head: hashOfNothing,
    stays: new Map(),
    endedChoices: new Map(),
    statuses: new Map(),
    liveStatuses: new Set(),
    roster: new Map(),
    settings: null,
    calendars: [],
    feed: null,
  }
}

/** Folds one entry in, in place. `lineHash` is the SHA-256 of the entry's line, in hex. */
export function recordEntry(recorded: Recorded, entry: HistoryEntry, lineHash: string): void {
  recorded.seq = entry.seq
  recorded.head = lineHash
  if (entry.feed !== undefined) recorded.feed = entry.feed
  switch (entry.type) {
    case 'status-entered':
      noteEndedChoice(recorded, entry)
      recorded.stays.set(entry.operator, { status: entry.to, since: entry.at, cause: entry.cause, due: entry.due })
      return
    case 'status-created':
      recorded.statuses.set(entry.status.id, entry.status)
      placeStatus(recorded.liveStatuses, entry.status.id, entry.position)
      return
    case 'status-edited':
      recorded.statuses.set(entry.after.id, entry.after)
      placeStatus(recorded.liveStatuses, entry.after.id, entry.position)
      return
    case 'status-deleted':
      recorded.liveStatuses.delete(entry.status.id)
      return
    case 'settings-changed':
      recorded.settings = entry.after
      return
    case 'operator-added':
      recorded.roster.set(entry.operator.id, entry.operator)
      return
    case 'operator-removed':
      recorded.roster.delete(entry.operator.id)
      recorded.stays.delete(entry.operator.id)
      recorded.endedChoices.delete(entry.operator.id)
      return
    case 'operator-edited':
      recorded.roster.set(entry.after.id, entry.after)
      return
    case 'calendars-changed':
      recorded.calendars = entry.after
      return
    case 'dialogues':
    case 'applied':
    case 'history-altered':
      return
    default:
      unreachable(entry)
  }
}

/** Puts a status at a position of the display order, 1 being the first; where it stands there already, nothing moves. */
function placeStatus(order: Set<string>, id: string, position: number): void {
  order.delete(id)
  const following = [...order].slice(Math.max(0, position - 1))
  for (const status of following) order.delete(status)
  order.add(id)
  for (const status of following) order.add(status)
}
