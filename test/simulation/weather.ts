import type { Dice } from './dice.ts'
import type { RotationKind } from './rotation.ts'

/** Which kinds of trouble a seed has: each seed some, so that rare meetings of two are not drowned by all others. */
export interface Weather {
  /** The feed proves itself alive, from its beginning or from some moment on. */
  readonly ticks: 'none' | 'always' | 'later'
  readonly guard: boolean
  readonly watchers: 1 | 2
  readonly rotation: RotationKind
  readonly kills: boolean
  readonly stops: boolean
  readonly powerCuts: boolean
  readonly errnos: boolean
  readonly fullDisk: boolean
  readonly feedTrouble: boolean
  readonly brokenCatalogue: boolean
  readonly lostState: boolean
  readonly handEdits: boolean
  readonly backEndCrashes: boolean
  readonly clockSteps: 'none' | 'everywhere' | 'at-the-watcher'
  /** When the trouble is over, in milliseconds since the beginning. */
  readonly unsafeMs: number
}

export function forecast(dice: Dice): Weather {
  const some = () => dice.chance(0.4)
  const clockSteps = dice.pick(['none', 'none', 'none', 'everywhere', 'at-the-watcher'] as const)
  // A step of all clocks that no watcher lived to see looks like silence of the feed.
  const crash = () => some() && clockSteps !== 'everywhere'
  return {
    ticks: dice.pick(['none', 'none', 'always', 'later'] as const),
    guard: dice.chance(0.25),
    watchers: dice.pick([1, 2] as const),
    rotation: dice.pick(['none', 'number', 'date', 'copytruncate'] as const),
    kills: crash(),
    stops: some(),
    powerCuts: crash(),
    errnos: some(),
    fullDisk: some(),
    feedTrouble: some(),
    brokenCatalogue: some(),
    lostState: crash(),
    handEdits: some(),
    backEndCrashes: some(),
    clockSteps,
    unsafeMs: dice.between(60, 180) * 1000,
  }
}
