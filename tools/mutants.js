// `npm run mutants`: plants every bug of test/mutants/*.json, one by one, in a copy of this tree in a temporary folder,
// and runs the tests that must fail then. A bug is caught when they do. Exit status 1 when one survives.
//
//   npm run mutants -- --file store          only test/mutants/store*.json
//   npm run mutants -- --only "symlink"      only the bugs whose name contains it
//
// A bug is {name, file, find, replace} and maybe `tests`, the test files to run (otherwise test/domain), and `only`, a
// pattern of the tests to run in them. `find` must occur exactly once in `file`: what can't be planted counts as a
// survivor.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, stripVTControlCharacters } from 'node:util'
import { runNode } from './runNode.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const notCopied = new Set(['.git', 'node_modules', 'coverage'])
const testsWithoutMention = ['test/domain']
/** A bug that makes a test hang is caught, too; tests alone are given up earlier (vitest.config.ts). */
const longestMs = 300_000

const { values } = parseArgs({ options: { only: { type: 'string' }, file: { type: 'string' } } })
const bugs = readBugs()
const width = Math.max(4, ...bugs.map(({ name }) => name.length))
const copy = mkdtempSync(join(tmpdir(), 'opstat-mutants-'))
try {
  process.exitCode = await plantAll()
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function readBugs() {
  const folder = join(root, 'test/mutants')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name.startsWith(basename(values.file ?? '')))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter(({ name }) => name.includes(values.only ?? ''))
}

async function plantAll() {
  if (bugs.length === 0) {
    console.error('No bug has such a name.')
    return 1
  }
  for (const name of readdirSync(root)) {
    if (!notCopied.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const sound = await runTests([...new Set(bugs.flatMap(testsOf))], {})
  if (sound.code !== 0) {
    console.error(`The tests fail without any bug.\n${sound.text}`)
    return 1
  }
  console.log(`${'name'.padEnd(width)}  caught    seconds  by`)
  let survived = 0
  for (const bug of bugs) {
    const { outcome, ms, by } = await plant(bug)
    if (outcome !== 'caught') survived++
    console.log(`${bug.name.padEnd(width)}  ${outcome.padEnd(8)}  ${(ms / 1000).toFixed(1).padStart(7)}  ${by}`)
  }
  console.log(`${bugs.length - survived} caught, ${survived} survived`)
  return survived === 0 ? 0 : 1
}

function testsOf({ tests }) {
  return tests ?? testsWithoutMention
}

/** The file is as it was afterwards. */
async function plant(bug) {
  const file = join(copy, bug.file)
  const sound = readFileSync(file, 'utf8')
  const parts = sound.split(bug.find)
  if (parts.length !== 2) return { outcome: parts.length === 1 ? 'no place' : 'places', ms: 0, by: '' }
  writeFileSync(file, parts.join(bug.replace))
  const started = performance.now()
  const only = bug.only === undefined ? [] : ['--testNamePattern', bug.only]
  const { code, text } = await runTests([...testsOf(bug), ...only], { timeout: longestMs })
  writeFileSync(file, sound)
  return { outcome: code === 0 ? 'no' : 'caught', ms: performance.now() - started, by: failedIn(text) }
}

/** The test file in which the first failure was. */
function failedIn(text) {
  return /FAIL\s+(test\/\S+)/.exec(stripVTControlCharacters(text))?.[1] ?? ''
}

/** Vitest in the copy; any end but a clean one is a failure. */
function runTests(tests, limit) {
  const args = [join(copy, 'node_modules/vitest/vitest.mjs'), 'run', '--bail=1', '--reporter=dot', ...tests]
  return runNode(args, { cwd: copy, ...limit })
}
