import {
  type Calendar,
  type CalendarInterval,
  type Catalogue,
  foldCase,
  type Operator,
  type Status,
  weekdays,
} from '../catalogue.ts'
import { inside, type Reading, report } from './fields.ts'
import type { Problem } from './problem.ts'

export const mostStatuses = 1000
export const mostOperators = 1_000_000

/**
 * The rules of contract §1 that no field can keep alone: what is unique, what exists, what can't go together. Paths
 * are places in the catalogue as given. An empty id or name stands for one that was reported already.
 */
export function consistencyProblems(catalogue: Catalogue): Problem[] {
  const reading: Reading = { problems: [] }
  const statuses = checkStatuses(reading, catalogue.statuses)
  checkSettings(reading, catalogue, statuses)
  const calendars = checkCalendars(reading, catalogue.calendars, statuses)
  checkOperators(reading, catalogue.operators, { statuses, calendars })
  return reading.problems
}

/** Where each id stands first. */
type Index = ReadonlyMap<string, number>

function checkStatuses(reading: Reading, statuses: readonly Status[]): Index {
  if (statuses.length > mostStatuses) {
    report(reading, '$.statuses', { kind: 'too-many-statuses', count: statuses.length })
  }
  const ids = checkIds(reading, 'status', statuses)
  const names = new Map<string, number>()
  statuses.forEach((status, index) => {
    const path = `$.statuses[${index}]`
    if (status.canReceive && status.countAfterClose)
      report(reading, path, { kind: 'both-flags', status: status.id || status.name })
    if (status.name === '') return
    const name = foldCase(status.name)
    const first = names.get(name)
    if (first === undefined) names.set(name, index)
    else
      report(reading, `${path}.name`, {
        kind: 'duplicate-name',
        value: status.name,
        firstPath: `$.statuses[${first}].name`,
      })
    const other = ids.get(name)
    if (other === undefined || other === index || other === first || status.id === name) return
    report(reading, `${path}.name`, { kind: 'name-is-id', value: status.name, otherPath: `$.statuses[${other}].id` })
  })
  return ids
}

function checkSettings(reading: Reading, { statuses, settings }: Catalogue, ids: Index): void {
  const check = (id: string | null, path: string, setting: 'auto-offline' | 'default-offline') => {
    if (id === null) return
    const index = ids.get(id)
    if (index === undefined) report(reading, path, { kind: 'unknown-status', value: id })
    else if (statuses[index]?.canReceive) report(reading, path, { kind: 'receiving-target', status: id, setting })
  }
  check(settings.defaultOffline, '$.settings.defaultOffline', 'default-offline')
  check(settings.autoOffline.status, '$.settings.autoOffline.status', 'auto-offline')
}

function checkCalendars(reading: Reading, calendars: readonly Calendar[], statuses: Index): Index {
  calendars.forEach((calendar, index) => {
    const place = () => `$.calendars[${index}]`
    for (const day of weekdays) checkDay(reading, calendar.week[day] ?? [], `${place()}.week.${day}`, statuses)
    for (const [date, day] of calendar.exceptions) {
      checkDay(
        reading,
        day,
        inside(() => `${place()}.exceptions`, date),
        statuses,
      )
    }
  })
  return checkIds(reading, 'calendar', calendars)
}

function checkDay(reading: Reading, day: readonly CalendarInterval[], path: string, statuses: Index): void {
  day.forEach(({ status }, index) => {
    if (status === null || statuses.has(status)) return
    report(reading, `${path}[${index}].status`, { kind: 'unknown-status', value: status })
  })
}

function checkOperators(
  reading: Reading,
  operators: readonly Operator[],
  known: { readonly statuses: Index; readonly calendars: Index },
): void {
  if (operators.length > mostOperators) {
    report(reading, '$.operators', { kind: 'too-many-operators', count: operators.length })
  }
  checkOperatorIds(reading, operators)
  operators.forEach(({ initialStatus, calendar }, index) => {
    if (initialStatus !== null && !known.statuses.has(initialStatus)) {
      report(reading, `$.operators[${index}].initialStatus`, { kind: 'unknown-status', value: initialStatus })
    }
    if (calendar !== null && !known.calendars.has(calendar)) {
      report(reading, `$.operators[${index}].calendar`, { kind: 'unknown-calendar', value: calendar })
    }
  })
}

/**
 * Like `checkIds`, for very many: a table of numbers takes a tenth of the room and time of a Map. Two ids that hash
 * alike are held against each other, so a hash alone says nothing.
 */
function checkOperatorIds(reading: Reading, operators: readonly Operator[]): void {
  const cells = new Int32Array(2 ** Math.ceil(Math.log2(operators.length * 2 + 2)))
  for (let index = 0; index < operators.length; index++) {
    const { id } = operators[index] as Operator
    if (id === '') continue
    let cell = hashOf(id) & (cells.length - 1)
    for (; cells[cell] !== 0; cell = (cell + 1) & (cells.length - 1)) {
      const earlier = (cells[cell] as number) - 1
      if (operators[earlier]?.id !== id) continue
      const firstPath = `$.operators[${earlier}].id`
      report(reading, `$.operators[${index}].id`, { kind: 'duplicate-id', of: 'operator', value: id, firstPath })
      break
    }
    if (cells[cell] === 0) cells[cell] = index + 1
  }
}

/** FNV-1a over the text's UTF-16 units, then spread over all bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7
}

const lists = { status: 'statuses', calendar: 'calendars' } as const

function checkIds(reading: Reading, of: keyof typeof lists, entries: readonly { readonly id: string }[]): Index {
  const first = new Map<string, number>()
  entries.forEach(({ id }, index) => {
    const earlier = id === '' ? undefined : first.get(id)
    if (earlier === undefined) first.set(id, index)
    else {
      const firstPath = `$.${lists[of]}[${earlier}].id`
      report(reading, `$.${lists[of]}[${index}].id`, { kind: 'duplicate-id', of, value: id, firstPath })
    }
  })
  return first
}
