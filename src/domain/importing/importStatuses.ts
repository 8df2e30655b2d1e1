import { catalogueVersion } from '../catalogue/catalogue.ts'
import { nextColor } from '../catalogue/color/color.ts'
import { isObject, type Reading, reportType } from '../catalogue/rules/fields.ts'
import { statusIdFlaw } from '../catalogue/rules/identifiers.ts'
import type { Problem } from '../catalogue/rules/problem.ts'
import { parseCatalogue } from '../catalogue/rules/rules.ts'
import type { Vendor, VendorStatus } from './vendor.ts'
import { sameWord } from './vendors.ts'

/** What a status of another system becomes. */
export const meanings = ['receive', 'after-close', 'neither', 'skip'] as const
export type Meaning = (typeof meanings)[number]

export interface ImportWish {
  /** The documents of the files, in order. */
  readonly documents: readonly unknown[]
  /** Meanings by the vendor's id, or else by its kind, in any case. */
  readonly meanings: ReadonlyMap<string, Meaning>
  /** Other names, by the vendor's id. */
  readonly names: ReadonlyMap<string, string>
  readonly disabled: 'skip' | 'keep'
  readonly colors: 'give' | 'leave'
}

export interface Imported {
  readonly manifest: { readonly version: number; readonly statuses: readonly object[]; readonly settings?: object }
  /** Of each status of the manifest. */
  readonly origins: readonly PlacedStatus[]
  /** What the rules say of the manifest, at the places of the vendor's documents. */
  readonly problems: readonly PlacedProblem[]
  readonly notes: readonly ImportNote[]
  /** Kinds there are, for who asks for others. */
  readonly kinds: readonly string[]
  /** Keys of `meanings` and `names` that no status answers to. */
  readonly unmatched: readonly string[]
}

/** With the index of the document that it is from. */
export type PlacedStatus = VendorStatus & { readonly part: number }
export type PlacedProblem = Problem & { readonly part: number }

export type ImportNote =
  | { readonly kind: 'more-pages'; readonly part: number; readonly sign: string }
  | { readonly kind: 'skipped'; readonly status: PlacedStatus; readonly why: 'disabled' | 'asked' }
  | { readonly kind: 'unsaid'; readonly status: PlacedStatus }
  | { readonly kind: 'default-offline'; readonly status: PlacedStatus }
  | { readonly kind: 'nobody-receives' }

/**
 * Another system's statuses as a manifest to be looked over. Its ids are the statuses' ids where they can be, else
 * mapped to one that always comes out the same and kept under the vendor's key; nothing is matched by name and nothing
 * cut. Receiving follows the vendor's own rule where no meaning is given.
 */
export function importStatuses(vendor: Vendor, wish: ImportWish): Imported {
  const read = readAll(vendor, wish.documents)
  const byOrder = read.statuses.toSorted((one, other) => orderOf(one) - orderOf(other))
  const decided = byOrder.map((status) => ({ status, meaning: meaningOf(status, wish) }))
  const kept = decided.filter(({ meaning }) => meaning !== 'skip')
  const colors: string[] = []
  const statuses = kept.map(({ status, meaning }) => {
    const id = statusIdOf(status.id)
    const color = nextColor(colors)
    colors.push(color)
    return {
      id,
      name: wish.names.get(status.id) ?? status.name,
      ...(wish.colors === 'give' ? { color } : {}),
      canReceive: meaning === 'receive',
      countAfterClose: meaning === 'after-close',
      ...(id === status.id ? {} : { [vendor.idKey]: status.id }),
    }
  })
  const origins = kept.map(({ status }) => status)
  const offline = kept.filter(({ status, meaning }) => status.isOffline && meaning !== 'receive')
  const [ending] = offline.length === 1 ? offline : []
  const settings = ending === undefined ? {} : { settings: { defaultOffline: statusIdOf(ending.status.id) } }
  const manifest = { version: catalogueVersion, statuses, ...settings }
  return {
    manifest,
    origins,
    problems: [...read.problems, ...ruleProblems(statuses, origins)],
    notes: [
      ...read.notes,
      ...skipNotes(decided, wish),
      ...kept
        .filter(({ status }) => isUnsaid(status, wish))
        .map(({ status }): ImportNote => ({ kind: 'unsaid', status })),
      ...(ending === undefined ? [] : [{ kind: 'default-offline', status: ending.status } as const]),
      ...(kept.some(({ meaning }) => meaning === 'receive') ? [] : [{ kind: 'nobody-receives' } as const]),
    ],
    kinds: [...new Set(read.statuses.flatMap(({ kind }) => kind ?? []))],
    unmatched: unmatchedIn(wish, read.statuses),
  }
}

