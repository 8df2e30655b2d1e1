import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { feedBlocks, heartbeatMs, sessionsPerOperator } from '../generating/feed.ts'
import { writePieces } from '../generating/generate.ts'
import { type Ground, sized } from '../ground.ts'
import { plainEnv } from '../measuring/measurer.ts'
import { figureText } from '../row.ts'
import { storeFolder } from '../stores.ts'

interface Watched {
  /** Bytes that are still needed after all garbage was collected. */
  readonly live: number
  readonly resident: number
  /** Of one core, while nothing happens, in percent. */
  readonly idleShare: number
}

/** The daemon itself on a feed in which every operator has two sessions. */
export async function watchRows(ground: Ground): Promise<void> {
  const operators = sized(ground, 100_000)
  ground.say(`\`watch\`, ${operators.toLocaleString('en')} operators`)
  const few = await watched(ground, operators / 10, 0)
  const many = await watched(ground, operators, ground.size === 'full' ? 30_000 : 3000)
  const each = (of: 'live' | 'resident') => (many[of] - few[of]) / (operators - operators / 10)
  ground.add({
    group: 'records',
    what: '`watch`, memory for each further operator with two sessions',
    measured: `${figureText(each('live'))} bytes (resident: ${figureText(each('resident'))})`,
    against: '',
    figure: each('live'),
    unit: 'bytes',
    goal: { bound: 'at most', figure: 300 },
    runs: '1 run of each size',
  })
  ground.add({
    group: 'records',
    what: `\`watch\`, idle with ${operators.toLocaleString('en')} operators`,
    measured: `${figureText(many.idleShare)} % of a core`,
    against: '',
    figure: many.idleShare,
    unit: '%',
    goal: { bound: 'at most', figure: 1 },
    runs: '1 run',
  })
}

/** Starts a watcher on a feed of this moment, waits until it has read it and written its checkpoint, then looks on. */
async function watched(ground: Ground, operators: number, idleMs: number): Promise<Watched> {
  const folder = storeFolder(ground, `watched-${operators}`, { statuses: 10, operators })
  const records = operators * sessionsPerOperator * 2
  const startAt = Date.now() - 2 * heartbeatMs
  writePieces(
    join(folder, 'heartbeats.jsonl'),
    feedBlocks({ operators, records, variant: 'canonical', seed: 1, startAt }),
  )
  const report = join(folder, 'memory.json')
  const words = [
    '-r',
    join(ground.programs, 'tellMemory.js'),
    join(ground.root, 'bin/opstat.js'),
    'watch',
    '-o',
    'json',
  ]
  const watcher = spawn(process.execPath, words, {
    cwd: folder,
    env: { ...plainEnv(ground.folder), OPSTAT_MEMORY: report },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const end = () => {
    watcher.kill('SIGKILL')
  }
  ground.running.add(end)
  try {
    await calm(watcher)
    const before = cpuMsOf(watcher)
    await pause(idleMs)
    const idleShare = idleMs === 0 ? 0 : ((cpuMsOf(watcher) - before) / idleMs) * 100
    rmSync(report, { force: true })
    watcher.kill('SIGUSR2')
    await until(() => existsSync(report) && readFileSync(report, 'utf8').endsWith('}'))
    return { ...JSON.parse(readFileSync(report, 'utf8')), idleShare }
  } finally {
    end()
    ground.running.delete(end)
  }
}

/** Its start is over when it used next to nothing for seconds, and the checkpoint of its first half minute is written. */
async function calm(watcher: ChildProcess): Promise<void> {
  await pause(35_000)
  for (let before = -Infinity; cpuMsOf(watcher) - before > 200; await pause(3000)) before = cpuMsOf(watcher)
}

/** CPU time of all threads so far, by the scheduler's own count. Linux alone tells it. */
function cpuMsOf({ pid }: ChildProcess): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  const ns = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  )
  return ns.reduce((sum, one) => sum + one, 0) / 1e6
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(100)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
