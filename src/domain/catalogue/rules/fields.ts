import type { Expected, Problem, ProblemKind } from './problem.ts'

/** A JSON object whose keys are read one by one and never written. */
export type Raw = Readonly<Record<string, unknown>>

/** The JSON path of what is being read; only worked out where there is a problem. */
export type Place = () => string

/** Reads outside form into domain values and notes every broken rule on the way. */
export interface Reading {
  readonly problems: Problem[]
}

export function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function report(reading: Reading, path: string, problem: ProblemKind): void {
  reading.problems.push({ ...problem, path })
}

export function reportType(reading: Reading, path: string, expected: Expected, value: unknown): void {
  report(reading, path, { kind: 'wrong-type', expected, value })
}

export function readObject(reading: Reading, value: unknown, place: Place): Raw | null {
  if (isObject(value)) return value
  reportType(reading, place(), 'object', value)
  return null
}

export function readList(reading: Reading, value: unknown, place: Place): readonly unknown[] | null {
  if (Array.isArray(value)) return value
  reportType(reading, place(), 'array', value)
  return null
}

/** A text; null where the key is absent or holds something else, which is reported. */
export function readText(reading: Reading, raw: Raw, key: string, place: Place): string | null {
  const value = raw[key]
  if (value === undefined) return null
  if (typeof value === 'string') return value
  reportType(reading, inside(place, key), 'string', value)
  return null
}

/** A text or null; undefined where the key is absent or holds something else, which is reported. */
export function readNullableText(reading: Reading, raw: Raw, key: string, place: Place): string | null | undefined {
  const value = raw[key]
  if (value === undefined || value === null || typeof value === 'string') return value
  reportType(reading, inside(place, key), 'string-or-null', value)
  return undefined
}

/** True or false; null where the key is absent or holds something else, which is reported. */
export function readFlag(reading: Reading, raw: Raw, key: string, place: Place): boolean | null {
  const value = raw[key]
  if (value === undefined) return null
  if (typeof value === 'boolean') return value
  reportType(reading, inside(place, key), 'boolean', value)
  return null
}

/** The JSON path of a key: `$.settings.access`, or `$.exceptions["2026-12-25"]` where the key is no identifier. */
export function inside(place: Place, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${place()}.${key}` : `${place()}[${JSON.stringify(key)}]`
}

/** Does the object hold the key itself? Inherited keys are nobody's words. */
export function has(raw: Raw, key: string): boolean {
  return Object.hasOwn(raw, key) && raw[key] !== undefined
}
