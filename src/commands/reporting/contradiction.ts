import type { Failure } from '../../domain/failure.ts'
import type { Discrepancy } from '../../domain/reports/discrepancy.ts'
import { type Result, refuse } from '../../domain/result.ts'

/** Numbers that contradict each other are never shown as a result (contract §7): exit 10 with the places. */
export function contradiction(found: readonly Discrepancy[]): Result<never, Failure> {
  return refuse({ code: 'differences', of: 'report', discrepancies: found })
}
