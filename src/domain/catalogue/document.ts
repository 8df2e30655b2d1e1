import { isSameJson } from '../sameJson.ts'
import { formatDuration, formatMinute } from '../time.ts'
import {
  type Calendar,
  type CalendarInterval,
  type Catalogue,
  catalogueVersion,
  type Operator,
  type Settings,
  type Status,
  type Weekday,
} from './catalogue.ts'
import { has, isObject, type Raw } from './rules/fields.ts'

/** A status as files and `-o json` show it. */
export type StatusJson = Status

export type OperatorJson = Operator

export interface SettingsJson {
  readonly defaultOffline: string | null
  readonly autoOffline: { readonly enabled: boolean; readonly status: string | null }
  readonly offlineAfter: string | null
  readonly sessionTimeout: string
  readonly feedTimeout: string | null
  readonly massGuard: { readonly share: number; readonly atLeast: number; readonly hold: string } | null
  readonly access: string
}

export type IntervalJson = { readonly from: string; readonly to: string; readonly status?: string }

export interface CalendarJson {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly week: Readonly<Partial<Record<Weekday, readonly IntervalJson[]>>>
  readonly exceptions: Readonly<Record<string, readonly IntervalJson[]>>
}

export interface CatalogueJson {
  readonly version: number
  readonly statuses: readonly StatusJson[]
  readonly settings: SettingsJson
  readonly calendars: readonly CalendarJson[]
  readonly operators: readonly OperatorJson[]
}

/** What a new catalogue's `$schema` says: the JSON Schema beside it, where `opstat schema` can put one. */
export const schemaReference = './statuses.schema.json'

/** The catalogue in its file's shape (contract §1), every key written out, durations as text. */
export function toDocument(catalogue: Catalogue): CatalogueJson {
  return {
    version: catalogueVersion,
    statuses: catalogue.statuses.map(statusToJson),
    settings: settingsToJson(catalogue.settings),
    calendars: catalogue.calendars.map(calendarToJson),
    operators: catalogue.operators.map(operatorToJson),
  }
}

/**
 * The document with what changed between two catalogues and nothing else: unknown keys and the order of keys stay,
 * entries stand in the order of `after`, absent keys whose value didn't change stay absent. `before` is what
 * `parseCatalogue` made of the document, which is not mutated. The document itself where nothing changed.
 */
export function patchDocument(document: unknown, before: Catalogue, after: Catalogue): unknown {
  if (!isObject(document)) return document
  const changes: [string, unknown][] = []
  const patch = (key: string, value: unknown) => {
    if (value !== document[key]) changes.push([key, value])
  }
  patch('statuses', patchList(document.statuses, before.statuses, after.statuses, statusToJson))
  patch('settings', patchSettings(document.settings, before, after))
  patch('calendars', patchList(document.calendars, before.calendars, after.calendars, calendarToJson))
  patch('operators', patchList(document.operators, before.operators, after.operators, operatorToJson))
  return changes.length === 0 ? document : withKeys(document, changes)
}

export function statusToJson({ id, name, color, canReceive, countAfterClose }: Status): StatusJson {
  return { id, name, color, canReceive, countAfterClose }
}

export function operatorToJson({ id, name, role, account, initialStatus, calendar }: Operator): OperatorJson {
  return { id, name, role, account, initialStatus, calendar }
}

export function settingsToJson(settings: Settings): SettingsJson {
  const { defaultOffline, autoOffline, offlineAfterMs, sessionTimeoutMs, feedTimeoutMs, massGuard, access } = settings
  return {
    defaultOffline,
    autoOffline: { enabled: autoOffline.enabled, status: autoOffline.status },
    offlineAfter: offlineAfterMs === null ? null : formatDuration(offlineAfterMs),
    sessionTimeout: formatDuration(sessionTimeoutMs),
    feedTimeout: feedTimeoutMs === null ? null : formatDuration(feedTimeoutMs),
    massGuard: massGuard && {
      share: massGuard.share,
      atLeast: massGuard.atLeast,
      hold: formatDuration(massGuard.holdMs),
    },
    access,
  }
}

export function calendarToJson({ id, name, timeZone, week, exceptions }: Calendar): CalendarJson {
  return {
    id,
    name,
    timeZone,
    week: Object.fromEntries(Object.entries(week).map(([day, intervals]) => [day, intervals.map(intervalToJson)])),
    exceptions: Object.fromEntries([...exceptions].map(([date, day]) => [date, day.map(intervalToJson)])),
  }
}

function intervalToJson({ fromMinute, toMinute, status }: CalendarInterval): IntervalJson {
  const clock = { from: formatMinute(fromMinute), to: formatMinute(toMinute) }
  return status === null ? clock : { ...clock, status }
}

/** The raw list with its entries in the order of `after`: kept, patched, left out or new. */
function patchList<Entry extends { readonly id: string }>(
  raw: unknown,
  before: readonly Entry[],
  after: readonly Entry[],
  toJson: (entry: Entry) => object,
): unknown {
  if (before === after) return raw
  const rawEntries: readonly unknown[] = Array.isArray(raw) ? raw : []
  const places = new Map(before.map((entry, index) => [entry.id, index]))
  const patched = after.map((entry): object => {
    const place = places.get(entry.id)
    const earlier = place === undefined ? undefined : before[place]
    const rawEntry = place === undefined ? undefined : rawEntries[place]
    if (earlier === undefined || !isObject(rawEntry)) return toJson(entry)
    return earlier === entry ? rawEntry : patchObject(rawEntry, toJson(earlier), toJson(entry))
  })
  const same = patched.length === rawEntries.length && patched.every((entry, index) => entry === rawEntries[index])
  // An id made from the name is written down with the first change to the list, so that none can alter it.
  return same
    ? raw
    : patched.map((entry, index) => (Object.hasOwn(entry, 'id') ? entry : { id: after[index]?.id, ...entry }))
}

function patchSettings(raw: unknown, before: Catalogue, after: Catalogue): unknown {
  if (before.settings === after.settings) return raw
  const patched = patchObject(isObject(raw) ? raw : {}, settingsToJson(before.settings), settingsToJson(after.settings))
  return !isObject(raw) && Object.keys(patched).length === 0 ? raw : patched
}

/** The raw object with the keys whose JSON differs between `before` and `after`; objects in it likewise. */
function patchObject(raw: Raw, before: object, after: object): Raw {
  const [earlier, later] = [before as Raw, after as Raw]
  const changes: [string, unknown][] = []
  for (const key of Object.keys(later)) {
    const [old, value] = [has(earlier, key) ? earlier[key] : undefined, later[key]]
    if (isSameJson(old, value)) continue
    const nested = isObject(raw[key]) && isObject(old) && isObject(value)
    changes.push([key, nested ? patchObject(raw[key] as Raw, old, value) : value])
  }
  const gone = Object.keys(earlier).filter((key) => !has(later, key))
  if (changes.length === 0 && gone.length === 0) return raw
  const patched = withKeys(raw, changes)
  if (gone.length === 0) return patched
  return Object.fromEntries(Object.entries(patched).filter(([key]) => !gone.includes(key)))
}

/** A copy with these keys set in their place, new ones at the end. A key `__proto__` is a key like any other. */
function withKeys(raw: Raw, changes: readonly [string, unknown][]): Raw {
  return { ...raw, ...Object.fromEntries(changes) }
}
