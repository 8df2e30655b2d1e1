import type { Failure } from '../failure.ts'
import { ok, type Result, refuse } from '../result.ts'
import { findStatus, type Operator, type Status } from './catalogue.ts'
import { similarTo } from './rules/text.ts'

/** The operator with the id; else a refusal with the ids that may have been meant. */
export function namedOperator(operators: readonly Operator[], id: string): Result<Operator, Failure> {
  const operator = operators.find((one) => one.id === id)
  if (operator !== undefined) return ok(operator)
  return refuse({
    code: 'operator-not-found',
    reference: id,
    similar: similarTo(
      id,
      operators.map((one) => one.id),
    ),
  })
}

/** The status that is meant by an id or a name, in any case; else a refusal with what may have been meant. */
export function namedStatus(statuses: readonly Status[], reference: string): Result<Status, Failure> {
  const status = findStatus(statuses, reference)
  if (status !== undefined) return ok(status)
  const ids = new Set(
    similarTo(
      reference,
      statuses.map((one) => one.id),
    ),
  )
  const names = new Set(
    similarTo(
      reference,
      statuses.map((one) => one.name),
    ),
  )
  const similar = statuses.filter((one) => ids.has(one.id) || names.has(one.name)).map((one) => one.id)
  return refuse({ code: 'status-not-found', reference, similar: similar.slice(0, 3) })
}
