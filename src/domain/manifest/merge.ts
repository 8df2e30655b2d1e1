import { type Calendar, type Catalogue, foldCase, type Operator, type Status } from '../catalogue/catalogue.ts'
import { nextColor } from '../catalogue/color/color.ts'
import { calendarToJson } from '../catalogue/document.ts'
import { StatusIds } from '../catalogue/rules/identifiers.ts'
import { parseName } from '../catalogue/rules/text.ts'
import { isSameOperator, isSameStatus } from '../catalogue/same.ts'
import { isSameJson } from '../sameJson.ts'
import type { PartialCatalogue } from './manifest.ts'

export interface Merged {
  /** What is there and what is wanted, put together; it may break rules. */
  readonly catalogue: Catalogue
  /** Where in the manifest each entry is listed, by id; entries that are not listed are absent. */
  readonly listed: Listed
}

export interface Listed {
  readonly statuses: ReadonlyMap<string, number>
  readonly calendars: ReadonlyMap<string, number>
  readonly operators: ReadonlyMap<string, number>
}

/** The catalogue with what the manifest says written over it. Nothing goes; what is new stands where it is listed. */
export function merge(current: Catalogue, wanted: PartialCatalogue): Merged {
  const statuses = mergeStatuses(current.statuses, wanted.statuses ?? [])
  const calendars = mergeEntries(current.calendars, wanted.calendars ?? [], (one, old) => {
    return old !== undefined && isSameCalendar(one, old) ? old : one
  })
  const operators = mergeEntries(current.operators, (wanted.operators ?? []).map(withId), (one, old) => {
    const operator = { ...(old ?? newOperator(one.id)), ...one }
    return old !== undefined && isSameOperator(operator, old) ? old : operator
  })
  return {
    catalogue: {
      statuses: inOrder(current.statuses, statuses),
      settings: { ...current.settings, ...wanted.settings },
      calendars,
      operators,
    },
    listed: {
      statuses: placesOf(statuses),
      calendars: placesOf(wanted.calendars),
      operators: placesOf(wanted.operators),
    },
  }
}

/** The listed statuses as they will be, in the manifest's order. */
function mergeStatuses(current: readonly Status[], wanted: readonly Partial<Status>[]): Status[] {
  const byId = new Map(current.map((status) => [status.id, status]))
  const byName = new Map(current.map((status) => [foldCase(status.name), status]))
  const claimed = new Set(wanted.map((status) => status.id))
  const matches = wanted.map((status) => {
    if (status.id !== undefined) return byId.get(status.id)
    const namesake = byName.get(foldCase(status.name ?? ''))
    return namesake === undefined || claimed.has(namesake.id) ? undefined : namesake
  })
  const ids = new StatusIds([...current, ...wanted.filter((_, index) => matches[index] === undefined)])
  const colors = [...current, ...wanted].flatMap((status) => status.color ?? [])
  return wanted.map((status, index) => {
    const old = matches[index]
    if (old !== undefined) {
      const edited = { ...old, ...status, id: old.id }
      return isSameStatus(old, edited) ? old : edited
    }
    const { name = '', canReceive = false, countAfterClose = false } = status
    const color = status.color ?? nextColor(colors)
    if (status.color === undefined) colors.push(color)
    return { id: status.id ?? ids.make(name), name, color, canReceive, countAfterClose }
  })
}

/** Listed ones take each other's places in the manifest's order, new ones follow the one they are listed after. */
function inOrder(current: readonly Status[], listed: readonly Status[]): readonly Status[] {
  if (listed.length === 0) return current
  const ids = new Set(current.map((status) => status.id))
  const listedIds = new Set(listed.map((status) => status.id))
  const queue = [...listed]
  const order: Status[] = []
  const takeNew = () => {
    while (queue[0] !== undefined && !ids.has(queue[0].id)) order.push(queue.shift() as Status)
  }
  for (const status of current) {
    if (!listedIds.has(status.id)) {
      order.push(status)
      continue
    }
    takeNew()
    const next = queue.shift()
    if (next !== undefined) order.push(next)
    takeNew()
  }
  order.push(...queue)
  const same = order.length === current.length && order.every((status, index) => status === current[index])
  return same ? current : order
}

function mergeEntries<Entry extends { readonly id: string }, Wanted extends { readonly id: string }>(
  current: readonly Entry[],
  wanted: readonly Wanted[],
  mergeEntry: (wanted: Wanted, old: Entry | undefined) => Entry,
): readonly Entry[] {
  if (wanted.length === 0) return current
  const left = new Map(wanted.map((one) => [one.id, one]))
  const merged = current.map((old) => {
    const one = left.get(old.id)
    left.delete(old.id)
    return one === undefined ? old : mergeEntry(one, old)
  })
  const same = left.size === 0 && merged.every((entry, index) => entry === current[index])
  return same ? current : [...merged, ...[...left.values()].map((one) => mergeEntry(one, undefined))]
}

function withId(operator: Partial<Operator>): Partial<Operator> & { readonly id: string } {
  return { ...operator, id: operator.id ?? '' }
}

function newOperator(id: string): Operator {
  const name = parseName(id)
  return {
    id,
    name: name.ok ? name.value : '',
    role: 'operator',
    account: null,
    initialStatus: null,
    calendar: null,
  }
}

function isSameCalendar(one: Calendar, other: Calendar): boolean {
  return isSameJson(calendarToJson(one), calendarToJson(other))
}

function placesOf(entries: readonly { readonly id?: string }[] = []): Map<string, number> {
  return new Map(entries.map((entry, index) => [entry.id ?? '', index]))
}
