import type { Span } from '../../history/accounting.ts'

/** The window's ends and every instant in it at which an interval of the lists begins or ends, ascending. */
export function cutsOf(lists: readonly (readonly Span[])[], window: Span): number[] {
  const cuts = new Set([window.from, window.to])
  for (const list of lists) {
    for (const { from, to } of list) {
      if (from > window.from && from < window.to) cuts.add(from)
      if (to > window.from && to < window.to) cuts.add(to)
    }
  }
  return [...cuts].sort((a, b) => a - b)
}

/** Answers the interval that covers an instant, asked for instants in ascending order; null where none does. */
export function cursorOf<Interval extends Span>(intervals: readonly Interval[]): (at: number) => Interval | null {
  let next = 0
  return (at) => {
    while (next < intervals.length && (intervals[next] as Interval).to <= at) next++
    const interval = intervals[next]
    return interval !== undefined && interval.from <= at ? interval : null
  }
}
