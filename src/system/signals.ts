import type { StopReason } from './system.ts'

export interface Stopper {
  readonly signal: AbortSignal
  readonly stopped: Promise<StopReason>
  readonly isStopped: boolean
  stop(reason: StopReason): void
}

/**
 * Turns SIGINT and SIGTERM into one `stop`. After the first the system's own handling is back, so a second one
 * ends the process at once, whatever it is doing.
 */
export function listenForStop(): Stopper {
  let reason: StopReason | null = null
  let tell: (reason: StopReason) => void = () => undefined
  const stopped = new Promise<StopReason>((resolve) => {
    tell = resolve
  })
  // Made for who asks: most commands end long before anybody could.
  let controller: AbortController | null = null
  const stop = (why: StopReason) => {
    reason ??= why
    tell(reason)
    controller?.abort(reason)
  }
  const onSignal = (signal: NodeJS.Signals) => {
    stop(signal as StopReason)
    // Not before the other listeners have run: inquirer's ends the process when it finds itself alone.
    setImmediate(release)
  }
  const release = () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    get signal() {
      controller ??= new AbortController()
      if (reason !== null) controller.abort(reason)
      return controller.signal
    },
    stopped,
    get isStopped() {
      return reason !== null
    },
    stop,
  }
}
