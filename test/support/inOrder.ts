import type { Transition } from '../../src/domain/history/history.ts'
import { orderOfTransitions } from '../../src/domain/history/transitionOrder.ts'

/** Transitions in the order of contract §6. */
export function inOrder(transitions: readonly Transition[]): Transition[] {
  const one = (index: number) => transitions[index] as Transition
  const order = orderOfTransitions({
    length: transitions.length,
    at: (index) => one(index).at,
    isAutomatic: (index) => one(index).cause === 'auto-offline',
    operator: (index) => one(index).operator,
    from: (index) => one(index).from,
    to: (index) => one(index).to,
  })
  return Array.from(order, one)
}
