import { compareIds } from '../order.ts'

/** Transitions wherever they stand, by their index. */
export interface TransitionColumns {
  readonly length: number
  at(index: number): number
  isAutomatic(index: number): boolean
  operator(index: number): string
  from(index: number): string | null
  to(index: number): string
}

/** The transitions' indexes in the order of contract §6: by time, at one instant those by records first, then by operator id. */
export function orderOfTransitions(columns: TransitionColumns): Int32Array {
  const order = Int32Array.from({ length: columns.length }, (_, index) => index)
  const compare = (a: number, b: number): number =>
    columns.at(a) - columns.at(b) || rank(columns, a) - rank(columns, b) || byCause(columns, a, b)
  // Nearly always they came about in this order, or all but.
  if (order.some((index) => index > 0 && compare(index - 1, index) > 0)) order.sort(compare)
  return keepChains(columns, order)
}

function rank(columns: TransitionColumns, index: number): number {
  return columns.isAutomatic(index) ? 1 : 0
}

/** Both are automatic, or neither is. */
function byCause(columns: TransitionColumns, a: number, b: number): number {
  return (columns.isAutomatic(a) ? compareIds(columns.operator(a), columns.operator(b)) : 0) || a - b
}

/**
 * A switch that a record brought about before it acted, and that record's own transition, fall on one instant of one
 * operator: there the switch comes first, so that each operator's transitions form a chain.
 */
function keepChains(columns: TransitionColumns, order: Int32Array): Int32Array {
  const leaving = new Map<string, number>()
  const switchesBefore = new Map<number, number[]>()
  let instant = Number.NaN
  for (const index of order) {
    const at = columns.at(index)
    if (at !== instant) leaving.clear()
    instant = at
    if (!columns.isAutomatic(index)) {
      const place = `${columns.operator(index)} ${columns.from(index) ?? ''}`
      if (!leaving.has(place)) leaving.set(place, index)
    } else if (leaving.size > 0) {
      const next = leaving.get(`${columns.operator(index)} ${columns.to(index)}`)
      if (next !== undefined) switchesBefore.set(next, [...(switchesBefore.get(next) ?? []), index])
    }
  }
  if (switchesBefore.size === 0) return order
  const moved = new Set([...switchesBefore.values()].flat())
  const kept = order.filter((index) => !moved.has(index))
  return Int32Array.from(Array.from(kept).flatMap((index) => [...(switchesBefore.get(index) ?? []), index]))
}
