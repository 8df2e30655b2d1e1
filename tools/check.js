// `npm test`: installs and builds what is missing, then every check there is. Needs no terminal, and no network
// where the packages are there. The last line is the sum.

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installFaultTools } from './debian.js'
import { installMissing } from './install.js'
import { runNode } from './runNode.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const nodeModule = (name) => join(root, 'node_modules', name)

/** Checks that are one check each: a name, and what Node runs. */
const staticChecks = [
  ['types', [nodeModule('typescript/bin/tsc'), '--pretty', 'false']],
  ['format and lint', [nodeModule('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '--error-on-warnings']],
  ['import rules', [nodeModule('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', '--output-type', 'err']],
]

const sum = { passed: 0, failed: 0 }
try {
  installMissing()
  installFaultTools()
  await check('build', async () => {
    const { build } = await import('./build.js')
    await build()
    return { code: 0, text: '' }
  })
  for (const [name, args] of staticChecks) await check(name, () => runNode(args, { cwd: root }))
  await runTests()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  sum.failed++
}
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1

async function check(name, perform) {
  const { code, text } = await perform().catch((error) => ({ code: 1, text: String(error?.stack ?? error) }))
  sum[code === 0 ? 'passed' : 'failed']++
  console.log(code === 0 ? `ok ${name}` : `FAILED ${name}\n${text}`)
}

/** Vitest, counted by its own report. A file that can't be loaded is one failed test. */
async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'opstat-check-'))
  const report = join(folder, 'report.json')
  const code = await new Promise((resolve) => {
    const args = [
      nodeModule('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = readReport(report)
  rmSync(folder, { recursive: true, force: true })
  const unloadable = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const failed = numFailedTests + unloadable.length
  sum.passed += numPassedTests
  // Vitest can also fail as a whole, by an error outside any test.
  sum.failed += failed === 0 && code !== 0 ? 1 : failed
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    console.error(`vitest left no report: ${error.message}`)
    return {}
  }
}
