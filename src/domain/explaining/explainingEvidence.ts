import type { Catalogue } from '../catalogue/catalogue.ts'
import type { HistoryEntry, Transition } from '../history/history.ts'
import type { PresenceState } from '../presence/presenceState.ts'
import type { Explanation } from './explanation.ts'
import type { RuleBook } from './targetChoice.ts'
import type { Trace } from './trace.ts'

/** Everything that is known about one operator at one instant. */
export interface ExplainingEvidence {
  readonly operator: { readonly id: string; readonly name: string }
  readonly at: number
  readonly source: Explanation['source']
  /** The presence at the instant. */
  readonly state: PresenceState
  readonly catalogue: Catalogue
  /** The operator's own, up to the instant, in the order in which they came about. */
  readonly transitions: readonly Transition[]
  /** When the first known stay began, where no transition says so. */
  readonly start: number | null
  /** Statuses and settings when the last automatic switch was decided; null: as in the catalogue. */
  readonly rulesAtSwitch: RuleBook | null
  readonly concerning: readonly HistoryEntry[]
  readonly next: Transition | null
  /** The waves that the guard held, where a replay told them; null: not known. */
  readonly held: readonly HeldWave[] | null
  /** The operator's records in the feed, as far as it is kept; null: there is no feed. */
  readonly trace: Trace | null
  /** The feed said more before this instant than is kept; -Infinity: nothing is missing. */
  readonly lostBefore: number
}

export interface HeldWave {
  readonly at: number
  readonly operators: readonly string[]
}
