// `npm run bench`: builds the program and the benchmarks of bench/ and runs them. `npm run bench -- --help` says more.

import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { resolve } from '../rolldown.config.js'
import { build } from './build.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

await build()
const folder = join(root, 'node_modules', '.cache', `opstat-bench-${process.pid}`)
mkdirSync(folder, { recursive: true })
try {
  await bundle(folder)
  process.exitCode = await run(join(folder, 'main.js'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** What opstat is compared with becomes a program of its own, one file each, as light as it can be. */
async function bundle(dir) {
  const programs = readdirSync(join(root, 'bench/programs')).map((name) => `bench/programs/${name}`)
  for (const file of ['bench/main.ts', ...programs]) {
    const made = await rolldown({
      input: join(root, file),
      cwd: root,
      platform: 'node',
      external: ['fs-native-extensions'],
      logLevel: 'silent',
      resolve,
    })
    await made.write({ dir, format: 'cjs', codeSplitting: false, entryFileNames: '[name].js' })
    await made.close()
  }
}

/** Signals of the terminal reach the child by themselves; it ends in its own way, and this program after it. */
function run(file) {
  process.on('SIGINT', () => undefined)
  return new Promise((settle) => {
    const child = spawn(process.execPath, [file, root, ...process.argv.slice(2)], { stdio: 'inherit' })
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('close', (code) => settle(code ?? 130))
  })
}
