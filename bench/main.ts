import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCurves } from './curves.ts'
import { generate } from './generating/generate.ts'
import type { Ground } from './ground.ts'
import { measureRows } from './measures.ts'
import { openMeasurer } from './measuring/measurer.ts'
import { type BenchOptions, readOptions, usage } from './options.ts'
import type { Absent, Row } from './row.ts'
import { loadNow, thisMachine } from './showing/machine.ts'
import { performancePage } from './showing/page.ts'
import { picture } from './showing/picture.ts'
import { tableText } from './showing/tableText.ts'

// `node main.js ROOT WORD…`: the benchmarks of the project in the folder ROOT; tools/bench.js starts it.

const [root = '.', ...words] = process.argv.slice(2)
const options = readOptions(words)
if (words[0] === 'generate') refuse(generate(words.slice(1)))
else if (options === null) refuse(usage)
else void bench(options)

function refuse(problem: string | null): void {
  if (problem === null) return
  console.error(problem)
  process.exitCode = 2
}

async function bench(wanted: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'opstat-bench-'))
  const measurer = openMeasurer(root, folder)
  const rows: Row[] = []
  const absent: Absent[] = []
  const { size, pairs } = wanted
  const running = new Set<() => void>()
  const tidyUp = () => {
    for (const end of running) end()
    measurer.close()
    rmSync(folder, { recursive: true, force: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      tidyUp()
      process.kill(process.pid, signal)
    })
  }
  const ground: Ground = {
    root,
    folder,
    programs: __dirname,
    measurer,
    size,
    pairs,
    running,
    say: (text) => console.error(`… ${text}`),
    add: (row) => rows.push(row),
    lacks: (one) => absent.push(one),
  }
  const loadBefore = loadNow()
  try {
    const costs = await measureRows(ground, wanted.only)
    console.log(tableText(rows, absent))
    if (size === 'quick') console.log('These are small sizes: a first look, no proof of anything.')
    if (wanted.to === null) return
    const drawn = picture(await measureCurves(ground, costs))
    writeFileSync(join(wanted.to, 'performance.svg'), drawn)
    const around = { size, machine: thisMachine(), day: new Date().toISOString().slice(0, 10) }
    const page = performancePage({ rows, absent, ...around, load: [loadBefore, loadNow()] })
    writeFileSync(join(wanted.to, 'performance.md'), page)
  } finally {
    tidyUp()
  }
}
