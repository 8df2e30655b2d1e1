import type { HistoryFact } from '../history/history.ts'

/** What the engine found, in the past tense, with facts alone. Times in epoch milliseconds. */
export type PresenceEvent =
  | Extract<HistoryFact, { type: 'status-entered' | 'dialogues' }>
  /** A live operator chose the status in which they were already. */
  | { readonly type: 'confirmed'; readonly at: number; readonly operator: string; readonly status: string }
  | {
      readonly type: 'inquired'
      readonly at: number
      readonly inquiry: string
      readonly eligible: readonly string[]
      readonly absent: readonly string[]
    }
  /** The guard holds a wave of deadlines; `at` is the first of them. */
  | {
      readonly type: 'held'
      readonly at: number
      readonly until: number
      readonly operators: readonly string[]
    }
  | {
      readonly type: 'released'
      readonly at: number
      readonly heldFrom: number
      readonly operators: readonly string[]
    }
  /** A deadline passed, but no status can take the operator. */
  | {
      readonly type: 'unswitchable'
      readonly at: number
      readonly operator: string
    }

/** Takes what the engine finds, in the order in which it comes about: a list, or something that keeps less of it. */
export interface EventSink {
  push(event: PresenceEvent): unknown
}
