import type { StopReason } from './system.ts'

export interface Stopper {
  readonly signal: AbortSignal
  stop(reason: StopReason): void
  /** Gives the signals back to the system's own handling. */
  release(): void
}

/**
 * Turns SIGINT and SIGTERM into one `stop`. After the first the system's own handling is back, so a second one
 * ends the process at once, whatever it is doing.
 */
export function listenForStop(): Stopper {
  const controller = new AbortController()
  const onSignal = (signal: NodeJS.Signals) => {
    controller.abort(signal)
    // Not before the other listeners have run: inquirer's ends the process when it finds itself alone.
    setImmediate(release)
  }
  const release = () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return { signal: controller.signal, stop: (reason) => controller.abort(reason), release }
}
