import type { Span } from '../history/accounting.ts'
import type { PresenceState } from '../presence/presenceState.ts'

/** The stretches of a span that did not count towards a deadline, as far as the presence still knows them. */
export function gapsWithin({ coverage }: PresenceState, { from, to }: Span): Span[] {
  return coverage.starts
    .map((start, index) => ({ from: Math.max(start, from), to: Math.min(coverage.ends[index] as number, to) }))
    .filter((gap) => gap.to > gap.from)
}
