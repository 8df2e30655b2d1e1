import { heartbeatMs, sessionsPerOperator, type Variant } from '../generating/feed.ts'
import { dropFeed, feedFile, type Ground, opstatJob, pairsFor, programJob, sized } from '../ground.ts'
import type { Job, Spent } from '../measuring/measurer.ts'
import { comparePair } from '../measuring/pairs.ts'
import { counted, figureText, msText } from '../row.ts'
import { storeFolder } from '../stores.ts'

/** `presence simulate` of a generated feed, its transitions streamed. */
export function simulateJob(ground: Ground, folder: string, feed: string): Job {
  return opstatJob(ground, folder, `presence simulate --heartbeats ${feed} -o jsonl`)
}

const goals: readonly (readonly [Variant, string, number])[] = [
  ['canonical', 'canonical lines', 0.35],
  ['reordered', 'lines with other field orders', 1.3],
  ['extra', 'lines with extra fields', 1.3],
]

/** A replay against a bare loop that parses the same lines. */
export async function replayRows(ground: Ground): Promise<void> {
  const operators = sized(ground, 100_000)
  const records = sized(ground, 10_000_000)
  const folder = storeFolder(ground, 'replayed', { statuses: 10, operators })
  const million = (count: number) => count.toLocaleString('en')
  for (const [variant, words, atMost] of goals) {
    const feed = feedFile(ground, { operators, records, variant })
    const what = `\`presence simulate\`, ${million(records)} heartbeats of ${million(operators)} operators, ${words}`
    ground.say(what)
    const pairs = pairsFor(ground, 3)
    const compared = await comparePair(ground.measurer, {
      ours: () => simulateJob(ground, folder, feed),
      other: () => programJob(ground, 'jsonLoop', [feed]),
      pairs,
    })
    ground.add({
      group: 'records',
      what,
      measured: perRecord(compared.ours, records),
      against: `reading and \`JSON.parse\` alone: ${perRecord(compared.other, records)}`,
      figure: compared.cpuRatio,
      unit: 'times',
      goal: { bound: 'at most', figure: atMost },
      runs: counted(pairs, 'pair'),
    })
    if (variant === 'canonical') addMemory(ground, { spent: compared.ours, operators, pairs })
    dropFeed(feed)
  }
}

function perRecord({ cpuMs }: Spent, records: number): string {
  return `${msText(cpuMs)}, ${figureText((cpuMs * 1e6) / records)} ns each`
}

function addMemory(
  ground: Ground,
  { spent, operators, pairs }: { readonly spent: Spent; readonly operators: number; readonly pairs: number },
): void {
  const figure = spent.peakBytes / 2 ** 20
  ground.add({
    group: 'records',
    what: `resident memory of that replay, ${(operators * sessionsPerOperator).toLocaleString('en')} sessions`,
    measured: `${figureText(figure)} MiB`,
    against: '',
    figure,
    unit: 'MiB',
    goal: { bound: 'at most', figure: 120 },
    runs: counted(pairs, 'run'),
  })
}

export interface HeartbeatCost {
  readonly operators: number
  /** Nanoseconds of CPU time for each further heartbeat. */
  readonly nsEach: number
}

/** What a heartbeat costs once each session was heard, by the number of operators. */
export async function heartbeatCosts(ground: Ground): Promise<readonly HeartbeatCost[]> {
  const costs: HeartbeatCost[] = []
  const largest = sized(ground, 1_000_000)
  // The same records, in number, are left out everywhere: so many as open the sessions of the largest.
  const first = largest * sessionsPerOperator
  const records = first * 5
  for (const operators of [largest / 1000, largest / 100, largest / 10, largest]) {
    const folder = storeFolder(ground, `flat-${operators}`, { statuses: 10, operators })
    ground.say(`\`presence simulate\`, ${operators.toLocaleString('en')} operators`)
    const [whole, start] = [records, first].map((count) =>
      feedFile(ground, { operators, records: count, variant: 'canonical' }),
    ) as [string, string]
    const { ours, other } = await comparePair(ground.measurer, {
      ours: () => simulateJob(ground, folder, whole),
      other: () => simulateJob(ground, folder, start),
      pairs: pairsFor(ground, 3),
    })
    const nsEach = ((ours.cpuMs - other.cpuMs) * 1e6) / (records - first)
    dropFeed(whole)
    dropFeed(start)
    costs.push({ operators, nsEach })
  }
  return costs
}

export function addFlatRow(ground: Ground, costs: readonly HeartbeatCost[]): void {
  const costOf = (index: number) => costs[index] as HeartbeatCost
  const [few, many] = [costOf(1), costOf(costs.length - 1)]
  const words = ({ operators, nsEach }: HeartbeatCost) =>
    `${operators.toLocaleString('en')} operators: ${figureText(nsEach)} ns`
  ground.add({
    group: 'records',
    what: `a further heartbeat in a replay, each session heard every ${heartbeatMs / 1000} s`,
    measured: words(many),
    against: words(few),
    figure: many.nsEach / few.nsEach,
    unit: 'times',
    goal: { bound: 'at most', figure: 1.5 },
    runs: `${counted(pairsFor(ground, 3), 'pair')} of replays each`,
  })
}
