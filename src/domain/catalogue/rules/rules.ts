import { ok, type Result, refuse } from '../../result.ts'
import {
  type Catalogue,
  catalogueVersion,
  defaultSettings,
  type Operator,
  type Role,
  roles,
  type Status,
} from '../catalogue.ts'
import { parseColor } from '../color/color.ts'
import { readCalendars } from './calendarRules.ts'
import { consistencyProblems } from './consistency.ts'
import {
  has,
  inside,
  isObject,
  type Place,
  type Raw,
  type Reading,
  readFlag,
  readList,
  readNullableText,
  readObject,
  readText,
  report,
  reportType,
} from './fields.ts'
import { operatorIdFlaw, StatusIds, statusIdFlaw } from './identifiers.ts'
import { nameFromId, readName } from './names.ts'
import type { Problem } from './problem.ts'
import { readSettings } from './settingsRules.ts'
import { parseName } from './text.ts'

/** A value of which only some fields may be given. */
export type Partially<Value> = { -readonly [Key in keyof Value]?: Value[Key] }

/**
 * A catalogue of a parsed JSON document, with the defaults of contract §1 and §7 for absent keys; unknown keys are
 * passed over. Refused with every broken rule at once, each with its JSON path. Linear in the document's size.
 * `operators`: the document's operators in pieces, where they do not stand in it.
 */
export function parseCatalogue(
  document: unknown,
  operators?: Iterable<readonly unknown[]>,
): Result<Catalogue, readonly Problem[]> {
  const reading: Reading = { problems: [] }
  const raw = readObject(reading, document, () => '$')
  if (raw === null) return refuse(reading.problems)
  readVersion(reading, raw)
  if (!has(raw, 'statuses')) report(reading, '$', { kind: 'missing', key: 'statuses' })
  const catalogue: Catalogue = {
    statuses: completeStatuses(reading, readStatuses(reading, raw.statuses)),
    settings: { ...defaultSettings, ...readSettings(reading, raw.settings) },
    calendars: readCalendars(reading, raw.calendars),
    operators: completeOperators(reading, operators ?? listOf(reading, raw.operators)),
  }
  for (const problem of consistencyProblems(catalogue)) reading.problems.push(problem)
  return reading.problems.length === 0 ? ok(catalogue) : refuse(reading.problems)
}

export function readVersion(reading: Reading, raw: Raw): void {
  if (!has(raw, 'version')) report(reading, '$', { kind: 'missing', key: 'version' })
  else if (raw.version !== catalogueVersion) reportType(reading, '$.version', 'version-1', raw.version)
}

/** Statuses with the fields that are given and keep their own rules; a field that breaks one is reported and left out. */
export function readStatuses(reading: Reading, value: unknown): Partially<Status>[] {
  if (value === undefined) return []
  const list = readList(reading, value, () => '$.statuses') ?? []
  return list.map((entry, index) => readStatus(reading, entry, () => `$.statuses[${index}]`))
}

/** Operators, like `readStatuses`. */
export function readOperators(reading: Reading, value: unknown): Partially<Operator>[] {
  if (value === undefined) return []
  const list = readList(reading, value, () => '$.operators') ?? []
  return list.map((entry, index) => readOperator(reading, entry, () => `$.operators[${index}]`))
}

function readStatus(reading: Reading, value: unknown, place: Place): Partially<Status> {
  const status: Partially<Status> = {}
  const raw = readObject(reading, value, place)
  if (raw === null) return unreadable
  const id = readText(reading, raw, 'id', place)
  if (id !== null) {
    const flaw = statusIdFlaw(id)
    if (flaw !== null) report(reading, inside(place, 'id'), { kind: 'bad-status-id', flaw, value: id })
    // Kept all the same, so that what names the status is not reported too.
    status.id = id
  } else if (raw.id !== undefined) status.id = ''
  const name = readName(reading, raw, place)
  if (name !== null) status.name = name
  const color = readText(reading, raw, 'color', place)
  if (color !== null) {
    const parsed = parseColor(color)
    if (!parsed.ok) report(reading, inside(place, 'color'), { kind: 'bad-color', value: color })
    status.color = parsed.ok ? parsed.value : ''
  } else if (raw.color !== undefined) status.color = ''
  const canReceive = readFlag(reading, raw, 'canReceive', place)
  if (canReceive !== null) status.canReceive = canReceive
  const countAfterClose = readFlag(reading, raw, 'countAfterClose', place)
  if (countAfterClose !== null) status.countAfterClose = countAfterClose
  return status
}

