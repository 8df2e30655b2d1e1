import { type Catalogue, sessionTimeoutOf, type TargetSource } from '../catalogue/catalogue.ts'

/** The settings as the rule needs them. */
export interface RuleInForce {
  /** Null: the rule is off. */
  readonly offlineAfterMs: number | null
  readonly sessionTimeoutMs: number
  readonly feedTimeoutMs: number | null
  readonly guard: {
    readonly share: number
    readonly atLeast: number
    readonly holdMs: number
  } | null
  /** The target's status index, or -1 where nobody can be switched. */
  readonly target: number
  readonly targetSource: TargetSource
}

/** As a catalogue sets it; the target is filled in by who knows the statuses' numbers. */
export function ruleWithoutTarget({ settings }: Catalogue): RuleInForce {
  return {
    offlineAfterMs: settings.offlineAfterMs,
    sessionTimeoutMs: sessionTimeoutOf(settings),
    feedTimeoutMs: settings.feedTimeoutMs,
    guard: settings.massGuard,
    target: -1,
    targetSource: 'none',
  }
}
