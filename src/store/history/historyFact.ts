import { defaultSettings, type Operator, roles, type Settings, type Status } from '../../domain/catalogue/catalogue.ts'
import type { CalendarJson } from '../../domain/catalogue/document.ts'
import { isObject, type Raw, type Reading } from '../../domain/catalogue/rules/fields.ts'
import { readSettings } from '../../domain/catalogue/rules/settingsRules.ts'
import {
  type HistoryEnd,
  type HistoryFact,
  type TransitionCause,
  transitionCauses,
} from '../../domain/history/history.ts'
import { unreachable } from '../../domain/result.ts'
import { parseTime } from '../../domain/time.ts'

/** The fact that a line tells; null where a field is missing or of the wrong kind. */
export function readFact(raw: Raw): HistoryFact | null {
  const at = readTime(raw.at)
  const { by, type } = raw
  if (at === null || !isText(by)) return null
  // Nearly all of them.
  if (type === 'status-entered') return readTransition(raw, at, by)
  const known = factTypes.find((name) => name === type)
  return known === undefined ? null : readFields(known, raw, { at, by })
}

export const factTypes = [
  'status-entered',
  'dialogues',
  'status-created',
  'status-edited',
  'status-deleted',
  'settings-changed',
  'operator-added',
  'operator-edited',
  'operator-removed',
  'applied',
  'calendars-changed',
  'history-altered',
] as const satisfies readonly HistoryFact['type'][]

function readFields(type: HistoryFact['type'], raw: Raw, when: { at: number; by: string }): HistoryFact | null {
  const { operator, open, position, source, calendars } = raw
  switch (type) {
    case 'status-entered':
      return readTransition(raw, when.at, when.by)
    case 'dialogues':
      return isText(operator) && isCount(open) ? { type, ...when, operator, open } : null
    case 'status-created':
      return isStatus(raw.status) && isCount(position) ? { type, ...when, status: raw.status, position } : null
    case 'status-edited':
      if (!isStatus(raw.before) || !isStatus(raw.after) || !isCount(position)) return null
      return { type, ...when, before: raw.before, after: raw.after, position }
    case 'status-deleted':
      return isStatus(raw.status) ? { type, ...when, status: raw.status } : null
    case 'settings-changed': {
      const before = readWholeSettings(raw.before)
      const after = readWholeSettings(raw.after)
      return before && after && { type, ...when, before, after }
    }
    case 'operator-added':
    case 'operator-removed':
      return isOperator(operator) ? { type, ...when, operator } : null
    case 'operator-edited':
      if (!isOperator(raw.before) || !isOperator(raw.after)) return null
      return { type, ...when, before: raw.before, after: raw.after }
    case 'applied':
      return isText(source) && isChanges(raw.changes) ? { type, ...when, source, changes: raw.changes } : null
    case 'calendars-changed':
      return isTexts(calendars) && isCalendars(raw.after) ? { type, ...when, calendars, after: raw.after } : null
    case 'history-altered':
      return isEnd(raw.expected) && isEnd(raw.found)
        ? { type, ...when, expected: raw.expected, found: raw.found }
        : null
    default:
      return unreachable(type)
  }
}

function readTransition(raw: Raw, at: number, by: string): HistoryFact | null {
  const { operator, from, to, cause } = raw
  const due = raw.due === null ? null : readTime(raw.due)
  const lastSeen = raw.lastSeen === null ? null : readTime(raw.lastSeen)
  if (!isText(operator) || !isTextOrNull(from) || !isText(to) || !isCause(cause)) return null
  if ((due === null && raw.due !== null) || (lastSeen === null && raw.lastSeen !== null)) return null
  return { type: 'status-entered', at, by, operator, from, to, cause, due, lastSeen }
}

function isCause(value: unknown): value is TransitionCause {
  return transitionCauses.includes(value as TransitionCause)
}

function readWholeSettings(value: unknown): Settings | null {
  const reading: Reading = { problems: [] }
  const settings = readSettings(reading, value)
  return reading.problems.length > 0 || !isObject(value) ? null : { ...defaultSettings, ...settings }
}

export function readTime(value: unknown): number | null {
  return typeof value === 'string' ? parseTime(value) : null
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isEnd(value: unknown): value is HistoryEnd {
  return isObject(value) && isCount(value.seq) && isText(value.head)
}

function isStatus(value: unknown): value is Status {
  if (!isObject(value) || !isText(value.id) || !isText(value.name) || !isText(value.color)) return false
  return typeof value.canReceive === 'boolean' && typeof value.countAfterClose === 'boolean'
}

function isOperator(value: unknown): value is Operator {
  if (!isObject(value) || !isText(value.id) || !isText(value.name) || !roles.some((role) => role === value.role))
    return false
  return isTextOrNull(value.account) && isTextOrNull(value.initialStatus) && isTextOrNull(value.calendar)
}

/** Shape alone: a time zone that another Node knew must not make the history unreadable. */
function isCalendars(value: unknown): value is CalendarJson[] {
  return Array.isArray(value) && value.every(isCalendar)
}

function isCalendar(value: unknown): value is CalendarJson {
  if (!isObject(value) || !isText(value.id) || !isText(value.name) || !isText(value.timeZone)) return false
  return [value.week, value.exceptions].every((days) => isObject(days) && Object.values(days).every(Array.isArray))
}

function isChanges(value: unknown): value is { created: number; edited: number; deleted: number } {
  return isObject(value) && isCount(value.created) && isCount(value.edited) && isCount(value.deleted)
}
