import { inside, isObject } from '../catalogue/rules/fields.ts'
import type { Expected, Problem, ProblemKind } from '../catalogue/rules/problem.ts'
import { similarTo } from '../catalogue/rules/text.ts'
import { parseOffset, parseTimeValue } from '../time.ts'

/** A scenario being read: where its relative times count from, and what was found to be wrong with it. */
export interface ScenarioReading {
  readonly start: number | null
  readonly problems: Problem[]
}

export function objectAt(value: unknown, path: string, problems: Problem[]): Readonly<Record<string, unknown>> | null {
  if (isObject(value)) return value
  problems.push(wrongType(path, 'object', value))
  return null
}

export function textAt(value: unknown, path: string, problems: Problem[]): string | null {
  if (typeof value === 'string') return value
  const key = path.slice(path.lastIndexOf('.') + 1)
  problems.push({ path, ...shapeProblem(key, value) })
  return null
}

/** The items that could be parsed; `parse` notes the problems of the others. */
export function listAt<Item>(
  value: unknown,
  path: string,
  { problems, parse }: { readonly problems: Problem[]; readonly parse: (item: unknown, path: string) => Item | null },
): Item[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) {
    problems.push(wrongType(path, 'array', value))
    return []
  }
  return value.map((item, index) => parse(item, `${path}[${index}]`)).filter((item) => item !== null)
}

export function timeIfAny(value: unknown, path: string, reading: ScenarioReading): number | null {
  return value === undefined || value === null ? null : timeAt(value, path, reading)
}

export function timeAt(value: unknown, path: string, { start, problems }: ScenarioReading): number | null {
  const offsetMs = typeof value === 'string' ? parseOffset(value) : null
  if (offsetMs !== null && start === null) {
    problems.push({ path, kind: 'relative-without-start', value: String(value) })
    return null
  }
  const at = parseTimeValue(offsetMs === null || start === null ? value : start + offsetMs)
  if (at === null)
    problems.push(
      value === undefined ? { path, kind: 'missing', key: 'at' } : { path, kind: 'bad-time', value: String(value) },
    )
  return at
}

/** What is wrong with a field that is missing, or holds something other than a text; null: with the whole object. */
export function shapeProblem(field: string | null, value: unknown): ProblemKind {
  if (field === null) return { kind: 'wrong-type', expected: 'object', value }
  if (value === undefined) return { kind: 'missing', key: field }
  return { kind: 'wrong-type', expected: 'string', value }
}

/** What a scenario may say for people and editors, beside keys that begin with `x-`. */
const wordKeys = ['$schema', 'name', 'description']

/** A key that is close to one that is read is a problem: it was mistyped. Any other one is noted as unread. */
export function checkKeys(
  fields: Readonly<Record<string, unknown>>,
  path: string,
  {
    known,
    problems,
    unread,
  }: { readonly known: readonly string[]; readonly problems: Problem[]; readonly unread: string[] },
): void {
  for (const key of Object.keys(fields)) {
    if (known.includes(key) || wordKeys.includes(key) || key.startsWith('x-')) continue
    const mistyped = unknownKey(key, path, known)
    if (similarTo(key, known).length > 0) problems.push(mistyped)
    else unread.push(mistyped.path)
  }
}

export function unknownKey(key: string, path: string, known: readonly string[]): Problem {
  return { path: inside(() => path, key), kind: 'unknown-key', key, similar: similarTo(key, known), known }
}

function wrongType(path: string, expected: Expected, value: unknown): Problem {
  return { path, kind: 'wrong-type', expected, value }
}
