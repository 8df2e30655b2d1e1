import type { Status } from '../catalogue/catalogue.ts'
import type { Span, Stay } from './accounting.ts'
import type { Transition } from './history.ts'

/** Each operator's own transitions, in the order given. */
export function transitionsByOperator(transitions: readonly Transition[]): Map<string, Transition[]> {
  const byOperator = new Map<string, Transition[]>()
  for (const transition of transitions) {
    const own = byOperator.get(transition.operator)
    if (own === undefined) byOperator.set(transition.operator, [transition])
    else own.push(transition)
  }
  return byOperator
}

/**
 * One operator's stays within a window, from the status they start in and their own transitions in order of time.
 * The last stay is open and ends with the window.
 */
export function staysOf(line: {
  readonly start: Status
  readonly transitions: readonly Transition[]
  readonly window: Span
  readonly statusOf: (id: string) => Status
}): Stay[] {
  const stays: Stay[] = []
  let current = line.start
  let from = line.window.from
  const stayUntil = (to: number, absentFrom: number | null): Stay => ({
    status: current.id,
    from,
    to,
    countAfterClose: current.countAfterClose,
    absentFrom,
    continued: false,
  })
  for (const transition of line.transitions) {
    const automatic = transition.cause === 'auto-offline'
    stays.push(stayUntil(transition.at, automatic ? Math.max(transition.lastSeen ?? from, from) : null))
    current = line.statusOf(transition.to)
    from = transition.at
  }
  stays.push(stayUntil(line.window.to, null))
  return stays
}
