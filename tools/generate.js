// Writes what is generated and kept: statuses.schema.json, and the list of man pages in package.json. Tests check that
// both are current: `node tools/generate.js`.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await build()
const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/opstat.js'), 'schema'], {
  encoding: 'utf8',
})
if (status !== 0) throw new Error(`opstat schema failed: ${stderr}`)
writeFileSync(join(root, 'statuses.schema.json'), stdout)

const file = join(root, 'package.json')
const pages = readdirSync(join(root, 'dist/man')).sort()
const man = pages.map((page) => `    "dist/man/${page}"`).join(',\n')
writeFileSync(
  file,
  readFileSync(file, 'utf8').replace(/^ {2}"man": \[[^\]]*\]/m, () => `  "man": [\n${man}\n  ]`),
)
