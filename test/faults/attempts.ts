/** What became of a command: acknowledged, or killed, so that nobody knows whether it was done. */
export type Outcome = 'acknowledged' | 'unknown'

export interface Attempt {
  readonly to: string
  readonly outcome: Outcome
}

/**
 * Can what happened be the attempts in their order, none twice, with every acknowledged one among them? An attempt to
 * get where one is already changes nothing.
 */
export function isOrderOf(
  attempts: readonly Attempt[],
  { start, happened }: { readonly start: string; readonly happened: readonly string[] },
): boolean {
  /** So many of the happenings may have come about so far. */
  let possible = new Set([0])
  for (const { to, outcome } of attempts) {
    const next = new Set<number>()
    for (const done of possible) {
      const isThere = (done === 0 ? start : happened[done - 1]) === to
      if (happened[done] === to) next.add(done + 1)
      if (isThere || outcome === 'unknown') next.add(done)
    }
    possible = next
  }
  return possible.has(happened.length)
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
