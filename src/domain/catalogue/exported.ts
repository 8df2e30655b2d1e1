import type { Catalogue } from './catalogue.ts'
import { type CatalogueJson, toDocument } from './document.ts'
import { isObject, type Raw } from './rules/fields.ts'

/**
 * The catalogue as a manifest: every key written out, and the keys of its document that opstat does not know where
 * they stood. `document` is what the catalogue was read from.
 */
export function exportedDocument(catalogue: Catalogue, document: unknown): object {
  const json: CatalogueJson = toDocument(catalogue)
  if (!isObject(document)) return json
  const { $schema, ...rest } = document
  const complete = {
    ...json,
    statuses: withExtras(json.statuses, rest.statuses),
    settings: withExtra(json.settings, rest.settings),
    calendars: withExtras(json.calendars, rest.calendars),
    operators: withExtras(json.operators, rest.operators),
  }
  return { ...($schema === undefined ? {} : { $schema }), ...(withExtra(complete, rest) as object) }
}

function withExtras(entries: readonly object[], raw: unknown): readonly object[] {
  return Array.isArray(raw) ? entries.map((entry, index) => withExtra(entry, raw[index])) : entries
}

function withExtra(entry: object, raw: unknown): object {
  if (!isObject(raw)) return entry
  const extra = Object.entries(raw as Raw).filter(([key]) => !Object.hasOwn(entry, key))
  // A key `__proto__` is a key like any other.
  return extra.length === 0 ? entry : Object.fromEntries([...Object.entries(entry), ...extra])
}
