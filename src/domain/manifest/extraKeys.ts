import { type Catalogue, foldCase } from '../catalogue/catalogue.ts'
import { isObject, type Raw } from '../catalogue/rules/fields.ts'
import { isSameJson } from '../sameJson.ts'
import { knownKeys } from './knownKeys.ts'
import type { FieldChange, PlannedChange } from './plan.ts'

/**
 * Keys of entries that opstat does not know, such as another system's id under `x-twilio-sid`. They are carried from
 * manifest to catalogue as they are; a key that a manifest does not name stays.
 */
export interface ExtraChanges {
  /** The plan with the extra keys among the fields, in its order. */
  readonly changes: readonly PlannedChange[]
  /** The document with them; null where there are none. */
  readonly rewrite: ((document: unknown) => unknown) | null
}

type Kind = Exclude<PlannedChange['kind'], 'settings'>

const lists = { status: 'statuses', calendar: 'calendars', operator: 'operators' } as const satisfies Record<
  Kind,
  keyof Catalogue
>

/** A plan together with what the manifest's extra keys change in the catalogue's document. */
export function planExtraKeys(facts: {
  /** The catalogue's document as it is, and the catalogue that was read from it. */
  readonly document: unknown
  readonly current: Catalogue
  readonly manifest: unknown
  /** The catalogue as planned. */
  readonly planned: Catalogue
  readonly changes: readonly PlannedChange[]
}): ExtraChanges {
  const { document, current, manifest, planned, changes } = facts
  const idsByName = new Map(planned.statuses.map(({ id, name }) => [foldCase(name), id]))
  const wanted = (['status', 'calendar', 'operator'] as const).flatMap((kind) => {
    return extrasIn(manifest, kind, (raw) => {
      if (typeof raw.id === 'string') return raw.id
      return typeof raw.name === 'string' ? idsByName.get(foldCase(raw.name.trim().normalize('NFC'))) : undefined
    })
  })
  if (wanted.length === 0) return { changes, rewrite: null }
  const present = new Map(
    (['status', 'calendar', 'operator'] as const).flatMap((kind) => {
      const ids = current[lists[kind]].map(({ id }) => id)
      return extrasIn(document, kind, (_, index) => ids[index]).map((extra) => [placeOf(extra), extra.keys] as const)
    }),
  )
  const fresh = wanted
    .map((extra) => ({ ...extra, fields: fieldChanges(present.get(placeOf(extra)) ?? {}, extra.keys) }))
    .filter(({ fields }) => fields.length > 0)
  if (fresh.length === 0) return { changes, rewrite: null }
  return { changes: withFields(changes, fresh), rewrite: (after) => rewritten(after, fresh, planned) }
}

interface Extra {
  readonly kind: Kind
  readonly id: string
  readonly keys: Raw
}

interface ExtraChange extends Extra {
  readonly fields: readonly FieldChange[]
}

function extrasIn(document: unknown, kind: Kind, idOf: (raw: Raw, index: number) => string | undefined): Extra[] {
  return entriesOf(document, kind).flatMap((raw, index): Extra[] => {
    if (!isObject(raw) || Object.keys(raw).every((key) => knownKeys[kind].has(key))) return []
    const keys = Object.entries(raw).filter(([key]) => !knownKeys[kind].has(key))
    const id = idOf(raw, index)
    return id === undefined ? [] : [{ kind, id, keys: Object.fromEntries(keys) }]
  })
}

function entriesOf(document: unknown, kind: Kind): readonly unknown[] {
  const list = isObject(document) ? document[lists[kind]] : undefined
  return Array.isArray(list) ? list : []
}

function placeOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind} ${id}`
}

function fieldChanges(before: Raw, after: Raw): FieldChange[] {
  return Object.entries(after).flatMap(([field, value]) => {
    const old = Object.hasOwn(before, field) ? before[field] : undefined
    return isSameJson(old, value) ? [] : [{ field, before: old ?? null, after: value }]
  })
}

/** Edits that are nothing but extra keys stand before the deletions. */
function withFields(changes: readonly PlannedChange[], fresh: readonly ExtraChange[]): PlannedChange[] {
  const left = new Map(fresh.map((extra) => [placeOf(extra), extra]))
  const merged = changes.map((change) => {
    const extra = left.get(placeOf(change))
    if (extra === undefined) return change
    left.delete(placeOf(change))
    return { ...change, fields: [...change.fields, ...extra.fields] }
  })
  const edits = [...left.values()].map(({ kind, id, fields }): PlannedChange => ({ action: 'edit', kind, id, fields }))
  const isDeletion = ({ action }: PlannedChange) => action === 'delete'
  return [...merged.filter((change) => !isDeletion(change)), ...edits, ...merged.filter(isDeletion)]
}

/** `document` lists its entries in the order of `planned`. */
function rewritten(document: unknown, fresh: readonly ExtraChange[], planned: Catalogue): unknown {
  if (!isObject(document)) return document
  const byPlace = new Map(fresh.map((extra) => [placeOf(extra), extra.keys]))
  const kinds = [...new Set(fresh.map(({ kind }) => kind))]
  const patched = kinds.map((kind): [string, unknown] => {
    const entries = entriesOf(document, kind).map((raw, index) => {
      const keys = byPlace.get(placeOf({ kind, id: planned[lists[kind]][index]?.id ?? '' }))
      return keys === undefined || !isObject(raw) ? raw : withKeys(raw, keys)
    })
    return [lists[kind], entries]
  })
  return withKeys(document, Object.fromEntries(patched))
}

/** A copy with these keys set in their place, new ones at the end. A key `__proto__` is a key like any other. */
function withKeys(raw: Raw, keys: Raw): Raw {
  return Object.fromEntries(new Map([...Object.entries(raw), ...Object.entries(keys)]))
}
