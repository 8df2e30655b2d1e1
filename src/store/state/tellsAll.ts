import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { handMadeFacts } from '../../domain/history/reconcile.ts'
import type { Recorded } from '../../domain/history/recorded.ts'

/** Does the history say all that the catalogue says, and in its order? Linear in the number of operators. */
export function tellsAll(recorded: Recorded, catalogue: Catalogue): boolean {
  const { operators, calendars } = catalogue
  if (calendars.length > 0 || recorded.calendars.length > 0 || operators.length !== recorded.roster.size) return false
  let place = 0
  for (const id of recorded.roster.keys()) if (operators[place++]?.id !== id) return false
  const nobody = { editedAt: 0, now: 0, by: '' }
  return handMadeFacts({ recorded, catalogue, ...nobody }).length === 0
}