/** Stands for an entry that is no object: it has been reported, and nothing more is to be said of it. */
const unreadable: Partially<Status> & Partially<Operator> = { id: '', name: '', color: '' }

function readOperator(reading: Reading, value: unknown, place: Place): Partially<Operator> {
  const raw = readObject(reading, value, place)
  if (raw === null) return unreadable
  const operator: Partially<Operator> = { id: readOperatorId(reading, raw, place) }
  const name = readName(reading, raw, place)
  if (name !== null) operator.name = name
  const role = readText(reading, raw, 'role', place)
  if (role !== null) {
    const known = roles.find((choice) => choice === role)
    if (known === undefined) report(reading, inside(place, 'role'), { kind: 'bad-choice', value: role, choices: roles })
    else operator.role = known
  }
  const account = readNullableText(reading, raw, 'account', place)
  if (account === '') reportType(reading, inside(place, 'account'), 'string-or-null', account)
  else if (account !== undefined) operator.account = account
  const initialStatus = readNullableText(reading, raw, 'initialStatus', place)
  if (initialStatus !== undefined) operator.initialStatus = initialStatus
  const calendar = readNullableText(reading, raw, 'calendar', place)
  if (calendar !== undefined) operator.calendar = calendar
  return operator
}

function readOperatorId(reading: Reading, raw: Raw, place: Place): string {
  const id = readText(reading, raw, 'id', place)
  if (id === null) {
    if (raw.id === undefined) report(reading, place(), { kind: 'missing', key: 'id' })
    return ''
  }
  const flaw = operatorIdFlaw(id)
  if (flaw !== null) report(reading, inside(place, 'id'), { kind: 'bad-operator-id', flaw, value: id })
  return id
}

/** Statuses as a catalogue needs them: name and colour must be given, an absent id is made from the name. */
function completeStatuses(reading: Reading, statuses: readonly Partially<Status>[]): Status[] {
  const ids = new StatusIds(statuses)
  return statuses.map((status, index) => {
    const missing = (['name', 'color'] as const).filter((key) => status[key] === undefined)
    for (const key of missing) report(reading, `$.statuses[${index}]`, { kind: 'missing', key })
    const { name = '', color = '', canReceive = false, countAfterClose = false } = status
    const id = status.id ?? (name === '' ? '' : ids.make(name))
    return { id, name, color, canReceive, countAfterClose }
  })
}

function listOf(reading: Reading, operators: unknown): readonly (readonly unknown[])[] {
  return operators === undefined ? [] : [readList(reading, operators, () => '$.operators') ?? []]
}

function completeOperators(reading: Reading, pieces: Iterable<readonly unknown[]>): Operator[] {
  const operators: Operator[] = []
  for (const piece of pieces) {
    for (const entry of piece) {
      const index = operators.length
      const place = () => `$.operators[${index}]`
      const operator = wellFormedOperator(entry)
      operators.push(operator ?? completeOperator(reading, readOperator(reading, entry, place), place))
    }
  }
  return operators
}

/**
 * An operator that keeps every rule. There may be very many of them and nearly all do, so this is asked first; null
 * says no more than that the long way has to find out what is missing or wrong.
 */
function wellFormedOperator(value: unknown): Operator | null {
  if (!isObject(value)) return null
  const { id, name, role = 'operator', account = null, initialStatus = null, calendar = null } = value
  if (typeof id !== 'string' || typeof name !== 'string' || !isRole(role)) return null
  if (!isNullableText(account) || !isNullableText(initialStatus) || !isNullableText(calendar)) return null
  const parsed = parseName(name)
  if (!parsed.ok || account === '' || operatorIdFlaw(id) !== null) return null
  return { id, name: parsed.value, role, account, initialStatus, calendar }
}

function isRole(value: unknown): value is Role {
  return value === 'operator' || roles.some((role) => role === value)
}

function isNullableText(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

function completeOperator(reading: Reading, operator: Partially<Operator>, place: Place): Operator {
  const { id = '', role = 'operator', account = null, initialStatus = null, calendar = null } = operator
  const name = operator.name ?? nameFromId(reading, id, place)
  return { id, name, role, account, initialStatus, calendar }
}
