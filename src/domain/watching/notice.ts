import type { Failure, SpecialKind } from '../failure.ts'
import type { HistoryEntry } from '../history/history.ts'
import type { Exposure } from '../inspection/findings.ts'
import type { SkipReason } from '../records/records.ts'

/** What the watcher has to tell, in the past tense. Times in epoch milliseconds. */
export type Notice =
  | {
      readonly type: 'started'
      readonly at: number
      readonly store: string
      readonly feed: string
      readonly offlineAfterMs: number | null
      readonly dryRun: boolean
    }
  | { readonly type: 'standby'; readonly at: number }
  | { readonly type: 'switched'; readonly entry: SwitchedEntry }
  /** `--dry-run`: what would have been written. */
  | { readonly type: 'would-switch'; readonly entry: Omit<SwitchedEntry, 'recordedAt'> }
  | { readonly type: 'held'; readonly at: number; readonly until: number; readonly operators: readonly string[] }
  | {
      readonly type: 'released'
      readonly at: number
      readonly heldFrom: number
      readonly operators: readonly string[]
    }
  | { readonly type: 'feed'; readonly at: number; readonly happened: FeedHappening }
  | { readonly type: 'left-out'; readonly at: number; readonly leftOutMs: number }
  | { readonly type: 'clock-step'; readonly at: number; readonly stepMs: number }
  | { readonly type: 'problem'; readonly at: number; readonly problem: WatchProblem }
  | { readonly type: 'mended'; readonly at: number }
  | { readonly type: 'stopped'; readonly at: number; readonly why: string }

export type WatchProblem =
  | { readonly code: 'refused'; readonly failure: Failure }
  | { readonly code: 'no-target'; readonly operator: string }
  /** The first line of the feed that was passed over for a reason. */
  | { readonly code: 'line-skipped'; readonly reason: SkipReason; readonly line: number; readonly excerpt: string }
  /** `watch --on-switch`: the program did not do its work for a switch. */
  | { readonly code: 'hook-failed'; readonly operator: string; readonly end: HookEnd }
  /** So many switches were not told to it: it is too slow, or the watcher ended. */
  | { readonly code: 'hook-skipped'; readonly switches: number; readonly reason: 'queue-full' | 'stopped' }
  | { readonly code: 'metrics-file'; readonly file: string; readonly errno: string }
  /** Somebody else may change the feed or the store (reliability X5). */
  | { readonly code: 'exposed'; readonly exposure: Exposure }

/** How a program ended that was to be told of a switch. */
export type HookEnd =
  | { readonly end: 'exit'; readonly code: number; readonly said: string }
  | { readonly end: 'killed'; readonly by: string }
  | { readonly end: 'timeout'; readonly timeoutMs: number }
  | { readonly end: 'stopped' }
  | { readonly end: 'not-started'; readonly errno: string }

export type SwitchedEntry = Omit<Extract<HistoryEntry, { type: 'status-entered' }>, 'type' | 'seq' | 'prev' | 'feed'>

/**
 * What happened to the feed's file. `rest`: whether what had not been read of the file before could still be found.
 * `between`: files that came and went.
 */
export type FeedHappening =
  | { readonly event: 'missing' | 'appeared' | 'ended' }
  | { readonly event: 'rotated' | 'truncated'; readonly rest: 'read' | 'gone'; readonly between: number }
  | { readonly event: 'refused'; readonly found: SpecialKind }
  | { readonly event: 'unreadable'; readonly file: string; readonly errno: string }
