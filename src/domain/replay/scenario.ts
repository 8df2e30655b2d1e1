import { type Catalogue, findStatus } from '../catalogue/catalogue.ts'
import { inside, isObject } from '../catalogue/rules/fields.ts'
import type { Problem, ProblemKind } from '../catalogue/rules/problem.ts'
import { parseRecordObject, type RecordReading } from '../records/recordFields.ts'
import type { FeedRecord } from '../records/records.ts'
import { ok, type Result, refuse } from '../result.ts'
import { parseOffset, parseTimeValue } from '../time.ts'
import type { Expectation } from './expectations.ts'

/** Where a scenario's catalogue comes from. */
export type CatalogueSource =
  | { readonly from: 'store' }
  | { readonly from: 'inline'; readonly document: unknown }
  | { readonly from: 'file'; readonly file: string }

/** A scenario (contract §6) with absolute times in epoch milliseconds, names not yet looked up. */
export interface Scenario {
  readonly catalogue: CatalogueSource
  readonly start: number | null
  /** Status references by operator id; `*` for everybody else. */
  readonly initial: ReadonlyMap<string, string>
  readonly records: readonly FeedRecord[]
  readonly until: number | null
  readonly expect: readonly Expectation[]
}

/** Stands in for the session that a scenario's record leaves out. */
const onlySession = 'panel'

/** Reads a scenario from a document; answers all its problems at once, each with its JSON path. */
export function parseScenario(document: unknown): Result<Scenario, readonly Problem[]> {
  const problems: Problem[] = []
  if (!isObject(document)) return refuse([{ path: '$', kind: 'wrong-type', expected: 'object', value: document }])
  const start = timeIfAny(document.start, '$.start', { start: null, problems })
  const times: Times = { start, problems }
  if (document.records === undefined) problems.push({ path: '$', kind: 'missing', key: 'records' })
  const scenario: Scenario = {
    catalogue: catalogueSource(document.catalogue, problems),
    start,
    initial: parseInitial(document.initial, problems),
    records: listOf(document.records, '$.records', problems, (value, path) => parseRecord(value, path, times)),
    until: timeIfAny(document.until, '$.until', times),
    expect: listOf(document.expect, '$.expect', problems, (value, path) => parseExpectation(value, path, times)),
  }
  return problems.length === 0 ? ok(scenario) : refuse(problems)
}

/** What a scenario names that the catalogue doesn't have, and the status ids of its initial choices and expectations. */
export function resolveScenario(
  scenario: Scenario,
  catalogue: Catalogue,
): Result<
  { readonly initial: ReadonlyMap<string, string>; readonly expect: readonly Expectation[] },
  readonly Problem[]
> {
  const problems: Problem[] = []
  const known = new Set(catalogue.operators.map(({ id }) => id))
  const resolve = (reference: string, path: string): string => {
    const status = findStatus(catalogue.statuses, reference)
    if (status === undefined) problems.push({ path, kind: 'unknown-status', value: reference })
    return status?.id ?? reference
  }
  const expectOperator = (operator: string, path: string): void => {
    if (!known.has(operator)) problems.push({ path, kind: 'unknown-operator', value: operator })
  }
  for (const [index, record] of scenario.records.entries()) {
    const path = `$.records[${index}]`
    if ('operator' in record) expectOperator(record.operator, `${path}.operator`)
    if (record.event === 'status') resolve(record.status, `${path}.status`)
  }
  const initial = new Map<string, string>()
  const everybody = scenario.initial.get('*')
  if (everybody !== undefined) for (const operator of known) initial.set(operator, resolve(everybody, initialPath('*')))
  for (const [operator, reference] of scenario.initial) {
    if (operator === '*') continue
    expectOperator(operator, initialPath(operator))
    initial.set(operator, resolve(reference, initialPath(operator)))
  }
  const expect = scenario.expect.map((expectation, index) => {
    expectOperator(expectation.operator, `$.expect[${index}].operator`)
    return { ...expectation, status: resolve(expectation.status, `$.expect[${index}].status`) }
  })
  return problems.length === 0 ? ok({ initial, expect }) : refuse(problems)
}

function initialPath(operator: string): string {
  return inside(() => '$.initial', operator)
}

interface Times {
  readonly start: number | null
  readonly problems: Problem[]
}

function parseRecord(value: unknown, path: string, times: Times): FeedRecord | null {
  const { problems } = times
  // A bad time gets its own problem; the record is then read as if it were stamped at the epoch.
  const reading: RecordReading = {
    at: (at) => timeAt(at, `${path}.at`, times) ?? 0,
    sessionDefault: onlySession,
  }
  const parsed = parseRecordObject(value, reading)
  if (parsed.ok) return parsed.value
  const { failure } = parsed
  const place = failure.field === null ? path : `${path}.${failure.field}`
  problems.push(
    failure.reason === 'unknownEvent'
      ? { path: place, kind: 'bad-record', reason: 'unknown-event', value: failure.value }
      : { path: place, ...shapeProblem(failure.field, failure.value) },
  )
  return null
}

function shapeProblem(field: string | null, value: unknown): ProblemKind {
  if (field === null) return { kind: 'wrong-type', expected: 'object', value }
  if (value === undefined) return { kind: 'missing', key: field }
  return { kind: 'wrong-type', expected: 'string', value }
}

function parseExpectation(value: unknown, path: string, times: Times): Expectation | null {
  const { problems } = times
  if (!isObject(value)) {
    problems.push({ path, kind: 'wrong-type', expected: 'object', value })
    return null
  }
  const at = timeAt(value.at, `${path}.at`, times)
  const operator = textAt(value.operator, `${path}.operator`, problems)
  const status = textAt(value.status, `${path}.status`, problems)
  return at === null || operator === null || status === null ? null : { at, operator, status }
}

function parseInitial(value: unknown, problems: Problem[]): Map<string, string> {
  const initial = new Map<string, string>()
  if (value === undefined || value === null) return initial
  if (!isObject(value)) {
    problems.push({ path: '$.initial', kind: 'wrong-type', expected: 'object', value })
    return initial
  }
  for (const [operator, reference] of Object.entries(value)) {
    const status = textAt(reference, initialPath(operator), problems)
    if (status !== null) initial.set(operator, status)
  }
  return initial
}

function catalogueSource(value: unknown, problems: Problem[]): CatalogueSource {
  if (value === undefined || value === null) return { from: 'store' }
  if (typeof value === 'string') return { from: 'file', file: value }
  if (!isObject(value)) problems.push({ path: '$.catalogue', kind: 'wrong-type', expected: 'object', value })
  return { from: 'inline', document: value }
}

function timeIfAny(value: unknown, path: string, times: Times): number | null {
  return value === undefined || value === null ? null : timeAt(value, path, times)
}

function timeAt(value: unknown, path: string, { start, problems }: Times): number | null {
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

function textAt(value: unknown, path: string, problems: Problem[]): string | null {
  if (typeof value === 'string') return value
  const key = path.slice(path.lastIndexOf('.') + 1)
  problems.push({ path, ...shapeProblem(key, value) })
  return null
}

function listOf<Item>(
  value: unknown,
  path: string,
  problems: Problem[],
  parse: (item: unknown, path: string) => Item | null,
): Item[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) {
    problems.push({ path, kind: 'wrong-type', expected: 'array', value })
    return []
  }
  return value.map((item, index) => parse(item, `${path}[${index}]`)).filter((item) => item !== null)
}
