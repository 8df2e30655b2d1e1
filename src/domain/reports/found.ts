import { type Catalogue, findStatus, type Status } from '../catalogue/catalogue.ts'
import { similarTo } from '../catalogue/rules/text.ts'
import type { Failure } from '../failure.ts'
import { ok, type Result, refuse } from '../result.ts'
import type { Ledger, OperatorLedger } from './ledger/ledger.ts'

/** Operators by their ids, also those who have left. Refuses an id that neither roster nor history knows. */
export function findOperators(ledger: Ledger, ids: readonly string[]): Result<OperatorLedger[], Failure> {
  const found: OperatorLedger[] = []
  for (const id of new Set(ids)) {
    const operator = ledger.operators.get(id)
    if (operator === undefined) {
      return refuse({ code: 'operator-not-found', reference: id, similar: similarTo(id, ledger.operators.keys()) })
    }
    found.push(operator)
  }
  return ok(found)
}

/**
 * The ids of statuses by id or name, also of those that were deleted or had the name once: present names win over
 * earlier ones. Refuses what never was.
 */
export function findReportedStatuses(
  ledger: Ledger,
  catalogue: Catalogue,
  references: readonly string[],
): Result<ReadonlySet<string>, Failure> {
  const once = [...ledger.statuses.values()].flatMap(({ values }) => [...values].reverse())
  const everKnown: readonly Status[] = [...catalogue.statuses, ...once]
  const ids = new Set<string>()
  for (const reference of references) {
    const status = findStatus(everKnown, reference)
    if (status === undefined) {
      const names = everKnown.flatMap(({ id, name }) => [id, name])
      return refuse({ code: 'status-not-found', reference, similar: similarTo(reference, names) })
    }
    ids.add(status.id)
  }
  return ok(ids)
}
