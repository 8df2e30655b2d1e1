import { inside, isObject, type Raw, type Reading, readText, report } from '../catalogue/rules/fields.ts'

/** Another system whose list of statuses can be read. */
export interface Vendor {
  readonly id: 'twilio' | 'amazon-connect' | 'genesys' | 'zendesk'
  readonly name: string
  /** Under which key of a status the vendor's id is kept where it can't be the status's own. */
  readonly idKey: string
  /** The lists of a document, and whether the vendor has more than is in it; null: it is none of the vendor's. */
  readonly listsOf: (document: unknown) => VendorLists | null
  /** The key of the list that a document should have, for a refusal. */
  readonly listKey: string
  readonly readEntry: (reading: Reading, raw: Raw, path: string) => VendorStatus
}

export interface VendorLists {
  readonly entries: readonly { readonly raw: unknown; readonly path: string }[]
  /** What says that this is one page of several, or null. */
  readonly more: string | null
}

/** A status as another system knows it. An empty id or name was reported. */
export interface VendorStatus {
  readonly id: string
  readonly name: string
  /** Where id and name stand. */
  readonly idPath: string
  readonly namePath: string
  /** What decides about receiving in that system: `ROUTABLE`, `Available`; null where the list does not say. */
  readonly kind: string | null
  readonly canReceive: boolean
  /** Is it the system's own way of being offline? */
  readonly isOffline: boolean
  /** Is it switched off there? */
  readonly isDisabled: boolean
  /** The place in that system's order; null where it has none. */
  readonly order: number | null
}

/** A list under a key, where it is one. */
export function listAt(document: unknown, key: string): { readonly raw: unknown; readonly path: string }[] | null {
  const list = isObject(document) ? document[key] : undefined
  return Array.isArray(list) ? list.map((raw: unknown, index) => ({ raw, path: `$.${key}[${index}]` })) : null
}

/** The documents of a list that stands by itself, or one alone, as far as they look like one. */
export function bare(document: unknown, looksRight: (raw: Raw) => boolean): VendorLists | null {
  const list = Array.isArray(document) ? document : [document]
  if (list.length === 0 || !list.every((raw) => isObject(raw) && looksRight(raw))) return null
  const pathOf = (index: number) => (Array.isArray(document) ? `$[${index}]` : '$')
  return { entries: list.map((raw: unknown, index) => ({ raw, path: pathOf(index) })), more: null }
}

/** An id, which may be a number; empty where it is none, which is reported. */
export function readId(reading: Reading, raw: Raw, key: string, path: string): string {
  const value = raw[key]
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  return readRequired(reading, raw, key, path)
}

/** A text that must be there; empty where it is not, which is reported. */
export function readRequired(reading: Reading, raw: Raw, key: string, path: string): string {
  if (raw[key] === undefined || raw[key] === null || raw[key] === '') {
    report(reading, path, { kind: 'missing', key })
    return ''
  }
  return readText(reading, raw, key, () => path) ?? ''
}

export function at(path: string, key: string): string {
  return inside(() => path, key)
}
