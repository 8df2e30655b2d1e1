import type { PresenceState } from '../presence/presenceState.ts'

/**
 * Which time counts towards a deadline. Silence means absence only while the feed works (contract §5) and while
 * somebody watched (§4.8): the stretches that don't count are kept as gaps, in order of time, without overlaps.
 */
export interface Coverage {
  /** From here on only covered time counts: the first tick. Null: no tick yet, all time counts. */
  tickedFrom: number | null
  /** Epoch milliseconds; gap `i` runs from `starts[i]` to `ends[i]`. */
  readonly starts: number[]
  readonly ends: number[]
}

export function createCoverage(): Coverage {
  return { tickedFrom: null, starts: [], ends: [] }
}

/** From the first tick on only covered time counts, unless `feed-timeout never` (contract §5). */
export function isCovered({ coverage, rule }: PresenceState): boolean {
  return coverage.tickedFrom !== null && rule.feedTimeoutMs !== null
}

/**
 * The first instant at which `amountMs` of counted time have passed since `base`: a gap that begins before that
 * instant puts it off by the gap's part after `base`.
 */
export function afterCounted(coverage: Coverage, base: number, amountMs: number): number {
  const { starts, ends } = coverage
  let instant = base + amountMs
  let index = ends.length
  while (index > 0 && (ends[index - 1] as number) > base) index--
  for (; index < ends.length; index++) {
    const start = starts[index] as number
    if (start >= instant) break
    instant += (ends[index] as number) - Math.max(start, base)
  }
  return instant
}

/** The part of the stretch from `from` to `to` that doesn't count, in milliseconds. */
export function uncountedMs(coverage: Coverage, from: number, to: number): number {
  let sum = 0
  for (let index = coverage.ends.length - 1; index >= 0; index--) {
    const start = Math.max(coverage.starts[index] as number, from)
    const end = Math.min(coverage.ends[index] as number, to)
    if (end > start) sum += end - start
    if ((coverage.ends[index] as number) <= from) break
  }
  return sum
}

/**
 * Adds a gap, but for its parts that lie in gaps already: those keep their ends, for each is a record's stamp. A gap
 * that comes after all others is found at once.
 */
export function addGap(coverage: Coverage, start: number, end: number): void {
  const { starts, ends } = coverage
  let index = ends.length
  while (index > 0 && (starts[index - 1] as number) >= end) index--
  for (let upTo = end; upTo > start; index--) {
    const from = Math.max(start, ends[index - 1] ?? Number.NEGATIVE_INFINITY)
    if (from < upTo) {
      starts.splice(index, 0, from)
      ends.splice(index, 0, upTo)
    }
    upTo = starts[index - 1] ?? start
  }
}

/**
 * A record stamped `at` inside a known gap divides it: a part of at most `feedTimeoutMs` then counts after all.
 * Answers how many milliseconds more count than before.
 */
export function divideGap(coverage: Coverage, at: number, feedTimeoutMs: number): number {
  const { starts, ends } = coverage
  for (let index = ends.length - 1; index >= 0 && (ends[index] as number) > at; index--) {
    const start = starts[index] as number
    const end = ends[index] as number
    if (start >= at) continue
    const parts = [
      { from: start, to: at },
      { from: at, to: end },
    ].filter(({ from, to }) => to - from > feedTimeoutMs)
    starts.splice(index, 1, ...parts.map(({ from }) => from))
    ends.splice(index, 1, ...parts.map(({ to }) => to))
    return parts.reduce((rest, { from, to }) => rest - (to - from), end - start)
  }
  return 0
}

/** Forgets the gaps that ended before `instant`: no deadline reaches back that far. */
export function forgetGapsBefore(coverage: Coverage, instant: number): void {
  let count = 0
  while (count < coverage.ends.length && (coverage.ends[count] as number) <= instant) count++
  coverage.starts.splice(0, count)
  coverage.ends.splice(0, count)
}
