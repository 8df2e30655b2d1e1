import { initialStatusOf, type Operator } from '../../domain/catalogue/catalogue.ts'
import type { OperatorSnapshot } from '../../store/port.ts'

/** The status the operator is in: as recorded, else where they start. Null where there is no status at all. */
export function currentStatusOf({ catalogue, recorded }: OperatorSnapshot, operator: Operator): string | null {
  return recorded.stays.get(operator.id)?.status ?? initialStatusOf(catalogue, operator)
}
