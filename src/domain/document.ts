import { formatMinute } from './calendarRules.ts'
import type { Calendar, CalendarInterval, Catalogue, Operator, Settings, Status, Weekday } from './catalogue.ts'
import { catalogueVersion } from './rules.ts'
import { formatDuration } from './time.ts'

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
