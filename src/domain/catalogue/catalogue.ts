/** The version of the catalogue's form that this program reads and writes. */
export const catalogueVersion = 1

/** A status as the catalogue lists it. The order of the list is the display order. */
export interface Status {
  readonly id: string
  readonly name: string
  /** Lower-case `#rrggbb`. */
  readonly color: string
  /** May new dialogues be routed to an operator in this status? */
  readonly canReceive: boolean
  /** Does time count only from the moment the operator has closed all dialogues? Never together with `canReceive`. */
  readonly countAfterClose: boolean
}

export const roles = ['operator', 'supervisor', 'administrator'] as const
export type Role = (typeof roles)[number]

export interface Operator {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** The operating system's account of this person, or null. */
  readonly account: string | null
  /** The declared initial status, or null for the default (`initialStatusOf`). */
  readonly initialStatus: string | null
  /** The id of the work calendar that applies, or null. */
  readonly calendar: string | null
}

/** Auto-offline on always has a status; off remembers the last choice, if there was one. */
export type AutoOffline =
  | { readonly enabled: true; readonly status: string }
  | { readonly enabled: false; readonly status: string | null }

export interface MassGuard {
  /** Above this share of the operators in receiving statuses (above 0, at most 1) a wave of deadlines is held. */
  readonly share: number
  /** And only if the wave has at least this many operators. */
  readonly atLeast: number
  readonly holdMs: number
}

export const accessModes = ['open', 'roles'] as const
export type Access = (typeof accessModes)[number]

export interface Settings {
  readonly defaultOffline: string | null
  readonly autoOffline: AutoOffline
  /** Null: the rule is off. */
  readonly offlineAfterMs: number | null
  readonly sessionTimeoutMs: number
  /** Null: a gap in the feed is never taken for blindness. */
  readonly feedTimeoutMs: number | null
  readonly massGuard: MassGuard | null
  readonly access: Access
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** A shift, or, with a status, a planned break. `to` ≤ `from` runs past midnight. Minutes of the local day, 0 to 1440. */
export interface CalendarInterval {
  readonly fromMinute: number
  readonly toMinute: number
  readonly status: string | null
}

export interface Calendar {
  readonly id: string
  readonly name: string
  /** An IANA time zone. */
  readonly timeZone: string
  readonly week: Readonly<Partial<Record<Weekday, readonly CalendarInterval[]>>>
  /** Local dates, `YYYY-MM-DD`, that replace the weekday's plan. */
  readonly exceptions: ReadonlyMap<string, readonly CalendarInterval[]>
}

export interface Catalogue {
  readonly statuses: readonly Status[]
  readonly settings: Settings
  readonly calendars: readonly Calendar[]
  readonly operators: readonly Operator[]
}

export const minuteMs = 60_000

export const defaultSettings: Settings = {
  defaultOffline: null,
  autoOffline: { enabled: false, status: null },
  offlineAfterMs: 10 * minuteMs,
  sessionTimeoutMs: 2 * minuteMs,
  feedTimeoutMs: minuteMs,
  massGuard: null,
  access: 'open',
}

/** The catalogue that `init` writes when it is given no other. */
export const starterCatalogue: Catalogue = {
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false },
    { id: 'on-break', name: 'On break', color: '#f9a825', canReceive: false, countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false },
  ],
  settings: { ...defaultSettings, defaultOffline: 'offline' },
  calendars: [],
  operators: [],
}

/** A session counts as active this long after its last sign: the smaller of the two settings (contract §1). */
export function sessionTimeoutOf(settings: Settings): number {
  return Math.min(settings.sessionTimeoutMs, settings.offlineAfterMs ?? Number.POSITIVE_INFINITY)
}

/** Which setting names the status that an absent operator is switched to; `none`: nobody can be switched. */
export type TargetSource = 'auto-offline' | 'default-offline' | 'first-neither' | 'first-not-receiving' | 'none'

export type Target =
  | { readonly source: Exclude<TargetSource, 'none'>; readonly status: string }
  | { readonly source: 'none'; readonly status: null }

/**
 * The status an absent operator is switched to (contract §4.4): auto-offline's if enabled, else the default
 * offline, else the first with neither flag, else the first that can't receive, else none. A named status that
 * no longer exists is passed over.
 */
export function targetOf(catalogue: Pick<Catalogue, 'statuses' | 'settings'>): Target {
  const { statuses, settings } = catalogue
  const exists = (id: string | null): id is string => id !== null && statuses.some((status) => status.id === id)
  if (settings.autoOffline.enabled && exists(settings.autoOffline.status)) {
    return { source: 'auto-offline', status: settings.autoOffline.status }
  }
  return targetWithoutAutoOffline(statuses, settings.defaultOffline)
}

/** What decides where operators start. */
type Offering = Pick<Catalogue, 'statuses' | 'settings'>

/** Where an operator starts: as declared, else the default offline status, else what rule 4 of §4 would choose. */
export function initialStatusOf(catalogue: Offering, operator: Operator): string | null {
  const declared = operator.initialStatus
  if (declared !== null && catalogue.statuses.some((status) => status.id === declared)) return declared
  return defaultInitialStatus(catalogue)
}

/** The initial status of an operator that declares none. Null only where every status receives. */
export function defaultInitialStatus(catalogue: Offering): string | null {
  const { defaultOffline } = catalogue.settings
  if (defaultOffline !== null && catalogue.statuses.some((status) => status.id === defaultOffline))
    return defaultOffline
  return targetOf(catalogue).status ?? catalogue.statuses[0]?.id ?? null
}

/** A status by id or name in any case; where both could be meant, the id wins (contract §1). */
export function findStatus(statuses: readonly Status[], reference: string): Status | undefined {
  const folded = foldCase(reference.trim().normalize('NFC'))
  return (
    statuses.find((status) => status.id === reference) ??
    statuses.find((status) => status.id === folded) ??
    statuses.find((status) => foldCase(status.name) === folded)
  )
}

/** Two names that differ in case alone are one name; a final sigma is a sigma. */
export function foldCase(name: string): string {
  return name.toLowerCase().replaceAll('ς', 'σ')
}

function targetWithoutAutoOffline(statuses: readonly Status[], defaultOffline: string | null): Target {
  if (defaultOffline !== null && statuses.some((status) => status.id === defaultOffline)) {
    return { source: 'default-offline', status: defaultOffline }
  }
  const neither = statuses.find((status) => !status.canReceive && !status.countAfterClose)
  if (neither !== undefined) return { source: 'first-neither', status: neither.id }
  const silent = statuses.find((status) => !status.canReceive)
  if (silent !== undefined) return { source: 'first-not-receiving', status: silent.id }
  return { source: 'none', status: null }
}
