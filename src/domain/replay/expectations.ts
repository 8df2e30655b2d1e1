import type { Transition } from '../history/history.ts'
import { transitionsByOperator } from '../history/stayLines.ts'

/** What a scenario wants to be true at an instant, in epoch milliseconds. */
export interface Expectation {
  readonly at: number
  readonly operator: string
  readonly status: string
}

export interface FailedExpectation extends Expectation {
  /** The status the operator was in instead. */
  readonly actual: string | null
}

/** Holds expectations against what happened: an operator is where the last transition up to that instant put them. */
export function judge(
  expectations: readonly Expectation[],
  played: { readonly transitions: readonly Transition[]; readonly startStatus: ReadonlyMap<string, string> },
): { readonly passed: number; readonly failed: readonly FailedExpectation[] } {
  if (expectations.length === 0) return { passed: 0, failed: [] }
  const byOperator = transitionsByOperator(played.transitions)
  const failed = expectations.flatMap((expectation): FailedExpectation[] => {
    const { at, operator, status } = expectation
    const last = byOperator.get(operator)?.findLast((transition) => transition.at <= at)
    const actual = last?.to ?? played.startStatus.get(operator) ?? null
    return actual === status ? [] : [{ ...expectation, actual }]
  })
  return { passed: expectations.length - failed.length, failed }
}