function readAll(vendor: Vendor, documents: readonly unknown[]) {
  const statuses: PlacedStatus[] = []
  const problems: PlacedProblem[] = []
  const notes: ImportNote[] = []
  documents.forEach((document, part) => {
    const reading: Reading = { problems: [] }
    const lists = vendor.listsOf(document)
    if (lists === null) reading.problems.push({ kind: 'missing', key: vendor.listKey, path: '$' })
    if (typeof lists?.more === 'string') notes.push({ kind: 'more-pages', part, sign: lists.more })
    for (const { raw, path } of lists?.entries ?? []) {
      if (isObject(raw)) statuses.push({ ...vendor.readEntry(reading, raw, path), part })
      else reportType(reading, path, 'object', raw)
    }
    problems.push(...reading.problems.map((problem) => ({ ...problem, part })))
  })
  return { statuses, problems, notes }
}

function orderOf({ order }: VendorStatus): number {
  return order ?? Number.MAX_SAFE_INTEGER
}

function meaningOf(status: VendorStatus, { meanings, disabled }: ImportWish): Meaning {
  const asked = askedMeaning(status, meanings)
  if (asked !== undefined) return asked
  if (status.isDisabled && disabled === 'skip') return 'skip'
  return status.canReceive ? 'receive' : 'neither'
}

function askedMeaning({ id, kind }: VendorStatus, meanings: ImportWish['meanings']): Meaning | undefined {
  const own = meanings.get(id)
  if (own !== undefined || kind === null) return own
  return [...meanings].find(([key]) => sameWord(key, kind))?.[1]
}

/**
 * A vendor's id as a status id: the same where it can be, else lower case with hyphens for what an id can't hold. The
 * same too where even that is none: then the rules say so.
 */
function statusIdOf(id: string): string {
  if (statusIdFlaw(id) === null) return id
  const mapped = id
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
  return statusIdFlaw(mapped) === null ? mapped : id
}

function isUnsaid(status: VendorStatus, { meanings }: ImportWish): boolean {
  return status.kind === null && askedMeaning(status, meanings) === undefined
}

function skipNotes(decided: readonly { status: PlacedStatus; meaning: Meaning }[], wish: ImportWish): ImportNote[] {
  return decided.flatMap(({ status, meaning }): ImportNote[] => {
    if (meaning !== 'skip') return []
    return [{ kind: 'skipped', status, why: askedMeaning(status, wish.meanings) === 'skip' ? 'asked' : 'disabled' }]
  })
}

/** The rules of a catalogue, asked of the statuses as they would be; ids and names at the vendor's places. */
function ruleProblems(statuses: readonly object[], origins: readonly PlacedStatus[]): PlacedProblem[] {
  // What was read as empty has been reported as missing.
  const asked = statuses.map((status, index) => ({
    ...status,
    color: '#000000',
    ...(origins[index]?.name === '' ? { name: `missing ${index}` } : {}),
    ...(origins[index]?.id === '' ? { id: `missing-${index}` } : {}),
  }))
  const parsed = parseCatalogue({ version: catalogueVersion, statuses: asked })
  if (parsed.ok) return []
  return parsed.failure.map((problem) => {
    const part = originOf(problem.path, origins)?.part ?? 0
    const placed: Problem = { ...problem, path: placeOf(problem.path, origins) }
    if ('firstPath' in placed) return { ...placed, firstPath: placeOf(placed.firstPath, origins), part }
    if ('otherPath' in placed) return { ...placed, otherPath: placeOf(placed.otherPath, origins), part }
    return { ...placed, part }
  })
}

function originOf(path: string, origins: readonly PlacedStatus[]) {
  const index = /^\$\.statuses\[(\d+)\]/.exec(path)?.[1]
  return index === undefined ? undefined : origins[Number(index)]
}

function placeOf(path: string, origins: readonly PlacedStatus[]): string {
  const origin = originOf(path, origins)
  if (origin === undefined) return path
  return path.endsWith('.id') ? origin.idPath : origin.namePath
}

function unmatchedIn({ meanings, names }: ImportWish, statuses: readonly VendorStatus[]): string[] {
  const ids = new Set(statuses.map(({ id }) => id))
  const isKind = (key: string) => statuses.some(({ kind }) => kind !== null && sameWord(key, kind))
  const unknownMeanings = [...meanings.keys()].filter((key) => !ids.has(key) && !isKind(key))
  return [...unknownMeanings, ...[...names.keys()].filter((key) => !ids.has(key))]
}
