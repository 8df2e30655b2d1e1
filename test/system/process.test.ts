import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { binFile, cleanEnv, createFolder, ensureBuilt, opstatProcess, shell } from '../support/opstat.ts'

/** The rest of a replay's input never comes: the command waits for standard input. */
const waiting = ['presence', 'simulate', '--heartbeats', '-'] as const

const catalogue = { version: 1, statuses: [{ id: 'online', name: 'Online', color: '#2e7d32', canReceive: true }] }

test('data goes to stdout, refusals to stderr', async () => {
  const folder = await createFolder()
  expect(await opstatProcess(['--version'], { folder })).toMatchObject({ code: 0, stderr: '' })
  expect(await opstatProcess(['stauts'], { folder })).toMatchObject({ code: 2, stdout: '' })
})

test.each([
  [
    'a full disk under stdout is an error',
    'opstat --help > /dev/full',
    7,
    /standard output: no space left on the device \(ENOSPC\)/,
  ],
  ['the same for programs', 'opstat --help --json > /dev/full', 7, /^\{"error":\{"code":"file",.*"exitCode":7\}\}\n$/],
  ['a reader that goes away ends it quietly', 'set -o pipefail; opstat --help | true', 0, /^$/],
  ['a closed stdout ends it quietly', 'opstat --help >&-', 0, /^$/],
  ['a full disk under stderr leaves the exit code', 'opstat stauts 2> /dev/full', 2, /^$/],
  ['a closed stderr leaves the exit code', 'opstat stauts 2>&-', 2, /^$/],
  ['a closed stdin is no terminal', 'opstat --version <&-', 0, /^$/],
])('%s', async (_what, line, code, stderr) => {
  const ended = await shell(line, { folder: await createFolder() })
  expect(ended.code).toBe(code)
  expect(ended.stderr).toMatch(stderr)
})

test('long output through a pipe comes whole', async () => {
  const statuses = Array.from({ length: 900 }, (_, index) => ({
    id: `status-${index}`,
    name: `Status ${index} of a centre that has a great many of them`,
    color: '#123456',
    canReceive: index === 0,
  }))
  const folder = await createFolder({ 'statuses.json': { version: 1, statuses } })
  const { code, stdout } = await shell('opstat status list --json | (sleep 0.3; cat)', { folder })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toHaveLength(900)
  expect(stdout.length).toBeGreaterThan(100_000)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a command that waits for input with %i', async (signal, code) => {
  ensureBuilt()
  const folder = await createFolder({ 'statuses.json': catalogue })
  const child = spawn(process.execPath, [binFile, ...waiting], {
    cwd: folder,
    env: cleanEnv,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  // More than a pipe holds: when it is taken, the command reads, and listens to signals.
  await new Promise((resolve) => child.stdin.write('{}\n'.repeat(1_000_000), resolve))
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual([code, null])
})
