import { type Catalogue, defaultSettings, type Status } from '../catalogue/catalogue.ts'
import { earliestFed, fedAt } from '../history/fedAt.ts'
import type { EnteredEntry, HistoryEntry, Transition } from '../history/history.ts'
import { createRecorded, type Recorded, recordEntry } from '../history/recorded.ts'
import type { RuleBook } from './targetChoice.ts'

/** What the history says about one operator up to an instant, and about the rule as it was then. */
export interface OperatorPast {
  readonly operator: string
  readonly instant: number
  /** The history folded up to the instant. */
  readonly recorded: Recorded
  /** The operator's transitions up to the instant, in the history's order. */
  readonly transitions: EnteredEntry[]
  /** The first one after it. */
  next: Transition | null
  /** Statuses and settings when the last automatic switch was written. */
  rulesAtSwitch: RuleBook | null
  /** Entries about the operator, their statuses or the rule, up to the instant. */
  readonly concerning: HistoryEntry[]
  /** When the watcher last wrote what it had read: choices in the feed up to then are in the history. */
  watchedUntil: number
  /** The oldest stamp in the whole history that came from the feed; null where none did. */
  firstFedAt: number | null
}

export function createPast(operator: string, instant: number): OperatorPast {
  return {
    operator,
    instant,
    recorded: createRecorded(),
    transitions: [],
    next: null,
    rulesAtSwitch: null,
    concerning: [],
    watchedUntil: Number.NEGATIVE_INFINITY,
    firstFedAt: null,
  }
}

/** Takes in one entry, in the history's order. */
export function rememberEntry(past: OperatorPast, entry: HistoryEntry): void {
  if (entry.feed !== undefined) past.watchedUntil = Math.max(past.watchedUntil, entry.recordedAt)
  past.firstFedAt = earliestFed(past.firstFedAt, fedAt(entry))
  const own = entry.type === 'status-entered' && entry.operator === past.operator ? entry : null
  if (entry.at > past.instant) {
    if (own !== null && (past.next === null || own.at < past.next.at)) past.next = own
    return
  }
  if (own?.cause === 'auto-offline') past.rulesAtSwitch = rulesOf(past.recorded)
  recordEntry(past.recorded, entry, past.recorded.head)
  if (own !== null) past.transitions.push(own)
  if (concerns(entry, past)) past.concerning.push(entry)
}

/** Statuses and settings as the history has them; null where it never said anything about statuses. */
export function rulesOf(recorded: Recorded): RuleBook | null {
  if (recorded.liveStatuses.size === 0) return null
  const statuses = [...recorded.liveStatuses].flatMap((id): Status[] => {
    const status = recorded.statuses.get(id)
    return status === undefined ? [] : [status]
  })
  return { statuses, settings: recorded.settings ?? defaultSettings }
}

/** The catalogue as it was when the history was folded up to there; what it never mentioned is as it is now. */
export function catalogueThen(recorded: Recorded, present: Catalogue): Catalogue {
  const rules = rulesOf(recorded) ?? present
  const operators = recorded.roster.size === 0 ? present.operators : [...recorded.roster.values()]
  return { ...rules, calendars: present.calendars, operators }
}

function concerns(entry: HistoryEntry, { operator, transitions }: OperatorPast): boolean {
  const isTheirs = (status: string) => transitions.some(({ from, to }) => from === status || to === status)
  switch (entry.type) {
    case 'status-entered':
      return entry.operator === operator
    case 'operator-added':
    case 'operator-removed':
      return entry.operator.id === operator
    case 'operator-edited':
      return entry.after.id === operator
    case 'status-edited':
      return isTheirs(entry.after.id)
    case 'status-deleted':
      return isTheirs(entry.status.id)
    case 'settings-changed':
      return true
    default:
      return false
  }
}
