import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What src/commands/completing/declarations.ts holds in the place of what is written in here. */
const placeholder = /(["'`])DECLARATIONS\1/

/**
 * Lets the bundled program describe itself: what each command declares goes into the chunk that completes words, the
 * manual's pages into `man`.
 */
export function describeProgram(dist) {
  const declarations = JSON.stringify(ask(dist, '__declarations'))
  const chunks = readdirSync(dist).filter((name) => name.endsWith('.js'))
  const chunk = chunks.find((name) => placeholder.test(readFileSync(join(dist, name), 'utf8')))
  if (chunk === undefined) throw new Error('no chunk asks for the declarations')
  const code = readFileSync(join(dist, chunk), 'utf8')
  writeFileSync(
    join(dist, chunk),
    code.replace(placeholder, () => declarations),
  )
  mkdirSync(join(dist, 'man'))
  for (const [name, page] of Object.entries(JSON.parse(ask(dist, '__man'))))
    writeFileSync(join(dist, 'man', name), page)
}

function ask(dist, verb) {
  const main = join(dist, 'main.js')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['-e', `require(${JSON.stringify(main)}).start()`, main, verb],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  )
  if (status !== 0) throw new Error(`opstat ${verb} ended with ${status}: ${stderr}`)
  return stdout
}
