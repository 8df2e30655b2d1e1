// `npm run bench`: builds the program and the benchmarks of bench/ and runs them. `npm run bench -- --help` says more.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { build } from './build.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** Each becomes a file of its own, so that what is compared with is a program of its own too. */
const entries = { main: 'bench/main.ts' }

await build()
const folder = mkdtempSync(join(tmpdir(), 'opstat-bench-'))
try {
  await bundle(folder)
  process.exitCode = await run(join(folder, 'main.mjs'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function bundle(dir) {
  const input = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)]))
  const made = await rolldown({ input, cwd: root, platform: 'node', external: ['fs-native-extensions'] })
  await made.write({ dir, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' })
  await made.close()
}

/** Signals of the terminal reach the child by themselves; it ends in its own way, and this program after it. */
function run(file) {
  process.on('SIGINT', () => undefined)
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...process.argv.slice(2)], { stdio: 'inherit' })
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('close', (code) => resolve(code ?? 130))
  })
}
