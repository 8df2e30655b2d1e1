/**
 * The watcher's present, in the time of the feed's stamps. It runs with a clock that never steps; a step of the wall
 * clock is believed only when the feed's stamps have made it too. So neither a wrong clock here nor one that is put
 * right everywhere makes anybody look absent (reliability W5).
 */
export interface PresentTime {
  /** Epoch milliseconds of the present minus the steady clock's milliseconds. */
  offsetMs: number
  /** The steady clock at the last look. */
  steady: number
  /** How far the wall clock is ahead of the present (negative: behind), not believed yet; 0: it agrees. */
  unconfirmedStepMs: number
  /**
   * The latest present before a step back that was followed; minus infinity before the first. Until the present has
   * come here again, records are still read that were stamped before the step.
   */
  steppedBackFrom: number
}

/** Smaller differences are a clock being slewed and are followed at once. */
const slewMs = 1000

export function startPresent({ wall, steady }: { readonly wall: number; readonly steady: number }): PresentTime {
  return { offsetMs: wall - steady, steady, unconfirmedStepMs: 0, steppedBackFrom: Number.NEGATIVE_INFINITY }
}

/** Looks at both clocks. Answers the present and how long ago the last look was, in milliseconds. */
export function lookAtClocks(
  present: PresentTime,
  clocks: { wall: number; steady: number },
): { now: number; elapsedMs: number } {
  const { wall, steady } = clocks
  const elapsedMs = steady - present.steady
  const aheadMs = wall - (steady + present.offsetMs)
  present.steady = steady
  if (isSlewed(aheadMs)) {
    present.offsetMs = wall - steady
    present.unconfirmedStepMs = 0
  } else present.unconfirmedStepMs = aheadMs
  return { now: steady + present.offsetMs, elapsedMs }
}

/** How far the wall clock is ahead of the present, in milliseconds; 0 where it is only being slewed. */
export function wallAheadMs({ offsetMs }: PresentTime, { wall, steady }: { wall: number; steady: number }): number {
  const aheadMs = wall - (steady + offsetMs)
  return isSlewed(aheadMs) ? 0 : aheadMs
}

/** Is a difference between two clocks so small that it is followed at once? */
export function isSlewed(differenceMs: number): boolean {
  return Math.abs(differenceMs) <= slewMs
}

/**
 * Holds the stamp of a record that has just been read against an unconfirmed step: where it is nearer to the wall
 * clock than to the present, the feed's clock has stepped too, and the present follows. Answers the step that was
 * followed, in milliseconds; 0 for none.
 */
export function confirmStep(present: PresentTime, stamp: number): number {
  const stepMs = present.unconfirmedStepMs
  if (stepMs === 0) return 0
  const now = present.steady + present.offsetMs
  if (Math.abs(stamp - (now + stepMs)) >= Math.abs(stamp - now)) return 0
  if (stepMs < 0) present.steppedBackFrom = Math.max(present.steppedBackFrom, now)
  present.offsetMs += stepMs
  present.unconfirmedStepMs = 0
  return stepMs
}

/**
 * The latest stamp that is believed of a record read just now, beside what any feed may be ahead (contract §4.9):
 * after a step back a later one was stamped before it, and its record came in by now.
 */
export function latestBelieved({ steady, offsetMs, steppedBackFrom }: PresentTime): number {
  const now = steady + offsetMs
  return now < steppedBackFrom ? now : Number.POSITIVE_INFINITY
}

/** A watcher that had not looked for longer than this was stopped, suspended or stalled (contract §4.8). */
export const longestBlinkMs = 5000
