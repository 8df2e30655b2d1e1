// `npm run soak -- --seeds N [--from S]`: lives through N seeds of the simulation, as many at a time as there are
// processors. `--seed S` tells the story of one. Then the faults of real processes for longer than in `npm test`,
// unless `--simulation` says that this was all. `--faults NAME`: test/faults/NAME.test.ts alone, `--faults all`: each.

import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'
import { resolve } from '../rolldown.config.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    simulation: { type: 'boolean', default: false },
    faults: { type: 'string' },
  },
})

/** What is counted beside seeds and failures, in the words of the report. */
const countWords = {
  switches: 'switches',
  entries: 'entries of histories',
  kills: 'kills',
  powerCuts: 'power cuts',
  stops: 'stops',
  failedCalls: 'failed calls',
  rotations: 'rotations',
  clockSteps: 'clock steps',
  handEdits: 'edits by hand',
}

const program = values.faults === undefined ? await bundle() : null
try {
  if (program === null) process.exitCode = runFaults(values.faults)
  else if (values.seed !== undefined) tellStory(values.seed)
  else {
    const failed = await simulateSeeds(Number(values.from), Number(values.seeds))
    const faults = values.simulation ? 0 : runFaults('all')
    process.exitCode = failed + faults === 0 ? 0 : 1
  }
} finally {
  if (program !== null) rmSync(program, { force: true })
}

async function bundle() {
  const folder = join(root, 'node_modules', '.cache', 'opstat-test')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `soak-${process.pid}.mjs`)
  const build = await rolldown({
    input: join(root, 'test/simulation/soak.ts'),
    platform: 'node',
    external: ['fs-native-extensions'],
    logLevel: 'silent',
    resolve,
  })
  await build.write({ file, format: 'esm', codeSplitting: false })
  await build.close()
  return file
}

function tellStory(seed) {
  spawnSync(process.execPath, [program, seed, seed, 'tell'], { stdio: 'inherit' })
}

/** Answers how many seeds broke a promise. */
async function simulateSeeds(from, seeds) {
  const startedAt = Date.now()
  const sum = { seeds: 0, failures: 0 }
  const workers = availableParallelism()
  let next = from
  const work = async () => {
    while (next < from + seeds) {
      const first = next
      next = Math.min(from + seeds, first + 200)
      await runStretch(first, next - 1, sum)
      if (first % 2000 < 200 || next === from + seeds) say(sum, startedAt)
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  console.log(`${wordSum(sum)} in ${Math.round((Date.now() - startedAt) / 1000)} s`)
  return sum.failures
}

function say(sum, startedAt) {
  console.log(`  ${wordSum(sum)} after ${Math.round((Date.now() - startedAt) / 1000)} s`)
}

function wordSum({ seeds, failures, ...counts }) {
  const words = Object.entries(countWords).map(([name, word]) => `${counts[name] ?? 0} ${word}`)
  return `${seeds} seeds, ${failures} with a broken promise; ${words.join(', ')}`
}

function runStretch(first, last, sum) {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [program, String(first), String(last)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let rest = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) add(sum, JSON.parse(line))
    })
    child.on('close', (code) => {
      if (code !== 0) add(sum, { sum: {}, failure: `seeds ${first}–${last} ended with ${code}` })
      settle()
    })
  })
}

function add(total, { sum, failure }) {
  for (const [name, count] of Object.entries(sum)) total[name] = (total[name] ?? 0) + count
  if (failure === undefined) return
  total.failures++
  console.log(failure)
}

/** Answers 0 where all went well. Several at once would disturb each other's clocks. */
function runFaults(name) {
  const files = name === 'all' ? 'test/faults' : `test/faults/${name}.test.ts`
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--no-file-parallelism', files]
  return (
    spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, OPSTAT_SOAK: '1' } })
      .status ?? 1
  )
}
