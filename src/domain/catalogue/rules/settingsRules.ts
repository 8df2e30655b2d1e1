import { type Result, refuse } from '../../result.ts'
import { parseDuration } from '../../time.ts'
import { type AutoOffline, accessModes, type MassGuard, type Settings } from '../catalogue.ts'
import {
  has,
  inside,
  isObject,
  type Place,
  type Raw,
  type Reading,
  readFlag,
  readNullableText,
  readObject,
  readText,
  report,
  reportType,
} from './fields.ts'
import type { DurationFlaw } from './problem.ts'
import type { Partially } from './rules.ts'

export const longestOfflineAfterMs = 24 * 3_600_000

/** What `mass-guard 30%` leaves unsaid (contract §5). */
export const defaultMassGuard = { atLeast: 3, holdMs: 120_000 } as const

/** The settings that are given and keep their rules; a key that breaks one is reported and left out. */
export function readSettings(reading: Reading, value: unknown): Partially<Settings> {
  const settings: Partially<Settings> = {}
  if (value === undefined) return settings
  const place = () => '$.settings'
  const raw = readObject(reading, value, place)
  if (raw === null) return settings
  const defaultOffline = readNullableText(reading, raw, 'defaultOffline', place)
  if (defaultOffline !== undefined) settings.defaultOffline = defaultOffline
  const autoOffline = readAutoOffline(reading, raw)
  if (autoOffline !== undefined) settings.autoOffline = autoOffline
  const offlineAfterMs = readDuration(reading, raw, 'offlineAfter', place, parseOfflineAfter)
  if (offlineAfterMs !== undefined) settings.offlineAfterMs = offlineAfterMs
  const sessionTimeoutMs = readDuration(reading, raw, 'sessionTimeout', place, parseDuration)
  if (sessionTimeoutMs === null) reportNotNullable(reading, inside(place, 'sessionTimeout'))
  else if (sessionTimeoutMs !== undefined) settings.sessionTimeoutMs = sessionTimeoutMs
  const feedTimeoutMs = readDuration(reading, raw, 'feedTimeout', place, parseDuration)
  if (feedTimeoutMs !== undefined) settings.feedTimeoutMs = feedTimeoutMs
  const massGuard = readMassGuard(reading, raw.massGuard, () => '$.settings.massGuard')
  if (massGuard !== undefined) settings.massGuard = massGuard
  const access = readText(reading, raw, 'access', place)
  const mode = accessModes.find((choice) => choice === access)
  if (mode !== undefined) settings.access = mode
  else if (access !== null)
    report(reading, '$.settings.access', { kind: 'bad-choice', value: access, choices: accessModes })
  return settings
}

/** Milliseconds of `offline-after`: 1 s to 24 h (contract §1). */
export function parseOfflineAfter(text: string): Result<number, DurationFlaw> {
  const duration = parseDuration(text)
  return duration.ok && duration.value > longestOfflineAfterMs ? refuse('too-long') : duration
}

/** A guard `{share, atLeast, hold}` or null; undefined where it is absent or breaks a rule, which is reported. */
export function readMassGuard(reading: Reading, value: unknown, place: Place): MassGuard | null | undefined {
  if (value === undefined || value === null) return value
  if (!isObject(value)) {
    reportType(reading, place(), 'object-or-null', value)
    return undefined
  }
  const before = reading.problems.length
  const { share, atLeast = defaultMassGuard.atLeast } = value
  if (!has(value, 'share')) report(reading, place(), { kind: 'missing', key: 'share' })
  else if (!isShare(share)) report(reading, inside(place, 'share'), { kind: 'bad-share', value: share })
  if (!isCount(atLeast)) report(reading, inside(place, 'atLeast'), { kind: 'bad-count', value: atLeast })
  const hold = readDuration(reading, value, 'hold', place, parseDuration)
  if (hold === null) reportNotNullable(reading, inside(place, 'hold'))
  if (reading.problems.length > before) return undefined
  return { share: share as number, atLeast: atLeast as number, holdMs: hold ?? defaultMassGuard.holdMs }
}

/** A share of the operators: above 0, at most 1. */
export function isShare(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= 1
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1
}

function readAutoOffline(reading: Reading, settings: Raw): AutoOffline | undefined {
  if (settings.autoOffline === undefined) return undefined
  const place = () => '$.settings.autoOffline'
  const raw = readObject(reading, settings.autoOffline, place)
  if (raw === null) return undefined
  const before = reading.problems.length
  const enabled = readFlag(reading, raw, 'enabled', place) ?? false
  const status = readNullableText(reading, raw, 'status', place) ?? null
  if (!enabled) return { enabled, status }
  if (status !== null) return { enabled, status }
  if (reading.problems.length === before) report(reading, place(), { kind: 'enabled-without-status' })
  return undefined
}

/** Milliseconds, or null; undefined where the key is absent or breaks a rule, which is reported. */
function readDuration(
  reading: Reading,
  raw: Raw,
  key: string,
  place: Place,
  parse: (text: string) => Result<number, DurationFlaw>,
): number | null | undefined {
  const value = raw[key]
  if (value === undefined || value === null) return value
  if (typeof value !== 'string' && typeof value !== 'number') {
    reportType(reading, inside(place, key), 'string', value)
    return undefined
  }
  const duration = parse(String(value))
  if (duration.ok) return duration.value
  // A number in the document is a bare number whatever its digits look like.
  const flaw = typeof value === 'number' ? 'bare-number' : duration.failure
  report(reading, inside(place, key), { kind: 'bad-duration', value: String(value), flaw })
  return undefined
}

function reportNotNullable(reading: Reading, path: string): void {
  report(reading, path, { kind: 'bad-duration', value: 'null', flaw: 'not-nullable' })
}

/** A guard as people write it in one word: `30%`. Null where it is none. */
export function parseShare(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(text.trim())
  const share = match === null ? Number.NaN : Number(match[1]) / 100
  return isShare(share) ? share : null
}
