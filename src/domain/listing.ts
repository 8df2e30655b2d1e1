import { foldCase } from './catalogue/catalogue.ts'
import type { Raw } from './catalogue/rules/fields.ts'
import { similarTo } from './catalogue/rules/text.ts'
import { compareIds } from './order.ts'
import { ok, type Result, refuse } from './result.ts'

export const comparisons = ['!=', '<=', '>=', '=', '~', '<', '>'] as const
export type Comparison = (typeof comparisons)[number]

/** `~`: contains. Texts are compared without regard to case, times and texts by their order. */
export interface Condition {
  readonly field: string
  readonly comparison: Comparison
  readonly value: string
}

export interface SortKey {
  readonly field: string
  readonly direction: 'up' | 'down'
}

/** What is wanted of a list. */
export interface ListWish {
  /** All must hold. */
  readonly conditions: readonly Condition[]
  /** The first decides, the next where it is equal; otherwise the list's own order. */
  readonly sort: readonly SortKey[]
  /** At most so many, from one end of the list; null: all. */
  readonly limit: number | null
  readonly end: 'first' | 'last'
  /** Only these, in this order; null: all. */
  readonly fields: readonly string[] | null
  /** What rows of the list can have, also where none has it now; null: what they have. */
  readonly known: readonly string[] | null
}

export interface UnknownField {
  readonly field: string
  readonly known: readonly string[]
  readonly similar: readonly string[]
}

/** `status=online`, `operators>3`, `name~ana`; null where the text is no condition. */
export function parseCondition(text: string): Condition | null {
  const match = /^([\w-]+)(!=|<=|>=|=|~|<|>)(.*)$/s.exec(text)
  if (match === null) return null
  const [, field, comparison, value] = match as unknown as [string, string, Comparison, string]
  return { field, comparison, value }
}

/** `name,-since`: fields with commas between, a minus turns one around. */
export function parseSort(text: string): SortKey[] {
  return splitFields(text).map((key) =>
    key.startsWith('-') ? { field: key.slice(1), direction: 'down' } : { field: key, direction: 'up' },
  )
}

export function splitFields(text: string): string[] {
  return text.split(',').map((field) => field.trim())
}

/**
 * The places of the rows that are wanted, in the wanted order. Refuses a field that no row can have; where that is not
 * known and there are no rows, nothing is refused.
 */
export function arrangeRows(rows: readonly Raw[], wish: ListWish): Result<readonly number[], UnknownField> {
  const known = [...new Set([...(wish.known ?? []), ...rows.flatMap((row) => Object.keys(row))])]
  const named = [...wish.conditions, ...wish.sort].map(({ field }) => field).concat(wish.fields ?? [])
  const unknown = known.length === 0 ? undefined : named.find((field) => !known.includes(field))
  if (unknown !== undefined) return refuse({ field: unknown, known, similar: similarTo(unknown, known) })
  const places = rows.flatMap((row, place) =>
    wish.conditions.every((one) => holds(row[one.field], one)) ? [place] : [],
  )
  if (wish.sort.length > 0) {
    places.sort((one, other) => compareRows(rows[one] as Raw, rows[other] as Raw, wish.sort) || one - other)
  }
  if (wish.limit === null) return ok(places)
  return ok(wish.end === 'first' ? places.slice(0, wish.limit) : places.slice(-wish.limit))
}

/** A list of values matches where one of them does; nothing and an empty text are null. */
function holds(value: unknown, condition: Condition): boolean {
  const { comparison, value: wanted } = condition
  if (comparison === '!=') return !holds(value, { ...condition, comparison: '=' })
  if (Array.isArray(value) && value.length > 0) return value.some((one) => holds(one, condition))
  const isNothing = value === null || value === undefined || (Array.isArray(value) && value.length === 0)
  if (comparison === '=') return isNothing ? wanted === '' || wanted === 'null' : isEqual(value, wanted)
  if (isNothing) return false
  if (comparison === '~') return foldCase(textOf(value)).includes(foldCase(wanted))
  const order = compareValues(value, typeof value === 'number' ? Number(wanted) : wanted)
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[comparison]
}

function isEqual(value: unknown, wanted: string): boolean {
  if (typeof value === 'boolean') return (value ? ['true', 'yes'] : ['false', 'no']).includes(wanted.toLowerCase())
  if (typeof value === 'number') return wanted.trim() !== '' && value === Number(wanted)
  return foldCase(textOf(value)) === foldCase(wanted)
}

function compareRows(one: Raw, other: Raw, sort: readonly SortKey[]): number {
  for (const { field, direction } of sort) {
    const [left, right] = [one[field] ?? null, other[field] ?? null]
    // What has no value stands last in either direction.
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1
      continue
    }
    const order = compareValues(left, right)
    if (order !== 0) return direction === 'up' ? order : -order
  }
  return 0
}

function compareValues(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'boolean' && typeof other === 'boolean') return Number(one) - Number(other)
  return compareIds(foldCase(textOf(one)), foldCase(textOf(other)))
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
