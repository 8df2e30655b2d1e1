// `node tools/warm.js DIST`: makes V8's code caches of the built program in the folder DIST, for this very Node. They
// hold what commands really use: every example of every help is run, in this one process.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'

const { createLoader, lastGeneration } = createRequire(import.meta.url)('../bin/opstat.js')

// V8 forgets the code of functions that were not called for a while; what ran once at the start is wanted too.
setFlagsFromString('--no-flush-bytecode')
const loader = createLoader(resolve(process.argv[2]), { learns: false })
const { openRealSystem, opstat, tree } = loader.load('./main.js')
const everyForm = ['', '-o json', '-o jsonl', '-o csv', '-o name', '--color always', '--help', '--nonsense']

const folder = mkdtempSync(join(tmpdir(), 'opstat-warm-'))
cpSync(join(import.meta.dirname, '..', 'examples'), join(folder, 'examples'), { recursive: true })
process.chdir(folder)
const system = openRealSystem()
try {
  for (const line of ['init', '', '--version', 'nonsense', ...leavesOf(tree).map(({ path }) => `${path} --help`)]) {
    await run(line)
  }
  for (const { examples } of await Promise.all(leavesOf(tree).map(({ load }) => load()))) {
    for (const line of examples.filter(isPlain)) for (const form of everyForm) await run(`${line.slice(7)} ${form}`)
  }
} finally {
  system.close()
  rmSync(folder, { recursive: true, force: true })
}
// A cache is only taken by a Node with the flags under which it was made.
setFlagsFromString('--flush-bytecode')
loader.saveCaches(() => lastGeneration)

function leavesOf(level, before = '') {
  return Object.entries(level).flatMap(([name, { load, leaves = {} }]) => [
    ...(load === undefined ? [] : [{ path: before + name, load }]),
    ...leavesOf(leaves, `${name} `),
  ])
}

/** A watcher would go on for ever; a pipe needs a shell. */
function isPlain(line) {
  return !/[|>*]/.test(line) && (!line.startsWith('opstat watch') || line.includes('--once'))
}

async function run(line) {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, one, other, plain]) => one ?? other ?? plain)
  await opstat(words, system)
}
