import type { HistoryEntry } from '../../src/domain/history/history.ts'
import type { Line } from './backEnd.ts'

/** When the writer of an entry got the lock and when it wrote: as the machine counts, and in true milliseconds. */
export interface Writing {
  readonly lockedAt: number
  readonly lockedMs: number
  readonly wroteAt: number
  readonly wroteMs: number
}

/** Everything that a story left. */
export interface Evidence {
  readonly windowMs: number
  readonly feedTimeoutMs: number
  readonly receiving: ReadonlySet<string>
  readonly target: string
  readonly lines: readonly Line[]
  readonly history: readonly HistoryEntry[]
  /** By the entry's number. */
  readonly writings: readonly Writing[]
  readonly acknowledged: readonly HistoryEntry[]
  readonly announced: readonly { readonly operator: string; readonly due: string }[]
  readonly steady: readonly string[]
  /** False where clocks were stepped: then dates can't be compared. */
  readonly hasOneTime: boolean
  /** By how much the clocks were set back, all in all. */
  readonly steppedBackMs: number
  /** By how much the watcher may misjudge how long something lasts. */
  readonly clockErrorMs: number
  /** Where everybody has to be in the end; null: anywhere. */
  readonly finally: ReadonlyMap<string, readonly string[]>
}
