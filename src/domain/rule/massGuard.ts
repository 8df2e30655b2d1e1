import { compareIds } from '../order.ts'
import type { PresenceState } from '../presence/presenceState.ts'
import { afterCounted } from './coverage.ts'
import type { EventSink } from './events.ts'
import { deadlineOf, releaseOf } from './triggers.ts'
import { hold } from './undecided.ts'

/** A deadline comes with all that follow within this time (contract §5). */
export const waveMs = 60_000

/**
 * Holds waves of deadlines (contract §5): when a deadline comes, all from it to one minute later are counted; are
 * they at least `atLeast` and more than `share` of the operators in receiving statuses, all of them wait until
 * `hold` after the first. `found` are the operators whose deadline or release lies ahead by a minute at most.
 */
export function holdWaves(
  state: PresenceState,
  found: readonly number[],
  isOver: (operator: number, trigger: number) => boolean,
  events: EventSink,
): void {
  const guard = state.rule.guard
  if (guard === null) return
  const { heldFrom } = state.columns
  const upcoming = found
    .filter((operator) => Number.isNaN(heldFrom[operator] as number))
    .map((operator) => ({ operator, due: deadlineOf(state, operator) }))
    .map((deadline) => ({ ...deadline, over: isOver(deadline.operator, deadline.due) }))
    .sort((a, b) => a.due - b.due || Number(b.over) - Number(a.over))
  // Whoever comes back before the release stays: the record that says so is about to act.
  const releases = found
    .map((operator) => ({ operator, at: releaseOf(state, operator) }))
    .filter(({ operator, at }) => !Number.isNaN(at) && isOver(operator, at))
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  let receiving = state.receivingCount - countRipe(state)
  let released = 0
  let end = 0
  for (let start = 0; start < upcoming.length; start++) {
    const first = upcoming[start] as { due: number; over: boolean }
    if (!first.over) continue
    for (; released < releases.length && (releases[released] as number) <= first.due; released++) receiving--
    while (end < upcoming.length && (upcoming[end] as { due: number }).due <= first.due + waveMs) end++
    const count = end - start
    if (count < guard.atLeast || count <= guard.share * receiving) {
      receiving--
      continue
    }
    const wave = upcoming.slice(start, end)
    for (const { operator } of wave) {
      hold(state, operator, first.due)
      const release = releaseOf(state, operator)
      if (isOver(operator, release)) releases.push(release)
    }
    releases.sort((a, b) => a - b)
    events.push({
      type: 'held',
      at: first.due,
      until: afterCounted(state.coverage, first.due, guard.holdMs),
      operators: wave.map(({ operator }) => state.operators[operator] as string).sort(compareIds),
    })
    start = end - 1
  }
}

/** Those whose switch a live turn has still to make no longer count as receiving. */
function countRipe({ ripe, columns }: PresenceState): number {
  return new Set(ripe.filter((operator) => !Number.isNaN(columns.ripeAt[operator] as number))).size
}
