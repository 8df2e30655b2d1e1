import type { Catalogue } from '../catalogue/catalogue.ts'
import type { HistoryEntry } from '../history/history.ts'
import type { Recorded } from '../history/recorded.ts'
import { createDeadlines } from '../rule/deadlines.ts'
import { armEverybody } from '../rule/triggers.ts'
import type { Checkpoint } from './checkpoint.ts'
import { type KeptPresence, restoreTime } from './keptPresence.ts'
import {
  countReceiving,
  createPresenceState,
  operatorNamed,
  type PresenceState,
  statusIndexOfId,
} from './presenceState.ts'

export interface Recalling {
  /** The very catalogue that the checkpoint was made with. Of it only statuses and settings are looked at. */
  readonly catalogue: Catalogue
  /** Of it only the statuses are looked at, and where it ends. */
  readonly recorded: Recorded
  readonly newEntries: readonly HistoryEntry[]
}

/**
 * The presence as `presenceOf` and `restorePresence` make it, without a look at each operator: its columns are those
 * that were kept. Null where that will not do: somebody had no stay yet, or more happened since than that operators
 * entered statuses.
 */
export function recallPresence(kept: KeptPresence, recalling: Recalling): PresenceState | null {
  const { catalogue, recorded } = recalling
  const news = newsSince(kept.checkpoint, recalling)
  if (
    news === null ||
    !kept.columns.present.every((present, index) => present === 0 || kept.columns.status[index] !== -1)
  )
    return null
  const { statuses, settings, calendars } = catalogue
  const { operators, operatorIds, sessions, dialogues, columns } = kept
  const count = operators.length
  if (count === 0) return null
  const state: PresenceState = {
    ...createPresenceState({ statuses, settings, calendars, operators: [] }),
    ...{ operators, operatorIds, sessions, dialogues },
    deadlines: createDeadlines(count),
    columns: { ...columns, ripeAt: new Float64Array(count).fill(Number.NaN) },
  }
  renumberStatuses(state, kept.checkpoint.statuses, recorded)
  for (const entry of news) if (entry.type === 'status-entered') moveTo(state, entry, recorded)
  state.latestSwitchDue = columns.switchDue.reduce((latest, due) => Math.max(latest, due), Number.NEGATIVE_INFINITY)
  restoreTime(state, kept.checkpoint)
  countReceiving(state)
  armEverybody(state)
  return state
}

/** What came after the checkpoint; null where that is not known for sure, or is more than operators' doings. */
function newsSince({ seq, head }: Checkpoint, { recorded, newEntries }: Recalling): readonly HistoryEntry[] | null {
  const news = newEntries.filter((entry) => entry.seq > seq)
  const goesOn = (news[0]?.prev ?? recorded.head) === head && news.length === recorded.seq - seq
  return goesOn && news.every(({ type }) => isOfOperators(type)) ? news : null
}

function isOfOperators(type: HistoryEntry['type']): boolean {
  return type === 'status-entered' || type === 'dialogues'
}

/** From the numbers that statuses had for who wrote the checkpoint to those that they have now. */
function renumberStatuses(state: PresenceState, ids: readonly string[], recorded: Recorded): void {
  const numbers: number[] = []
  const { status } = state.columns
  for (let index = 0; index < status.length; index++) {
    const before = status[index] as number
    if (before === -1) continue
    numbers[before] ??= statusIndexOfId(state, ids[before] as string, recorded.statuses.get(ids[before] as string))
    status[index] = numbers[before] as number
  }
}

function moveTo(
  state: PresenceState,
  entry: Extract<HistoryEntry, { type: 'status-entered' }>,
  recorded: Recorded,
): void {
  const { columns } = state
  const operator = operatorNamed(state, entry.operator)
  if (operator === -1 || columns.present[operator] === 0) return
  columns.status[operator] = statusIndexOfId(state, entry.to, recorded.statuses.get(entry.to))
  columns.since[operator] = entry.at
  columns.switchDue[operator] =
    entry.cause === 'auto-offline' && entry.due !== null ? entry.due : Number.NEGATIVE_INFINITY
}
