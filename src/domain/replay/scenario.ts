import { type Catalogue, findStatus } from '../catalogue/catalogue.ts'
import { inside } from '../catalogue/rules/fields.ts'
import type { Problem } from '../catalogue/rules/problem.ts'
import { similarTo } from '../catalogue/rules/text.ts'
import { parseRecordObject, type RecordReading } from '../records/recordFields.ts'
import type { FeedRecord } from '../records/records.ts'
import { ok, type Result, refuse } from '../result.ts'
import type { Expectation } from './expectations.ts'
import {
  checkKeys,
  listAt,
  objectAt,
  type ScenarioReading,
  shapeProblem,
  textAt,
  timeAt,
  timeIfAny,
  unknownKey,
} from './scenarioFields.ts'

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
  /** JSON paths of the keys that nothing reads. */
  readonly unread: readonly string[]
}

/** Stands in for the session that a scenario's record leaves out. */
const onlySession = 'panel'

const scenarioKeys = ['catalogue', 'start', 'initial', 'records', 'until', 'expect']
const expectationKeys = ['at', 'operator', 'status']

/** Reads a scenario from a document; answers all its problems at once, each with its JSON path. */
export function parseScenario(document: unknown): Result<Scenario, readonly Problem[]> {
  const problems: Problem[] = []
  const fields = objectAt(document, '$', problems)
  if (fields === null) return refuse(problems)
  const unread: string[] = []
  checkKeys(fields, '$', { known: scenarioKeys, problems, unread })
  const start = timeIfAny(fields.start, '$.start', { start: null, problems })
  const until = timeIfAny(fields.until, '$.until', { start, problems })
  const reading: Reading = { start, until, problems, unread }
  if (fields.records === undefined) problems.push({ path: '$', kind: 'missing', key: 'records' })
  const scenario: Scenario = {
    catalogue: catalogueSource(fields.catalogue, problems),
    start,
    initial: parseInitial(fields.initial, problems),
    records: listAt(fields.records, '$.records', { problems, parse: (one, path) => parseRecord(one, path, reading) }),
    until,
    expect: listAt(fields.expect, '$.expect', { problems, parse: (one, path) => parseExpectation(one, path, reading) }),
    unread,
  }
  if (start !== null && until !== null && until < start)
    problems.push({ path: '$.until', kind: 'before-start', at: until, start })
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

interface Reading extends ScenarioReading {
  readonly until: number | null
  readonly unread: string[]
}

function parseRecord(value: unknown, path: string, scenario: ScenarioReading): FeedRecord | null {
  const { problems } = scenario
  // A bad time gets its own problem; the record is then read as if it were stamped at the epoch.
  const reading: RecordReading = {
    at: (at) => timeAt(at, `${path}.at`, scenario) ?? 0,
    sessionDefault: onlySession,
  }
  const parsed = parseRecordObject(value, reading)
  if (parsed.ok) {
    problems.push(...mistyped(value as object, parsed.value, path))
    return parsed.value
  }
  const { failure } = parsed
  const place = failure.field === null ? path : `${path}.${failure.field}`
  problems.push(
    failure.reason === 'unknownEvent'
      ? { path: place, kind: 'bad-record', reason: 'unknown-event', value: failure.value }
      : { path: place, ...shapeProblem(failure.field, failure.value) },
  )
  return null
}

/** Further fields of a record are ignored as in a feed, but not one that looks like what the record leaves out. */
function mistyped(value: object, record: FeedRecord, path: string): Problem[] {
  const leftOut = Object.keys(record).filter((field) => !Object.hasOwn(value, field))
  return Object.keys(value)
    .filter((key) => similarTo(key, leftOut).length > 0)
    .map((key) => unknownKey(key, path, leftOut))
}

function parseExpectation(value: unknown, path: string, reading: Reading): Expectation | null {
  const { start, until, problems, unread } = reading
  const fields = objectAt(value, path, problems)
  if (fields === null) return null
  checkKeys(fields, path, { known: expectationKeys, problems, unread })
  const at = timeAt(fields.at, `${path}.at`, reading)
  const operator = textAt(fields.operator, `${path}.operator`, problems)
  const status = textAt(fields.status, `${path}.status`, problems)
  if (at === null || operator === null || status === null) return null
  if (start !== null && at < start) problems.push({ path: `${path}.at`, kind: 'before-start', at, start })
  else if (until !== null && at > until) problems.push({ path: `${path}.at`, kind: 'after-until', at, until })
  return { at, operator, status }
}

function parseInitial(value: unknown, problems: Problem[]): Map<string, string> {
  const initial = new Map<string, string>()
  if (value === undefined || value === null) return initial
  for (const [operator, reference] of Object.entries(objectAt(value, '$.initial', problems) ?? {})) {
    const status = textAt(reference, initialPath(operator), problems)
    if (status !== null) initial.set(operator, status)
  }
  return initial
}

function catalogueSource(value: unknown, problems: Problem[]): CatalogueSource {
  if (value === undefined || value === null) return { from: 'store' }
  if (typeof value === 'string') return { from: 'file', file: value }
  return { from: 'inline', document: objectAt(value, '$.catalogue', problems) }
}
