import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from './generating/generate.ts'
import type { Ground } from './ground.ts'
import { measures } from './measures.ts'
import { openMeasurer } from './measuring/measurer.ts'
import { type BenchOptions, readOptions, usage } from './options.ts'
import type { Absent, Row } from './row.ts'
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
  const ground: Ground = {
    root,
    folder,
    programs: __dirname,
    measurer,
    size: wanted.size,
    pairs: wanted.pairs,
    say: (text) => console.error(`… ${text}`),
    add: (row) => rows.push(row),
    lacks: (one) => absent.push(one),
  }
  try {
    for (const group of wanted.only) await measures[group](ground)
    console.log(tableText(rows, absent))
  } finally {
    measurer.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
