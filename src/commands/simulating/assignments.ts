import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { namedOperator, namedStatus } from '../../domain/catalogue/named.ts'
import { setSetting } from '../../domain/edits/settingsEdits.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'

/** The catalogue under other settings: `--set KEY=VALUE`. */
export function withSettings(catalogue: Catalogue, assignments: readonly string[]): Result<Catalogue, Failure> {
  let changed = catalogue
  for (const assignment of assignments) {
    const pair = splitAt(assignment, assignment.indexOf('='))
    if (pair === null) return refuse({ code: 'usage', mistake: 'no-pair', flag: '--set', value: assignment })
    const set = setSetting(changed, pair[0], pair[1])
    if (!set.ok) return set
    changed = set.value.catalogue
  }
  return ok(changed)
}

/** Where operators start: as the scenario says, then `--initial OPERATOR=STATUS`. */
export function initialOf(
  catalogue: Catalogue,
  scenario: ReadonlyMap<string, string>,
  assignments: readonly string[],
): Result<Map<string, string>, Failure> {
  const initial = new Map(scenario)
  const pairs = assignments.map((assignment) => splitAt(assignment, assignment.lastIndexOf('=')))
  const bad = pairs.indexOf(null)
  if (bad !== -1)
    return refuse({ code: 'usage', mistake: 'no-pair', flag: '--initial', value: assignments[bad] as string })
  // Deliberately the star first: it is for everybody else, wherever it stands.
  const ordered = (pairs as [string, string][]).sort(([a], [b]) => Number(b === '*') - Number(a === '*'))
  for (const [operator, reference] of ordered) {
    const status = namedStatus(catalogue.statuses, reference)
    if (!status.ok) return status
    const started = operator === '*' ? ok(null) : namedOperator(catalogue.operators, operator)
    if (!started.ok) return started
    for (const { id } of started.value === null ? catalogue.operators : [started.value])
      initial.set(id, status.value.id)
  }
  return ok(initial)
}

function splitAt(text: string, place: number): [string, string] | null {
  return place < 1 ? null : [text.slice(0, place), text.slice(place + 1)]
}
