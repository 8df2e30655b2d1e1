// `node tools/warm.js DIST [COMMAND]`: makes V8's code caches of the built program in the folder DIST, for this very
// Node. They hold what commands really use: every example of every help is run, in this one process; with COMMAND,
// one of the frequent ones, what that command alone uses.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { frequent } from './frequent.js'

/** A store as commands find it: the history has gone on since the state was written. */
const usualStore = ['init', 'operator add ana', 'operator set-status ana on-break', 'operator set-status ana offline']

const starter = fileURLToPath(new URL('../bin/opstat.js', import.meta.url))
const { createLoader, lastGeneration } = createRequire(import.meta.url)(starter)
const dist = resolve(process.argv[2])
const command = process.argv[3]

const folder = mkdtempSync(join(tmpdir(), 'opstat-warm-'))
cpSync(join(import.meta.dirname, '..', 'examples'), join(folder, 'examples'), { recursive: true })
process.chdir(folder)
if (command !== undefined) for (const line of usualStore) runElsewhere(line)
// A cache is only taken by a Node with the flags under which it was made: commands may not set any here.
const v8 = process.getBuiltinModule('node:v8')
const { cachedDataVersionTag, setFlagsFromString } = v8
const usual = cachedDataVersionTag()
v8.setFlagsFromString = () => undefined
// V8 forgets the code of functions that were not called for a while; what ran once at the start is wanted too.
setFlagsFromString('--no-flush-bytecode')
const loader = createLoader(dist, { command: '', learns: false })
const { openRealSystem, opstat, tree } = loader.load('./main.js')
const real = openRealSystem()
const system = later(real)
try {
  for (const line of command === undefined ? await everyLine() : frequent[command]) await opstat(wordsOf(line), system)
} finally {
  real.close()
  rmSync(folder, { recursive: true, force: true })
}
setFlagsFromString('--flush-bytecode')
if (cachedDataVersionTag() !== usual) throw new Error('no start would take the caches: V8 has other flags now')
const shared = `${dist}/cache/${process.version}-${process.arch}`
loader.saveCaches(command === undefined ? shared : `${shared}/${command}`, () => lastGeneration)

async function everyLine() {
  const everyForm = ['', '-o json', '-o jsonl', '-o csv', '-o name', '--color always', '--help', '--nonsense']
  const leaves = leavesOf(tree)
  const modules = await Promise.all(leaves.map(({ load }) => load()))
  const examples = modules.flatMap((module) =>
    module.examples.filter(isPlain).map((line) => line.slice('opstat '.length)),
  )
  return [
    ...['init', '', '--version', 'nonsense', ...leaves.map(({ path }) => `${path} --help`)],
    ...examples.flatMap((line) => everyForm.map((form) => `${line} ${form}`)),
  ]
}

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

/** What the command finds there was made by a process of its own, so that none of it gets into the cache. */
function runElsewhere(line) {
  const run = (starter, dist, words, later) => {
    const { openRealSystem, opstat } = require(starter)
      .createLoader(dist, { command: '', learns: false })
      .load('./main.js')
    const real = openRealSystem()
    opstat(words, later(real)).then(() => real.close())
  }
  const values = [starter, dist, wordsOf(line)].map((value) => JSON.stringify(value))
  spawnSync(process.execPath, ['-e', `(${run})(${values}, ${later})`], { stdio: 'ignore' })
}

/** Files that were written just now are not yet taken for settled (src/store/catalogueAdapter.ts): so it is later. */
function later(system) {
  const { clock } = system
  return Object.create(system, { clock: { value: { ...clock, now: () => clock.now() + 10_000 } } })
}

function wordsOf(line) {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, one, other, plain]) => one ?? other ?? plain)
}
