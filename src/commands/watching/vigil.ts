import type { Clock } from '../../domain/clock.ts'
import { longestBlinkMs } from '../../domain/presence/presentTime.ts'

/** Notices when its process did not run: stopped, suspended or stalled (contract §4.8). */
export interface Vigil {
  /** The clock that it goes by. Whoever waits by it, for a lock or for the next turn, is awake meanwhile. */
  readonly clock: Clock
  /** Since which instant of the steady clock nobody watched at the first break since the last question; null: none. */
  takeBreak(): number | null
}

export function keepVigil(clock: Clock): Vigil {
  let seen = clock.steady()
  let brokeOff: number | null = null
  const look = (sleptMs: number) => {
    const steady = clock.steady()
    if (steady - seen > longestBlinkMs + sleptMs) brokeOff ??= seen
    seen = steady
    return steady
  }
  return {
    clock: {
      now: () => {
        look(0)
        return clock.now()
      },
      steady: () => look(0),
      sleep: async (ms, signal) => {
        look(0)
        await clock.sleep(ms, signal)
        look(ms)
      },
    },
    takeBreak: () => {
      look(0)
      const since = brokeOff
      brokeOff = null
      return since
    },
  }
}
