import type { MassGuard } from '../catalogue/catalogue.ts'
import type { Span } from '../history/accounting.ts'
import type { HistoryEntry, Transition } from '../history/history.ts'
import type { PresenceRow } from '../presence/presence.ts'
import type { TargetChoice } from './targetChoice.ts'
import type { LastRecord, Sign } from './trace.ts'

/** Why an operator is where they are, and what will happen. Facts alone; times in epoch milliseconds. */
export interface Explanation {
  /** The instant that is explained. */
  readonly at: number
  /** `replayed`: the history knows nothing of that time, so the feed was played as `simulate` does. */
  readonly source: 'recorded' | 'replayed'
  readonly row: PresenceRow
  readonly sessions: readonly ExplainedSession[]
  /** How the present stay began; null where none was recorded. */
  readonly entered: Transition | null
  /** The last automatic switch up to the instant, whether or not the operator is still where it put them. */
  readonly lastSwitch: ExplainedSwitch | null
  readonly outlook: Outlook
  readonly target: TargetChoice
  /** Who changed what about the operator, their statuses or the rule since the stay before the present one began. */
  readonly changes: readonly HistoryEntry[]
  /** What came after the instant, where it lies in the past. */
  readonly next: Transition | null
  /** What the feed covers as far as it is kept; null: there is none, and what only it knows is missing. */
  readonly feed: Span | null
  /** The feed said more before this instant than is kept: what only it knew is missing. -Infinity: nothing is. */
  readonly lostBefore: number
}

export interface ExplainedSession extends LastRecord {
  /** Open, and heard within the session time-out. */
  readonly active: boolean
}

/** The arithmetic of a deadline (contract §4.3, §5). */
export interface Silence {
  /** The sign of life that counted, or the stay's beginning where that was later. */
  readonly base: number
  readonly basis: 'sign-of-life' | 'stay-began'
  /** The record that was the sign of life, where the feed still has it. */
  readonly sign: Sign | null
  readonly offlineAfterMs: number
  /** Time after the base that did not count. */
  readonly uncountedMs: number
  /** The feed's gaps in it, as far as the feed is kept. */
  readonly gaps: readonly Span[]
  /** base + offline-after + uncounted. */
  readonly deadline: number
}

export interface ExplainedSwitch {
  readonly transition: Transition
  readonly since: number
  /** Null where it is not known how long the wait was. */
  readonly silence: Silence
  /**
   * Why the switch came later than its deadline: not at all, the guard, the next record of a feed with ticks; the
   * history alone can't tell a switch that was held from one that a late record brought about.
   */
  readonly delay: { readonly by: 'nothing' | 'guard' | 'next-record' | 'guard-or-late-record'; readonly ms: number }
  readonly guard: MassGuard | null
  readonly target: TargetChoice
  /** What each session had said last when the switch was decided. */
  readonly sessions: readonly LastRecord[]
  /** The next sign of life; null where there was none, or the feed is not kept. */
  readonly back: Sign | null
  readonly preventedBy: readonly Prevention[]
}

export type Prevention =
  | { readonly kind: 'sign-of-life'; readonly until: number }
  /** Until the operator was back, an `offline-after` of at least so long. */
  | { readonly kind: 'longer-wait'; readonly atLeastMs: number }
  /** One of the statuses that can't receive, chosen before. */
  | { readonly kind: 'other-status'; readonly statuses: readonly string[] }
  | { readonly kind: 'rule-off' }

export type Outlook =
  | { readonly kind: 'switch-ahead'; readonly silence: Silence; readonly switchAt: number; readonly held: boolean }
  | { readonly kind: 'overdue'; readonly silence: Silence; readonly switchAt: number }
  | { readonly kind: 'nothing'; readonly because: NothingBecause }

export type NothingBecause =
  | { readonly reason: 'not-receiving' }
  | { readonly reason: 'rule-off' }
  | { readonly reason: 'no-target' }
  | { readonly reason: 'feed-silent'; readonly since: number }
  | { readonly reason: 'not-recorded' }
  | { readonly reason: 'not-in-roster' }
  /** Nobody knows when the operator was last seen then. */
  | { readonly reason: 'feed-not-kept' }
