import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tree } from '../../src/cli.ts'
import { findAddressed } from '../../src/commands/declaring/tree.ts'
import { has } from '../support/machine.ts'
import { createFolder, opstat, projectFolder } from '../support/opstat.ts'

const folder = join(projectFolder, 'examples/deploy')
const names = readdirSync(folder)
const units = names.filter((name) => /\.(service|timer)$/.test(name))
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8')

const verifies = has('systemd-analyze')
test.runIf(verifies)('systemd understands every unit', async () => {
  const place = await createFolder()
  for (const name of units) {
    // The account and the program are the reader's to make.
    const text = textOf(name).replaceAll(/^(User|Group)=.*$/gm, '')
    writeFileSync(join(place, name), text)
  }
  const { status, stderr, error } = spawnSync(
    'systemd-analyze',
    ['verify', '--man=no', ...units.map((name) => join(place, name))],
    {
      encoding: 'utf8',
      env: { ...process.env, SYSTEMD_LOG_LEVEL: 'warning' },
    },
  )
  expect(error).toBeUndefined()
  const about = stderr.split('\n').filter((line) => units.some((name) => line.includes(name)))
  expect(about).toEqual([])
  expect(status).toBe(0)
})

const rotates = has('logrotate')
test.runIf(rotates)('logrotate understands its file', async () => {
  const place = await createFolder({ 'heartbeats.jsonl': '{}\n' })
  const conf = textOf('logrotate.conf')
    .replaceAll('/srv/opstat/', `${place}/`)
    .replaceAll(/^ *(su|create) .*$/gm, '')
  writeFileSync(join(place, 'logrotate.conf'), conf, { mode: 0o600 })
  const { status, stderr } = spawnSync(
    'logrotate',
    ['--debug', '--state', join(place, 'state'), join(place, 'logrotate.conf')],
    {
      encoding: 'utf8',
    },
  )
  expect([status, stderr.match(/^error: .*/gm)]).toEqual([0, null])
})

test('every command line in the examples is one that opstat takes', async () => {
  const lines = names.flatMap((name) =>
    [...textOf(name).matchAll(/(?:env|exec) (opstat [^'"\n]+)|CMD \[("opstat".*)\]/g)].map(([, words, list]) =>
      words === undefined ? (JSON.parse(`[${list}]`) as string[]).slice(1) : words.trim().split(' ').slice(1),
    ),
  )
  expect(lines.length).toBeGreaterThan(4)
  for (const words of lines) {
    const addressed = findAddressed(tree, words)
    expect(addressed.kind, words.join(' ')).toBe('leaf')
    const flags = words.filter((word) => word.startsWith('--'))
    const { stdout } = await opstat([...(addressed.kind === 'leaf' ? addressed.path : []), '--help'])
    for (const flag of flags) expect(stdout, words.join(' ')).toContain(flag)
  }
})

test('the files that the units and the page name are there', () => {
  const page = readFileSync(join(projectFolder, 'docs/running.md'), 'utf8')
  for (const name of names)
    expect(page, `${name} in docs/running.md`).toContain(name.replace(/^(opstat-archive)\.service$/, '$1.timer'))
})

test('every metric that the page describes is there, and every metric is described', async () => {
  const place = await createFolder()
  await opstat('init', { folder: place })
  await opstat('watch --once --metrics-file m.prom', { folder: place })
  const text = readFileSync(join(place, 'm.prom'), 'utf8')
  const made = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
  const page = readFileSync(join(projectFolder, 'docs/running.md'), 'utf8')
  const described = [...page.matchAll(/^\| `(opstat_\w+)` \|/gm)].map(([, name]) => name)
  expect(described.sort()).toEqual(made.sort())
})
