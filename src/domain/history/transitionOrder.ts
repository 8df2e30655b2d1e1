import { compareIds } from '../order.ts'
import type { Transition } from './history.ts'

/** Transitions in the order of contract §6: by time, at one instant those by records first, then by operator id. */
export function inOrder(transitions: readonly Transition[]): Transition[] {
  const sorted = transitions
    .map((transition, index) => ({ transition, index }))
    .sort((a, b) => a.transition.at - b.transition.at || rank(a.transition) - rank(b.transition) || byCause(a, b))
    .map(({ transition }) => transition)
  return keepChains(sorted)
}

function rank(transition: Transition): number {
  return transition.cause === 'auto-offline' ? 1 : 0
}

function byCause(a: { transition: Transition; index: number }, b: { transition: Transition; index: number }): number {
  if (a.transition.cause === 'auto-offline')
    return compareIds(a.transition.operator, b.transition.operator) || a.index - b.index
  return a.index - b.index
}

/**
 * A switch that a record brought about before it acted, and that record's own transition, fall on one instant of one
 * operator: there the switch comes first, so that each operator's transitions form a chain.
 */
function keepChains(sorted: readonly Transition[]): Transition[] {
  const leaving = new Map<string, Transition>()
  const switchesBefore = new Map<Transition, Transition[]>()
  let instant = Number.NaN
  const kept = sorted.filter((transition) => {
    const { at, operator, from, to, cause } = transition
    if (at !== instant) leaving.clear()
    instant = at
    if (cause !== 'auto-offline') {
      const place = `${operator} ${from ?? ''}`
      if (!leaving.has(place)) leaving.set(place, transition)
      return true
    }
    const next = leaving.get(`${operator} ${to}`)
    if (next !== undefined) switchesBefore.set(next, [...(switchesBefore.get(next) ?? []), transition])
    return next === undefined
  })
  return kept.flatMap((transition) => [...(switchesBefore.get(transition) ?? []), transition])
}
