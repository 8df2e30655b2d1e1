import type { HistoryEntry } from '../../src/domain/history/history.ts'
import type { Line } from './backEnd.ts'

/** Everything that a story left. */
export interface Evidence {
  readonly windowMs: number
  readonly feedTimeoutMs: number
  readonly receiving: ReadonlySet<string>
  readonly target: string
  readonly lines: readonly Line[]
  readonly history: readonly HistoryEntry[]
  /** By the entry's number: when its writer got the lock and when it wrote, as the machine counts. */
  readonly lockedAt: readonly number[]
  readonly wroteAt: readonly number[]
  readonly acknowledged: readonly HistoryEntry[]
  readonly announced: readonly { readonly operator: string; readonly due: string }[]
  readonly steady: readonly string[]
  /** False where clocks were stepped: then dates can't be compared. */
  readonly hasOneTime: boolean
  /** By how much the clocks were set back, all in all. */
  readonly steppedBackMs: number
  /** Where everybody has to be in the end; null: anywhere. */
  readonly finally: ReadonlyMap<string, readonly string[]>
}
