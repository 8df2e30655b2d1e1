import {
  type Calendar,
  type Catalogue,
  defaultSettings,
  type Operator,
  type Settings,
  type Status,
} from '../catalogue/catalogue.ts'
import { readCalendars } from '../catalogue/rules/calendarRules.ts'
import { consistencyProblems } from '../catalogue/rules/consistency.ts'
import { type Reading, readObject, report } from '../catalogue/rules/fields.ts'
import type { Problem } from '../catalogue/rules/problem.ts'
import { type Partially, readOperators, readStatuses, readVersion } from '../catalogue/rules/rules.ts'
import { readSettings } from '../catalogue/rules/settingsRules.ts'
import { ok, type Result, refuse } from '../result.ts'

/**
 * What a manifest asks for: only what it says. An absent list says nothing about its kind, an empty one that there
 * are none. A status has an id, or a name to be found by.
 */
export interface PartialCatalogue {
  readonly statuses?: readonly Readonly<Partially<Status>>[]
  readonly settings?: Readonly<Partially<Settings>>
  readonly calendars?: readonly Calendar[]
  readonly operators?: readonly Readonly<Partially<Operator>>[]
}

/**
 * A manifest of a parsed JSON or YAML document, in the catalogue's format with everything but `version` optional.
 * Refused with every rule at once that it breaks by itself, each with its JSON path; what it breaks together with
 * the catalogue is for `planApply` to find.
 */
export function parseManifest(document: unknown): Result<PartialCatalogue, readonly Problem[]> {
  const reading: Reading = { problems: [] }
  const raw = readObject(reading, document, () => '$')
  if (raw === null) return refuse(reading.problems)
  readVersion(reading, raw)
  const manifest: Writable<PartialCatalogue> = {}
  if (raw.statuses !== undefined) manifest.statuses = readStatuses(reading, raw.statuses)
  if (raw.settings !== undefined) manifest.settings = readSettings(reading, raw.settings)
  if (raw.calendars !== undefined) manifest.calendars = readCalendars(reading, raw.calendars)
  if (raw.operators !== undefined) manifest.operators = readOperators(reading, raw.operators)
  manifest.statuses?.forEach((status, index) => {
    if (status.id !== undefined || status.name !== undefined) return
    report(reading, `$.statuses[${index}]`, { kind: 'missing', key: 'name' })
  })
  for (const problem of consistencyProblems(alone(manifest))) reading.problems.push(problem)
  return reading.problems.length === 0 ? ok(manifest) : refuse(reading.problems)
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

/** The manifest as a catalogue in which nothing is named that may exist elsewhere: for what is twice in it. */
function alone(manifest: PartialCatalogue): Catalogue {
  const status = { id: '', name: '', color: '', canReceive: false, countAfterClose: false }
  const operator = { name: '', role: 'operator', account: null, initialStatus: null, calendar: null } as const
  return {
    statuses: (manifest.statuses ?? []).map((one) => ({ ...status, ...one })),
    settings: defaultSettings,
    calendars: (manifest.calendars ?? []).map((one) => ({ ...one, week: {}, exceptions: new Map() })),
    operators: (manifest.operators ?? []).map(({ id = '' }) => ({ id, ...operator })),
  }
}
