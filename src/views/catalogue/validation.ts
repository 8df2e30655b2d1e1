import { isObject } from '../../domain/catalogue/rules/fields.ts'
import type { DocumentKind } from '../../domain/catalogue/schema.ts'
import { mistypedKeys } from '../../domain/manifest/mistypedKeys.ts'
import { printable } from '../painting/printable.ts'
import type { Shown } from '../shown.ts'
import { mistypedNotes } from './mistypedNotes.ts'
import { counted, listed } from './outcome.ts'

/** A document that keeps every rule, and how much is in it. */
export function showValid(source: string, document: unknown, kind: DocumentKind): Shown {
  const mistyped = mistypedKeys(document)
  const count = (list: 'statuses' | 'operators' | 'calendars') => {
    const entries = isObject(document) ? document[list] : undefined
    return Array.isArray(entries) ? entries.length : 0
  }
  const [statuses, operators, calendars] = [count('statuses'), count('operators'), count('calendars')]
  const words = [counted(statuses, 'status'), counted(operators, 'operator'), counted(calendars, 'calendar')]
  return {
    value: { file: source, valid: true, kind, statuses, operators, calendars },
    human: () => `${printable(source)} is valid as a ${kind}: ${listed(words)}`,
    names: [source],
    ...(mistyped.length === 0 ? {} : { note: mistypedNotes(mistyped) }),
  }
}
