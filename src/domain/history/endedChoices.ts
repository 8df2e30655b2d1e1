import type { HistoryEntry } from './history.ts'
import type { Recorded } from './recorded.ts'

/** A choice that is in the history. Read again it is the same choice, and not another one (reliability F4). */
export interface RecordedChoice {
  readonly status: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** Clocks that date what happens to one operator may differ by this much (as contract §4.9 has it for the feed's). */
const clocksApartMs = 60_000

/**
 * Notes a choice whose stay an entry ends, to be called before the entry is folded in: where the clock that dated the
 * entry is slow, the choice is stamped after the new stay's beginning and looks new when it is read again. What is
 * older than clocks differ is known by its stamp and not kept, so that hardly anybody has an entry here.
 */
export function noteEndedChoice(
  { stays, endedChoices }: Pick<Recorded, 'stays' | 'endedChoices'>,
  { operator, at }: Extract<HistoryEntry, { type: 'status-entered' }>,
): void {
  const ended = stays.get(operator)
  const isChoice = ended?.cause === 'panel' && ended.since >= at - clocksApartMs
  const before = endedChoices.get(operator)
  if (before === undefined && !isChoice) return
  const kept = (before ?? []).filter((choice) => choice.at >= at - clocksApartMs)
  if (isChoice) kept.push({ status: ended.status, at: ended.since })
  if (kept.length === 0) endedChoices.delete(operator)
  else endedChoices.set(operator, kept)
}
