import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { feedBlocks, sessionsPerOperator } from '../generating/feed.ts'
import { writePieces } from '../generating/generate.ts'
import { emptyStart, type Ground, opstatJob, pairsFor, sized } from '../ground.ts'
import { comparePair, median } from '../measuring/pairs.ts'
import { counted, figureText, msText } from '../row.ts'
import { keepStore, run, settle, storeFolder } from '../stores.ts'

/** A store whose feed a watcher has read, and written its checkpoint. */
export async function presenceRows(ground: Ground): Promise<void> {
  const operators = sized(ground, 10_000)
  const folder = storeFolder(ground, 'present', { statuses: 50, operators })
  const plan = { operators, records: operators * sessionsPerOperator, variant: 'canonical', seed: 1 } as const
  const startAt = Date.now() - 30_000
  writePieces(join(folder, 'heartbeats.jsonl'), feedBlocks({ ...plan, startAt }))
  for (let turn = 0; turn < 2; turn++) {
    settle()
    run(ground, folder, 'watch --once -q')
  }
  await listRow(ground, folder, operators)
  await massSwitchRow(ground, folder, operators)
}

async function listRow(ground: Ground, folder: string, operators: number): Promise<void> {
  const what = `\`presence list -o json\`, ${operators.toLocaleString('en')} operators, after a checkpoint`
  ground.say(what)
  const pairs = pairsFor(ground, 15)
  const compared = await comparePair(ground.measurer, {
    ours: () => opstatJob(ground, folder, 'presence list -o json'),
    other: () => emptyStart(ground),
    pairs,
    check(printed) {
      const rows = JSON.parse(printed) as { readonly lastSeen: string | null }[]
      if (rows.length !== operators || rows.some(({ lastSeen }) => lastSeen === null))
        throw new Error('these are not the operators as the feed has them')
    },
  })
  ground.add({
    group: 'store',
    what,
    measured: msText(compared.ours.cpuMs),
    against: `\`node -e 0\`: ${msText(compared.other.cpuMs)}`,
    figure: compared.cpuRatio,
    unit: 'times',
    goal: { bound: 'at most', figure: 2.5 },
    runs: counted(pairs, 'pair'),
  })
}

/** Everybody is due at once: the watcher's single turn writes it as one commit. */
async function massSwitchRow(ground: Ground, folder: string, operators: number): Promise<void> {
  const what = `a mass switch of ${operators.toLocaleString('en')} operators by \`watch --once\`, in one commit`
  ground.say(what)
  run(ground, folder, 'settings set offline-after 1s -q')
  settle()
  const putBack = keepStore(folder, ['statuses.history.jsonl', 'statuses.state.json'])
  const took: number[] = []
  for (let round = 0; round < pairsFor(ground, 7); round++) {
    putBack()
    took.push((await ground.measurer.run(opstatJob(ground, folder, 'watch --once -o json'))).wallMs)
    expectOneCommit(folder, operators)
  }
  const figure = median(took)
  ground.add({
    group: 'store',
    what,
    measured: `${figureText(figure)} ms by the clock`,
    against: '',
    figure,
    unit: 'ms',
    goal: { bound: 'at most', figure: 1000 },
    runs: counted(took.length, 'run'),
  })
}

/** What is written together bears one time. */
function expectOneCommit(folder: string, operators: number): void {
  const lines = readFileSync(join(folder, 'statuses.history.jsonl'), 'utf8').trimEnd().split('\n')
  const switched = lines.filter((line) => line.includes('"cause":"auto-offline"'))
  const written = new Set(switched.map((line) => (JSON.parse(line) as { recordedAt: string }).recordedAt))
  if (switched.length !== operators || written.size !== 1)
    throw new Error(`${switched.length} were switched in ${written.size} commits, not ${operators} in one`)
}
