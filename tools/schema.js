// Writes statuses.schema.json, which ships beside the program: `node tools/schema.js`. A test checks that it is current.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
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
