import type { Catalogue } from '../catalogue/catalogue.ts'
import { operatorsBy, refusalToDelete } from '../edits/statusDeletion.ts'
import type { Failure } from '../failure.ts'
import { ok, type Result, refuse } from '../result.ts'
import type { PartialCatalogue } from './manifest.ts'
import type { Merged } from './merge.ts'

/**
 * The merged catalogue without what the manifest leaves out; a list that it does not have at all prunes nothing.
 * Operators go first, then calendars, then statuses, so that only what stays can be in the way.
 */
export function prune(
  { catalogue, listed }: Merged,
  request: { readonly wanted: PartialCatalogue; readonly occupants: ReadonlyMap<string, string> },
): Result<Catalogue, Failure> {
  const { wanted, occupants } = request
  const kept = <Entry extends { readonly id: string }>(
    entries: readonly Entry[],
    places: ReadonlyMap<string, number>,
  ) => {
    return entries.every(({ id }) => places.has(id)) ? entries : entries.filter(({ id }) => places.has(id))
  }
  const operators = wanted.operators === undefined ? catalogue.operators : kept(catalogue.operators, listed.operators)
  const calendars = wanted.calendars === undefined ? catalogue.calendars : kept(catalogue.calendars, listed.calendars)
  for (const calendar of catalogue.calendars) {
    const assigned = calendars.includes(calendar) ? [] : operators.filter((one) => one.calendar === calendar.id)
    if (assigned.length === 0) continue
    return refuse({ code: 'calendar-in-use', calendar: calendar.id, operators: assigned.map(({ id }) => id) })
  }
  const rest: Catalogue = { ...catalogue, operators, calendars }
  if (wanted.statuses === undefined) return ok(rest)
  const doomed = new Map(catalogue.statuses.filter(({ id }) => !listed.statuses.has(id)).map((one) => [one.id, one]))
  const refusal = refusalToDelete(rest, {
    doomed,
    moveTo: null,
    inside: operatorsBy(operators, doomed, ({ id }) => occupants.get(id)),
    // Whoever declares no start will start where the outcome says: nobody's start is deleted.
    starting: operatorsBy(operators, doomed, ({ initialStatus }) => initialStatus),
  })
  if (refusal !== null) return refuse(refusal)
  const statuses = doomed.size === 0 ? rest.statuses : rest.statuses.filter(({ id }) => !doomed.has(id))
  return ok({ ...rest, statuses })
}
