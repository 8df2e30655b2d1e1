import type { Job, Measurer, Spent } from './measurer.ts'

/** Two programs that are to be compared. */
export interface Pair {
  readonly ours: (round: number) => Job
  readonly other: (round: number) => Job
  readonly pairs: number
  /** Done before each run of ours, and not measured. */
  readonly prepare?: (round: number) => void
  /** Throws where ours did not print what it should. */
  readonly check?: (printed: string) => void
}

export interface Compared {
  /** Medians. */
  readonly ours: Spent
  readonly other: Spent
  /** The median of the pairs' own ratios, so that a machine that gets slower moves neither. */
  readonly cpuRatio: number
  readonly wallRatio: number
  readonly pairs: number
}

/** Runs both in turn, each of them first in every other pair, after one unmeasured run of each. */
export async function comparePair(measurer: Measurer, pair: Pair): Promise<Compared> {
  const ours: Spent[] = []
  const others: Spent[] = []
  const runOurs = async (round: number) => {
    pair.prepare?.(round)
    const spent = await measurer.run(pair.ours(round))
    pair.check?.(measurer.printed())
    return spent
  }
  const isLong = pair.pairs < 10
  if (!isLong) {
    await runOurs(0)
    await measurer.run(pair.other(0))
  }
  for (let round = 1; round <= pair.pairs; round++) {
    if (round % 2 === 0) ours.push(await runOurs(round))
    others.push(await measurer.run(pair.other(round)))
    if (round % 2 === 1) ours.push(await runOurs(round))
  }
  const ratios = (of: 'cpuMs' | 'wallMs') => ours.map((spent, index) => spent[of] / (others[index] as Spent)[of])
  return {
    ours: medianSpent(ours),
    other: medianSpent(others),
    cpuRatio: median(ratios('cpuMs')),
    wallRatio: median(ratios('wallMs')),
    pairs: pair.pairs,
  }
}

function medianSpent(runs: readonly Spent[]): Spent {
  const of = (name: keyof Spent) => median(runs.map((spent) => spent[name]))
  return { wallMs: of('wallMs'), cpuMs: of('cpuMs'), peakBytes: of('peakBytes') }
}

/** Of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}
