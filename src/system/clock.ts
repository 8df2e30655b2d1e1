import type { Clock } from '../domain/clock.ts'

/** `setTimeout` fires at once for anything longer. */
const longestTimeoutMs = 2 ** 31 - 1

/** The machine's clocks. The only file that reads them. */
export const machineClock: Clock = {
  now: () => Date.now(),
  // Measured: unmoved by steps of the wall clock, counts suspension, advances in steps of 10 ms.
  // `performance.now()` would not count suspension.
  steady: () => Math.round(process.getBuiltinModule('node:os').uptime() * 1000),
  sleep,
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  // Nothing to wait for: only what has happened meanwhile, a signal above all, is heard.
  if (ms <= 0) return new Promise((resolve) => setImmediate(resolve))
  let rest = ms
  while (rest > 0 && !signal.aborted) {
    const piece = Math.min(rest, longestTimeoutMs)
    await pause(piece, signal)
    rest -= piece
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake)
  })
}
