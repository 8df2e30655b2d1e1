/** Time, handed in. Nothing below `system/` reads a clock of its own. */
export interface Clock {
  /** The wall clock: epoch milliseconds. It may step in either direction. */
  now(): number
  /** Milliseconds since an arbitrary start: never steps, and counts the time a machine was suspended. */
  steady(): number
  /**
   * Resolves after about `ms` milliseconds, or at once when `signal` aborts; with 0 as soon as everything was heard
   * that has happened meanwhile. Never rejects.
   */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}
