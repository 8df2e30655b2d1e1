import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { projectFolder } from '../support/opstat.ts'

const page = readFileSync(join(projectFolder, 'docs/reliability.md'), 'utf8')

const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)

test('every promise stands there once, in its order, with what tries it', () => {
  const rows = [...page.matchAll(/^\| ([WFSX]\d+) \| (.+) \| (.+) \|$/gm)]
  expect(rows.map(([, name]) => name)).toEqual([
    ...numbered('W', 10),
    ...numbered('F', 5),
    ...numbered('S', 9),
    ...numbered('X', 6),
  ])
  for (const [, name, , triedBy] of rows) expect(triedBy, name).toMatch(/test\/\S+\.test\.ts|the simulation/)
})

test('every file that it names is there', () => {
  const files = [...page.matchAll(/\b(?:test|src|tools|docs|bench)\/[\w./-]+\w/g)].map(([file]) => file)
  expect(files.length).toBeGreaterThan(30)
  expect(files.filter((file) => !existsSync(join(projectFolder, file)))).toEqual([])
})

test('every command that it names is one of the package, and every fault file that soak is given is there', () => {
  const commands = [...page.matchAll(/`npm (?:run )?([a-z]+)(?: -- ([^`]*))?`/g)]
  expect(commands.length).toBeGreaterThan(4)
  for (const [command, script, flags = ''] of commands) {
    expect(Object.keys(packageJson.scripts), command).toContain(script)
    const [, faults] = /--faults (\w+)/.exec(flags) ?? []
    if (faults !== undefined && !['NAME', 'all'].includes(faults))
      expect(existsSync(join(projectFolder, `test/faults/${faults}.test.ts`)), command).toBe(true)
  }
})
