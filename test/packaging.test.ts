import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { cleanEnv, ensureBuilt, projectFolder } from './support/opstat.ts'

const folder = mkdtempSync(join(tmpdir(), 'opstat-package-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = `${join(folder, 'global/bin')}:${dirname(process.execPath)}:${cleanEnv.PATH}`

/** A registry that nobody serves: whoever needs the network fails. */
const alone = {
  ...cleanEnv,
  PATH: path,
  HOME: folder,
  npm_config_registry: 'http://127.0.0.1:9',
  npm_config_fetch_retries: '0',
  npm_config_cache: join(folder, 'cache'),
  npm_config_update_notifier: 'false',
}

function run(command: string, args: readonly string[], cwd = folder) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env: alone, encoding: 'utf8' })
  if (error !== undefined) throw error
  return { status, stdout, stderr }
}

interface Packed {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

let packed: Packed

beforeAll(() => {
  ensureBuilt()
  const { status, stdout, stderr } = run('npm', ['pack', '--json', '--pack-destination', folder], projectFolder)
  if (status !== 0) throw new Error(stderr)
  const answer = JSON.parse(stdout) as Packed[] | Record<string, Packed>
  packed = Object.values(answer)[0] as Packed
})

test('the package is small and holds what is used alone', () => {
  const names = packed.files.map(({ path: name }) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'README.md',
      'CHANGELOG.md',
      'bin/opstat.js',
      'dist/main.js',
      'dist/LICENCES.txt',
      'dist/addon/linux-x64.node',
      'statuses.schema.json',
      'statuses.example.json',
      'examples/deploy/opstat-watch.service',
      'docs/running.md',
    ]),
  )
  expect(names.filter((name) => /^(src|test|tools|bench|node_modules|dist\/cache)\/|\.(ts|tgz)$/.test(name))).toEqual(
    [],
  )
  expect(packed.size).toBeLessThan(1_000_000)
  expect(packed.unpackedSize).toBeLessThan(4_000_000)
})

test('nothing runs when it is installed, and nothing else is installed', () => {
  const hooks = Object.keys(packageJson.scripts).filter((name) =>
    /install|prepare|prepublish|prepack|postpack/.test(name),
  )
  expect(hooks).toEqual([])
  expect(
    Object.keys(packageJson).filter((key) => /^(dependencies|optionalDependencies|peerDependencies|bundle)/.test(key)),
  ).toEqual([])
})

test('it installs from the file alone, without a network, and runs', () => {
  mkdirSync(join(folder, 'work'))
  const args = ['install', '--global', '--prefix', join(folder, 'global'), join(folder, packed.filename)]
  expect(run('npm', [...args, '--no-audit', '--no-fund'])).toMatchObject({ status: 0 })
  const opstat = (...words: string[]) => run('opstat', words, join(folder, 'work'))
  expect(opstat('--version')).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' })
  expect(opstat('init', '-q').status).toBe(0)
  expect(opstat('doctor')).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing needs attention.') })
  expect(opstat('status', 'create', 'Lunch', '--color', 'orange', '-o', 'yaml').stdout).toContain('id: lunch')
  expect(opstat('operator', 'add', 'ana', '--status', 'online').status).toBe(0)
  expect(opstat('presence', 'record', 'open', 'ana').status).toBe(0)
  expect(opstat('watch', '--once', '--metrics-file', 'm.prom').status).toBe(0)
  expect(readFileSync(join(folder, 'work/m.prom'), 'utf8')).toContain('opstat_leading 1')
  expect(opstat('history', 'verify').status).toBe(0)
})

test('the licences of what is bundled go with it', () => {
  const licences = readFileSync(join(projectFolder, 'dist/LICENCES.txt'), 'utf8')
  for (const name of [
    'commander',
    'chalk',
    'cli-table3',
    'inquirer',
    'lowdb',
    'yaml',
    'prom-client',
    'fs-native-extensions',
  ]) {
    expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+: `, 'm'))
  }
})
