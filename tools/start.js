// `npm start`: installs and builds what is missing, then runs `opstat ARGS`; without ARGS the main job, a real day
// replayed from the bundled example.

import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installMissing } from './install.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const day = join(root, 'examples', 'bank-day')

try {
  installMissing()
  const { build } = await import('./build.js')
  await build()
  if (process.argv.length > 2) becomeOpstat()
  else process.exitCode = replayRealDay()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function replayRealDay() {
  console.log('A real day of a bank (Friday 5 February 1999, seven agents), replayed under the ten-minute rule:\n')
  const args = [
    'presence',
    'simulate',
    '--store',
    join(day, 'statuses.json'),
    '--heartbeats',
    join(day, 'feed.jsonl'),
    '--until',
    '1999-02-05T12:00:23.000Z',
    '--timeline',
  ]
  const { status } = spawnSync(process.execPath, [join(root, 'bin', 'opstat.js'), ...args], { stdio: 'inherit' })
  const code = status ?? 1
  if (code === 0) console.log(nextSteps())
  return code
}

/** What to type next, as it can be typed where `npm start` was. */
function nextSteps() {
  const here = relative(process.env.INIT_CWD ?? process.cwd(), root)
  const npm = here === '' ? 'npm start --' : `npm start --prefix ${here} --`
  return [
    '\nNext:',
    `  ${npm} init                                   create your own catalogue, statuses.json`,
    `  ${npm} status list                            see its statuses`,
    `  ${npm} operator add ana --name "Ana Kovalenko"`,
    `  ${npm} presence record open ana --session tab-1`,
    `  ${npm} presence list                          see who is present`,
    `  ${npm} watch                                  apply the rule until you stop it`,
    `  ${npm} --help                                 everything else; README.md has a tour`,
  ].join('\n')
}

/** In this very process, so that signals and the terminal are its own; in the folder of the caller. */
function becomeOpstat() {
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
  createRequire(import.meta.url)('../bin/opstat.js').start()
}
