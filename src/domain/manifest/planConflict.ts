import { type Catalogue, foldCase } from '../catalogue/catalogue.ts'
import { consistencyProblems } from '../catalogue/rules/consistency.ts'
import type { Problem } from '../catalogue/rules/problem.ts'
import { settingsNaming } from '../catalogue/usage.ts'
import type { Failure } from '../failure.ts'
import type { PartialCatalogue } from './manifest.ts'
import type { Listed } from './merge.ts'

export interface Outcome {
  readonly current: Catalogue
  readonly wanted: PartialCatalogue
  readonly source: string
  /** What would come of it. */
  readonly catalogue: Catalogue
  readonly listed: Listed
}

/**
 * Why the outcome of a plan can't be: rules that the manifest breaks, all at once and with its own paths; else the
 * first thing that is in the way in the catalogue. Null where it can be.
 */
export function conflictOf(outcome: Outcome): Failure | null {
  const problems: Problem[] = namelessProblems(outcome)
  const conflicts: Failure[] = []
  for (const problem of consistencyProblems(outcome.catalogue)) {
    const conflict = conflictIn(problem, outcome)
    if (conflict === null) problems.push({ ...problem, path: pathInManifest(problem.path, outcome) })
    else conflicts.push(conflict)
  }
  if (problems.length > 0) return { code: 'invalid', source: outcome.source, problems }
  return conflicts[0] ?? null
}

/** New entries that have no name and whose id can't be one. */
function namelessProblems({ catalogue, listed, wanted }: Outcome): Problem[] {
  const statuses = catalogue.statuses.filter(({ name }) => name === '')
  const operators = catalogue.operators.filter(({ id, name }) => name === '' && id !== '')
  const missing = (path: string): Problem => ({ kind: 'missing', key: 'name', path })
  return [
    ...statuses.map(({ id }) => missing(`$.statuses[${listed.statuses.get(id) ?? wanted.statuses?.length ?? 0}]`)),
    ...operators.map(({ id }) => missing(`$.operators[${listed.operators.get(id) ?? 0}]`)),
  ]
}

/** The refusal for a rule that only the manifest and the catalogue break together; null where it is the manifest's. */
function conflictIn(problem: Problem, { current, wanted, catalogue }: Outcome): Failure | null {
  switch (problem.kind) {
    case 'duplicate-name':
    case 'name-is-id': {
      const namer = catalogue.statuses[indexIn(problem.path)]
      const other =
        catalogue.statuses[indexIn(problem.kind === 'duplicate-name' ? problem.firstPath : problem.otherPath)]
      if (namer === undefined || other === undefined) return null
      const had = current.statuses.some(({ id, name }) => id === namer.id && foldCase(name) === foldCase(namer.name))
      if (problem.kind === 'duplicate-name') {
        return { code: 'name-taken', name: namer.name, status: had ? namer.id : other.id }
      }
      if (had) return { code: 'id-is-name', id: other.id, status: namer.id }
      return { code: 'name-is-id', name: namer.name, status: other.id }
    }
    case 'receiving-target': {
      const key = problem.setting === 'auto-offline' ? 'autoOffline' : 'defaultOffline'
      if (wanted.settings?.[key] !== undefined) return null
      const name = current.statuses.find(({ id }) => id === problem.status)?.name ?? problem.status
      const uses = settingsNaming(catalogue, problem.status)
      return { code: 'receiving-in-use', status: problem.status, name, uses }
    }
    default:
      return null
  }
}

/** A path in the outcome as the path of the same entry in the manifest. */
function pathInManifest(path: string, { catalogue, listed }: Outcome): string {
  const match = /^\$\.(statuses|calendars|operators)\[(\d+)\](.*)$/s.exec(path)
  if (match === null) return path
  const [kind, index, rest] = [match[1] as keyof Listed, Number(match[2]), match[3] ?? '']
  const place = listed[kind].get(catalogue[kind][index]?.id ?? '')
  return place === undefined ? path : `$.${kind}[${place}]${rest}`
}

function indexIn(path: string): number {
  return Number(/\[(\d+)\]/.exec(path)?.[1])
}
