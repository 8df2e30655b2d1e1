import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { binFile, ensureBuilt, opstat, runProcess } from '../support/opstat.ts'
import { createProbe } from '../support/startProbe.ts'
import { createTestClock } from '../support/system.ts'

/*
 * What the frequent commands load, by number and name: a start is as long as what it loads. A chunk that comes in here
 * has to be worth its time for every command that is named (docs/performance.md).
 */

const probe = createProbe()
afterAll(() => probe.remove())

/** What Node needs for itself at a digest of the catalogue, on one version or another. */
const digest = ['crypto', 'stream', 'stream/promises', 'string_decoder']

interface Expected {
  readonly cache: string
  readonly chunks: readonly string[]
  /** Modules of Node that it may load. */
  readonly builtins: readonly string[]
}

const starts: readonly (readonly [string, Expected])[] = [
  ['--version', { cache: '--version-', chunks: ['main'], builtins: [] }],
  ['--help', { cache: '--help-', chunks: ['main', 'commander', 'listing', 'reading'], builtins: ['process'] }],
  ['status list', { cache: 'status-list', chunks: ['main', 'reading', 'table'], builtins: [] }],
  ['status list -o json', { cache: 'status-list', chunks: ['main', 'reading'], builtins: [] }],
  ['status show online', { cache: 'status-show', chunks: ['main', 'reading'], builtins: [] }],
  ['status show online -o json', { cache: 'status-show', chunks: ['main', 'reading'], builtins: [] }],
  ['operator list -o json', { cache: 'operator-list', chunks: ['main', 'listing', 'reading'], builtins: [] }],
  ['operator set-status ana online', { cache: 'operator-set-status', chunks: ['main', 'reading'], builtins: ['os'] }],
  [
    'status create Lunch',
    { cache: 'status-create', chunks: ['main', 'changing', 'reading'], builtins: ['os', ...digest] },
  ],
  [
    'presence list -o json',
    {
      cache: 'presence-list',
      chunks: ['main', 'presence', 'reading', 'listing'],
      builtins: ['os', 'fs/promises', ...digest],
    },
  ],
  [
    '__complete operator set-status a',
    { cache: '__complete', chunks: ['main', 'backstage', 'commander', 'listing', 'reading'], builtins: ['process'] },
  ],
]

test.each(starts)('opstat %s loads what it needs alone, all of it from its own code cache', async (line, expected) => {
  ensureBuilt()
  const folder = await usualStore()
  const { code } = await runProcess(process.execPath, [...probe.flags, binFile, ...line.split(' ')], {
    folder,
    env: probe.env,
  })
  expect(code).toBe(0)
  const { chunks, files, builtins } = probe.told()
  expect(chunks.map(({ name }) => name).sort()).toEqual(expected.chunks.map((name) => `${name}.js`).sort())
  expect(chunks.filter(({ cache }) => cache !== 'taken')).toEqual([])
  const caches = `cache/${process.version}-${process.arch}/${expected.cache}`
  expect(files.toSorted()).toEqual(
    expected.chunks.flatMap((name) => [`${name}.js`, `${caches}/${name}.js.cache`]).sort(),
  )
  expect(builtins.filter((name) => !expected.builtins.includes(name))).toEqual([])
})

/** A store as commands usually find it: the state knows its catalogue, and the history has gone on since. */
async function usualStore(): Promise<string> {
  const { folder } = await opstat('init -q')
  const writtenAt = statSync(join(folder, 'statuses.json')).ctimeMs
  // Files that were written just now are not yet taken for settled.
  const clock = createTestClock(writtenAt + 10_000)
  for (const line of ['operator add ana', 'operator set-status ana on-break', 'operator set-status ana offline'])
    expect((await opstat(line, { folder, clock })).code).toBe(0)
  return folder
}
