import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { operatorId } from '../generating/catalogue.ts'
import { type Ground, opstatJob, pairsFor, programJob, sized } from '../ground.ts'
import { type Job, plainEnv } from '../measuring/measurer.ts'
import { median } from '../measuring/pairs.ts'
import { counted, figureText } from '../row.ts'
import { usedStore } from '../stores.ts'

const writers = 4

/** Several processes that write into one store at a time; each commit is locked and synced. */
export async function commitRows(ground: Ground): Promise<void> {
  const folder = usedStore(ground, { statuses: 50, operators: 100 })
  const file = join(folder, 'statuses.json')
  const commits = Math.ceil(sized(ground, 1000) / writers)
  await addRow(ground, {
    what: `commits of ${writers} processes on one store, lock and fsync included`,
    commits: commits * writers,
    goal: 50,
    jobsOf: (writer) => [programJob(ground, 'committing', [file, operatorId(writer), String(commits)])],
  })
  const lines = 2 * Math.ceil(commits / 20)
  await addRow(ground, {
    what: `\`operator set-status\`, ${writers} at a time, each a process of its own`,
    commits: lines * writers,
    goal: null,
    jobsOf: (writer) =>
      Array.from({ length: lines }, (_, line) =>
        opstatJob(
          ground,
          folder,
          `operator set-status ${operatorId(writer)} ${line % 2 === 0 ? 'on-break' : 'online'} -q`,
        ),
      ),
  })
}

interface Writing {
  readonly what: string
  readonly commits: number
  readonly goal: number | null
  /** What a writer does, one after the other. */
  readonly jobsOf: (writer: number) => readonly Job[]
}

async function addRow(ground: Ground, { what, commits, goal, jobsOf }: Writing): Promise<void> {
  ground.say(what)
  const rates: number[] = []
  for (let round = 0; round < pairsFor(ground, 5); round++) {
    const begunAt = performance.now()
    await Promise.all(Array.from({ length: writers }, (_, writer) => runInTurn(ground, jobsOf(writer))))
    rates.push((commits * 1000) / (performance.now() - begunAt))
  }
  const figure = median(rates)
  ground.add({
    group: 'store',
    what,
    measured: `${figureText(figure)} commits/s`,
    against: '',
    figure,
    unit: 'commits/s',
    goal: goal === null ? null : { bound: 'at least', figure: goal },
    runs: `${counted(rates.length, 'run')} of ${commits.toLocaleString('en')}`,
  })
}

async function runInTurn(ground: Ground, jobs: readonly Job[]): Promise<void> {
  for (const { words, cwd } of jobs) {
    const [program = '', ...args] = words
    await new Promise<void>((resolve, reject) => {
      const child = spawn(program, args, { cwd, env: plainEnv(ground.folder), stdio: ['ignore', 'ignore', 'inherit'] })
      child.on('error', reject)
      child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${words.join(' ')} ended with ${code}`))))
    })
  }
}
