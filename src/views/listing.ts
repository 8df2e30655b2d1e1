import { isObject, type Raw } from '../domain/catalogue/rules/fields.ts'
import { type Column, renderTable } from './painting/table.ts'
import type { Cell, Shown } from './shown.ts'

/** The rows of a list as programs see them; null where it is no list of objects. */
export function rowsOf(shown: Shown): readonly Raw[] | null {
  const { value } = shown
  return Array.isArray(value) && value.every(isObject) ? value : null
}

/** The list with these of its rows, in this order, and with these fields alone (null: with all). */
export function arranged(shown: Shown, places: readonly number[], fields: readonly string[] | null): Shown {
  const rows = rowsOf(shown) ?? []
  const isWhole = places.length === rows.length && places.every((place, index) => place === index)
  const { note: _, ...picked } = isWhole ? shown : (shown.pick?.(places) ?? pickedPlainly(shown, rows, places))
  const said = shown.note === undefined ? {} : { note: shown.note }
  if (places.length === 0 && rows.length > 0) return { ...picked, human: () => '', note: 'nothing matches' }
  return { ...picked, ...(fields === null ? {} : withFields(rowsOf(picked) ?? [], fields)), ...said }
}

/** For lists that have no view of a part of them. */
function pickedPlainly(shown: Shown, rows: readonly Raw[], places: readonly number[]): Shown {
  const { sheet, names, ...rest } = shown
  const at = <Entry>(entries: readonly Entry[]) => places.map((place) => entries[place] as Entry)
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return {
    ...rest,
    ...withFields(at(rows), fields),
    value: at(rows),
    ...(sheet?.rows.length === rows.length ? { sheet: { columns: sheet.columns, rows: at(sheet.rows) } } : {}),
    ...(names?.length === rows.length ? { names: at(names) } : {}),
  }
}

function withFields(
  rows: readonly Raw[],
  fields: readonly string[],
): Pick<Shown, 'value' | 'human' | 'sheet' | 'json'> {
  const columns = fields.map((header): Column => {
    const isNumber = rows.length > 0 && rows.every((row) => typeof row[header] === 'number')
    return { header, shrinksTo: 8, align: isNumber ? 'right' : 'left' }
  })
  const cells = rows.map((row) => fields.map((field) => cellOf(row[field])))
  return {
    value: rows.map((row) => Object.fromEntries(fields.map((field) => [field, row[field] ?? null]))),
    human: (paint) => (rows.length === 0 ? '' : renderTable(columns, cells, paint)),
    sheet: { columns: fields, rows: cells },
    json: undefined,
  }
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return value as Cell
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? value.length === 0
      ? null
      : value.join(' ')
    : JSON.stringify(value)
}
