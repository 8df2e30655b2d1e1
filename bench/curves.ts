import { join } from 'node:path'
import { feedBlocks, sessionsPerOperator } from './generating/feed.ts'
import { writePieces } from './generating/generate.ts'
import { dropFeed, emptyStart, feedFile, type Ground, opstatJob, pairsFor, programJob, sized } from './ground.ts'
import type { Job } from './measuring/measurer.ts'
import { comparePair } from './measuring/pairs.ts'
import { type HeartbeatCost, heartbeatCosts, simulateJob } from './records/replayRows.ts'
import type { Chart, Line } from './showing/picture.ts'
import { run, settle, storeFolder, usedStore } from './stores.ts'

/** What the picture shows: how costs grow with operators and with records. */
export async function measureCurves(ground: Ground, known: readonly HeartbeatCost[] | null): Promise<readonly Chart[]> {
  const costs = known ?? (await heartbeatCosts(ground))
  const replays = await replayLines(ground)
  const loop = replays[1] as Line
  const [records, loopMs] = loop.points.at(-1) as Line['points'][number]
  return [
    {
      title: 'A further heartbeat of a replay',
      across: 'operators, two sessions each',
      up: 'CPU time, ns',
      lines: [
        { name: 'opstat presence simulate', points: costs.map(({ operators, nsEach }) => [operators, nsEach]) },
        {
          name: 'reading and JSON.parse alone',
          points: costs.map(({ operators }) => [operators, (loopMs * 1e6) / records]),
        },
      ],
    },
    { title: 'A replay from start to end', across: 'heartbeats', up: 'CPU time, ms', lines: replays },
    {
      title: 'One command',
      across: 'operators in the catalogue',
      up: 'CPU time, in starts of Node (node -e 0)',
      lines: await commandLines(ground),
    },
  ]
}

async function replayLines(ground: Ground): Promise<readonly Line[]> {
  const largest = sized(ground, 10_000_000)
  const operators = largest / 1000
  const folder = storeFolder(ground, 'curve', { statuses: 10, operators })
  const ours: [number, number][] = []
  const loop: [number, number][] = []
  for (const records of [largest / 1000, largest / 100, largest / 10, largest]) {
    ground.say(`the curve at ${records.toLocaleString('en')} heartbeats`)
    const feed = feedFile(ground, { operators, records, variant: 'canonical' })
    const compared = await comparePair(ground.measurer, {
      ours: () => simulateJob(ground, folder, feed),
      other: () => programJob(ground, 'jsonLoop', [feed]),
      pairs: pairsFor(ground, records === largest ? 3 : 5),
    })
    ours.push([records, compared.ours.cpuMs])
    loop.push([records, compared.other.cpuMs])
    dropFeed(feed)
  }
  return [
    { name: `opstat presence simulate, ${operators.toLocaleString('en')} operators`, points: ours },
    { name: 'reading and JSON.parse alone', points: loop },
  ]
}

const commands: readonly (readonly [name: string, line: (round: number) => string])[] = [
  ['presence list -o json', () => 'presence list -o json'],
  ['status edit', (round) => `status edit reason-2 --color ${round % 2 === 0 ? 'teal' : 'navy'} -q`],
  ['operator set-status', (round) => `operator set-status op-000003 ${round % 2 === 0 ? 'online' : 'on-break'} -q`],
  ['status list -o json', () => 'status list -o json'],
]

async function commandLines(ground: Ground): Promise<readonly Line[]> {
  const lines = commands.map(([name, line]) => ({ name, line, points: [] as [number, number][] }))
  for (const operators of [100, 1000, 10_000, 100_000].map((count) => sized(ground, count))) {
    ground.say(`the curve at ${operators.toLocaleString('en')} operators in the catalogue`)
    const folder = watchedStore(ground, operators)
    for (const { line, points } of lines) {
      const job = (round: number): Job => opstatJob(ground, folder, line(round))
      settle()
      const compared = await comparePair(ground.measurer, {
        ours: job,
        other: () => emptyStart(ground),
        pairs: pairsFor(ground, 5),
      })
      points.push([operators, compared.cpuRatio])
    }
  }
  return lines
}

/** A store that commands worked on, with a checkpoint of the feed. */
function watchedStore(ground: Ground, operators: number): string {
  const folder = usedStore(ground, { statuses: 50, operators })
  const plan = { operators, records: operators * sessionsPerOperator, variant: 'canonical', seed: 1 } as const
  writePieces(join(folder, 'heartbeats.jsonl'), feedBlocks({ ...plan, startAt: Date.now() - 30_000 }))
  run(ground, folder, 'watch --once -q')
  return folder
}
