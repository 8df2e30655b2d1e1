import { type Catalogue, defaultSettings } from '../catalogue/catalogue.ts'
import { factsBetween, firstStay } from './factsOfChange.ts'
import type { HistoryFact } from './history.ts'
import type { Recorded } from './recorded.ts'

/**
 * What a hand edit changed between what the history knows and the catalogue, dated at the edit; then, dated now, the
 * first stay of every operator of the roster that has none (contract §1, §4.2). Whose recorded status vanished stays
 * in it: there is no fact to tell. Times in epoch milliseconds. Linear in the number of operators.
 */
export function handMadeFacts(input: {
  readonly recorded: Recorded
  readonly catalogue: Catalogue
  readonly editedAt: number
  readonly now: number
  readonly by: string
}): HistoryFact[] {
  const { recorded, catalogue, editedAt, now, by } = input
  const known = {
    statuses: [...recorded.liveStatuses].flatMap((id) => recorded.statuses.get(id) ?? []),
    settings: recorded.settings ?? defaultSettings,
    calendars: recorded.calendars,
    operators: recorded.roster,
  }
  const newcomers = catalogue.operators.filter((operator) => !recorded.stays.has(operator.id))
  return [
    ...factsBetween(known, catalogue, { at: editedAt, by }),
    ...newcomers.flatMap((operator) => firstStay(catalogue, operator, { at: now, by })),
  ]
}
