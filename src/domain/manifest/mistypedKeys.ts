import { isObject, type Raw } from '../catalogue/rules/fields.ts'
import { isMistyped } from '../catalogue/rules/text.ts'
import { knownKeys } from './knownKeys.ts'

/** A key that nothing reads and that looks like one that its place leaves out: `canRecieve`. */
export interface MistypedKey {
  /** JSON path of the first object that has it. */
  readonly path: string
  readonly key: string
  readonly meant: string
  /** In how many objects of its kind it stands. */
  readonly count: number
}

/**
 * Of a catalogue or manifest. Such a key breaks no rule, as unknown keys may be there (contract §1), but what its author
 * meant is not said by it. One that begins with `x-` is meant as it is.
 */
export function mistypedKeys(document: unknown): MistypedKey[] {
  const found = new Map<string, MistypedKey>()
  for (const { kind, path, fields } of objectsOf(document)) {
    const known = knownKeys[kind]
    for (const key of Object.keys(fields)) {
      if (known.has(key) || key.startsWith('x-')) continue
      const meant = [...known].find((one) => !Object.hasOwn(fields, one) && isMistyped(key, one))
      if (meant === undefined) continue
      const before = found.get(`${kind} ${key}`)
      found.set(`${kind} ${key}`, before ? { ...before, count: before.count + 1 } : { path, key, meant, count: 1 })
    }
  }
  return [...found.values()]
}

interface Place {
  readonly kind: keyof typeof knownKeys
  readonly path: string
  readonly fields: Raw
}

function objectsOf(document: unknown): Place[] {
  if (!isObject(document)) return []
  const { settings } = document
  const guarded = isObject(settings) ? settings : {}
  const objects: (Omit<Place, 'fields'> & { readonly fields: unknown })[] = [
    { kind: 'document', path: '$', fields: document },
    { kind: 'settings', path: '$.settings', fields: settings },
    { kind: 'autoOffline', path: '$.settings.autoOffline', fields: guarded.autoOffline },
    { kind: 'massGuard', path: '$.settings.massGuard', fields: guarded.massGuard },
    ...entries('status', document.statuses, '$.statuses'),
    ...entries('calendar', document.calendars, '$.calendars'),
    ...entries('operator', document.operators, '$.operators'),
  ]
  return objects.flatMap(({ fields, ...place }) => (isObject(fields) ? [{ ...place, fields }] : []))
}

function entries(kind: Place['kind'], list: unknown, path: string) {
  return Array.isArray(list) ? list.map((fields: unknown, index) => ({ kind, path: `${path}[${index}]`, fields })) : []
}
