import { type Catalogue, initialStatusOf, type Operator, type Settings, type Status } from '../catalogue/catalogue.ts'
import { type CalendarJson, calendarToJson } from '../catalogue/document.ts'
import { isSameOperator, isSameStatus } from '../catalogue/same.ts'
import { isSameJson } from '../sameJson.ts'
import type { HistoryFact } from './history.ts'

/** When something took effect, in epoch milliseconds, and by whom. */
export interface Stamp {
  readonly at: number
  readonly by: string
}

/** A catalogue as far as the history can know it. */
export interface Known {
  readonly statuses: readonly Status[]
  readonly settings: Settings
  readonly calendars: readonly CalendarJson[]
  readonly operators: ReadonlyMap<string, Operator>
}

/**
 * The history's facts about a change of the catalogue, in the order in which they can be folded, the first stay of
 * every operator added among them. Empty where both are the same. Linear in the number of operators.
 */
export function factsOfChange(before: Catalogue, after: Catalogue, stamp: Stamp): HistoryFact[] {
  const sameRoster = before.operators === after.operators
  const facts = factsBetween(
    {
      ...before,
      calendars: before.calendars.map(calendarToJson),
      operators: new Map(sameRoster ? [] : before.operators.map((operator) => [operator.id, operator])),
    },
    sameRoster ? { ...after, operators: [] } : after,
    stamp,
  )
  return facts.flatMap((fact) =>
    fact.type === 'operator-added' ? [fact, ...firstStay(after, fact.operator, stamp)] : [fact],
  )
}

/** The operator's first stay: where they start. None where there is no status to start in. */
export function firstStay(catalogue: Catalogue, operator: Operator, { at, by }: Stamp): HistoryFact[] {
  const to = initialStatusOf(catalogue, operator)
  if (to === null) return []
  return [
    {
      type: 'status-entered',
      at,
      operator: operator.id,
      from: null,
      to,
      cause: 'admin',
      due: null,
      lastSeen: null,
      by,
    },
  ]
}

/** The facts that lead from what is known to the catalogue, without anybody's stay. */
export function factsBetween(before: Known, after: Catalogue, stamp: Stamp): HistoryFact[] {
  return [
    // Deletions come first: the positions that follow count what is left.
    ...statusesDeleted(before.statuses, after.statuses, stamp),
    ...statusesCreatedOrEdited(before.statuses, after.statuses, stamp),
    ...settingsChanged(before.settings, after.settings, stamp),
    ...calendarsChanged(before.calendars, after.calendars.map(calendarToJson), stamp),
    ...rosterChanged(before.operators, after.operators, stamp),
  ]
}

/** Creations, edits and moves, replayed from the first position to the last, so that each is right when it is made. */
function statusesCreatedOrEdited(before: readonly Status[], after: readonly Status[], stamp: Stamp): HistoryFact[] {
  if (before === after) return []
  const facts: HistoryFact[] = []
  const earlier = new Map(before.map((status) => [status.id, status]))
  const places = new Map(after.map((status, index) => [status.id, index]))
  const order = before.filter((status) => places.has(status.id)).map((status) => status.id)
  const edited = (id: string, index: number) => {
    const [old, status] = [earlier.get(id), after[places.get(id) ?? -1]]
    if (old !== undefined && status !== undefined) {
      facts.push({ type: 'status-edited', ...stamp, before: old, after: status, position: index + 1 })
      earlier.set(id, status)
    }
  }
  after.forEach((status, index) => {
    const old = earlier.get(status.id)
    if (old === undefined) {
      order.splice(index, 0, status.id)
      facts.push({ type: 'status-created', ...stamp, status, position: index + 1 })
      return
    }
    // One status moved down is one fact about it, not one about each that it passed.
    const standing = order[index] ?? ''
    if (standing !== status.id && order[index + 1] === status.id) {
      const target = Math.min(places.get(standing) ?? index, order.length - 1)
      order.splice(index, 1)
      order.splice(target, 0, standing)
      edited(standing, target)
    }
    if (order[index] === status.id && isSameStatus(old, status)) return
    order.splice(order.indexOf(status.id), 1)
    order.splice(index, 0, status.id)
    edited(status.id, index)
  })
  return facts
}

function statusesDeleted(before: readonly Status[], after: readonly Status[], stamp: Stamp): HistoryFact[] {
  if (before === after) return []
  const left = new Set(after.map((status) => status.id))
  return before.filter((status) => !left.has(status.id)).map((status) => ({ type: 'status-deleted', ...stamp, status }))
}

function settingsChanged(before: Settings, after: Settings, stamp: Stamp): HistoryFact[] {
  if (isSameJson(before, after)) return []
  return [{ type: 'settings-changed', ...stamp, before, after }]
}

function calendarsChanged(
  before: readonly CalendarJson[],
  after: readonly CalendarJson[],
  stamp: Stamp,
): HistoryFact[] {
  const earlier = new Map(before.map((calendar) => [calendar.id, calendar]))
  const later = new Map(after.map((calendar) => [calendar.id, calendar]))
  const ids = [...new Set([...earlier.keys(), ...later.keys()])]
  const changed = ids.filter((id) => !isSameJson(earlier.get(id), later.get(id)))
  return changed.length === 0 ? [] : [{ type: 'calendars-changed', ...stamp, calendars: changed, after }]
}

function rosterChanged(before: ReadonlyMap<string, Operator>, after: readonly Operator[], stamp: Stamp): HistoryFact[] {
  const facts: HistoryFact[] = []
  const left = new Set<string>()
  for (const operator of after) {
    left.add(operator.id)
    const old = before.get(operator.id)
    if (old === undefined) facts.push({ type: 'operator-added', ...stamp, operator })
    else if (old !== operator && !isSameOperator(old, operator)) {
      facts.push({ type: 'operator-edited', ...stamp, before: old, after: operator })
    }
  }
  for (const operator of before.values()) {
    if (!left.has(operator.id)) facts.push({ type: 'operator-removed', ...stamp, operator })
  }
  return facts
}
