import {
  type AutoOffline,
  accessModes,
  type Catalogue,
  findStatus,
  type MassGuard,
  type Settings,
} from '../catalogue/catalogue.ts'
import { namedStatus } from '../catalogue/named.ts'
import { isObject, type Reading } from '../catalogue/rules/fields.ts'
import type { DurationFlaw, Problem } from '../catalogue/rules/problem.ts'
import { defaultMassGuard, parseOfflineAfter, parseShare, readMassGuard } from '../catalogue/rules/settingsRules.ts'
import { commandLine, type Failure } from '../failure.ts'
import { knownKeys } from '../manifest/knownKeys.ts'
import { ok, type Result, refuse } from '../result.ts'
import { isSameJson } from '../sameJson.ts'
import { parseDuration } from '../time.ts'

export const settingKeys = [
  'default-offline',
  'auto-offline',
  'offline-after',
  'session-timeout',
  'feed-timeout',
  'mass-guard',
  'access',
] as const
export type SettingKey = (typeof settingKeys)[number]

export interface SettingEdit {
  readonly catalogue: Catalogue
  readonly key: SettingKey
  /** False: it had that value already, and the catalogue is the very same. */
  readonly changed: boolean
}

/**
 * The catalogue with one setting as on the command line (contract §2): `off`, `none` and `never` where the key knows
 * them, else a status by id or name, a duration, a guard or a mode. A status whose name is such a word can be named
 * in another case (`Off`). Refuses an unknown key or status, a receiving target, and a malformed value.
 */
export function setSetting(catalogue: Catalogue, key: string, value: string): Result<SettingEdit, Failure> {
  const known = settingKeys.find((one) => one === key)
  if (known === undefined) return refuse({ code: 'setting-not-found', reference: key, known: settingKeys })
  const change = changeOf(catalogue, known, value.trim())
  if (!change.ok) return change
  const settings: Settings = { ...catalogue.settings, ...change.value }
  const changed = !isSameJson(settings, catalogue.settings)
  return ok({ catalogue: changed ? { ...catalogue, settings } : catalogue, key: known, changed })
}

function changeOf(catalogue: Catalogue, key: SettingKey, value: string): Result<Partial<Settings>, Failure> {
  switch (key) {
    case 'default-offline':
      return mapped(targetStatus(catalogue, { key, value, words: ['none'] }), (chosen) => ({
        defaultOffline: chosen.status,
      }))
    case 'auto-offline':
      return mapped(targetStatus(catalogue, { key, value, words: ['off', 'none'] }), (chosen) => ({
        autoOffline: autoOfflineOf(catalogue, chosen),
      }))
    case 'offline-after':
      return mapped(duration(key, value, parseOfflineAfter), (offlineAfterMs) => ({ offlineAfterMs }))
    case 'session-timeout':
      return mapped(finiteDuration(key, value), (sessionTimeoutMs) => ({ sessionTimeoutMs }))
    case 'feed-timeout':
      return mapped(duration(key, value, parseDuration), (feedTimeoutMs) => ({ feedTimeoutMs }))
    case 'mass-guard':
      return mapped(massGuard(value), (guard) => ({ massGuard: guard }))
    case 'access': {
      const access = accessModes.find((mode) => mode === value)
      if (access !== undefined) return ok({ access })
      return refuse({ code: 'usage', mistake: 'unknown-choice', of: 'access', value, known: accessModes })
    }
  }
}

/** What was chosen: one of the key's words, or a status that can't receive. */
type Choice = { readonly word: string; readonly status: null } | { readonly word: null; readonly status: string }

function targetStatus(
  { statuses }: Catalogue,
  wanted: {
    readonly key: 'default-offline' | 'auto-offline'
    readonly value: string
    readonly words: readonly string[]
  },
): Result<Choice, Failure> {
  const { key, value, words } = wanted
  const word = words.find((one) => one === value.toLowerCase())
  const isWord = word !== undefined && (word === value || findStatus(statuses, value) === undefined)
  if (isWord) return ok({ word, status: null })
  const status = namedStatus(statuses, value)
  if (!status.ok) return status
  if (!status.value.canReceive) return ok({ word: null, status: status.value.id })
  return invalid({ kind: 'receiving-target', status: status.value.id, setting: key, path: key })
}

/** `off` keeps the choice for the day it is switched on again, `none` forgets it. */
function autoOfflineOf({ settings }: Catalogue, chosen: Choice): AutoOffline {
  if (chosen.status !== null) return { enabled: true, status: chosen.status }
  return { enabled: false, status: chosen.word === 'off' ? settings.autoOffline.status : null }
}

type ParseDuration = (text: string) => Result<number, DurationFlaw>

/** Milliseconds, or null for `never`. */
function duration(key: SettingKey, value: string, parse: ParseDuration): Result<number | null, Failure> {
  return value.toLowerCase() === 'never' ? ok(null) : parsedDuration(key, value, parse)
}

function finiteDuration(key: SettingKey, value: string): Result<number, Failure> {
  if (value.toLowerCase() === 'never') return invalid({ kind: 'bad-duration', value, flaw: 'not-nullable', path: key })
  return parsedDuration(key, value, parseDuration)
}

function parsedDuration(key: SettingKey, value: string, parse: ParseDuration): Result<number, Failure> {
  const parsed = parse(value)
  return parsed.ok ? parsed : invalid({ kind: 'bad-duration', value, flaw: parsed.failure, path: key })
}

function massGuard(value: string): Result<MassGuard | null, Failure> {
  if (['off', 'none'].includes(value.toLowerCase())) return ok(null)
  if (!value.startsWith('{')) {
    const share = parseShare(value)
    if (share !== null) return ok({ share, ...defaultMassGuard })
    return invalid({ kind: 'bad-guard', value, path: 'mass-guard' })
  }
  const reading: Reading = { problems: [] }
  const parsed = parsedJson(value)
  // In a file an unknown key is kept for whoever reads it; of an argument nothing would be left of it.
  if (isObject(parsed) && Object.keys(parsed).some((key) => !knownKeys.massGuard.has(key))) {
    return invalid({ kind: 'bad-guard', value, path: 'mass-guard' })
  }
  const guard = readMassGuard(reading, parsed, () => 'mass-guard')
  return guard === undefined ? refuse({ code: 'invalid', source: commandLine, problems: reading.problems }) : ok(guard)
}

/** The value of a JSON text; the text itself where it is none, so that it is reported as what it is. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // JSON.parse has no other way to say that it is no JSON.
    return text
  }
}

function mapped<Value>(
  result: Result<Value, Failure>,
  change: (value: Value) => Partial<Settings>,
): Result<Partial<Settings>, Failure> {
  return result.ok ? ok(change(result.value)) : result
}

function invalid(problem: Problem): Result<never, Failure> {
  return refuse({ code: 'invalid', source: commandLine, problems: [problem] })
}
