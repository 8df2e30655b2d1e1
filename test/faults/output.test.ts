import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, shell } from '../support/opstat.ts'
import { createReceivingStore } from './receivingStore.ts'

const operators = Array.from({ length: 40 }, (_, index) => `operator-${index}`)

interface Case {
  readonly line: string
  readonly code: number
  readonly stdout?: RegExp
  readonly stderr?: RegExp
  readonly env?: Readonly<Record<string, string>>
}

const nothing = /^$/
const bash = (line: string) => `set -o pipefail; ${line}`

const cases: readonly Case[] = [
  // A full disk under the output is an error, and what was changed is said to be.
  {
    line: 'opstat status list > /dev/full',
    code: 7,
    stderr: /standard output: no space left on the device \(ENOSPC\)/,
  },
  {
    line: 'opstat presence list --json > /dev/full',
    code: 7,
    stderr: /^\{"error":\{"code":"file",.*"exitCode":7\}\}\n$/,
  },
  { line: 'opstat export > /dev/full', code: 7, stderr: /\(ENOSPC\)/ },
  { line: 'opstat history -o jsonl > /dev/full', code: 7, stderr: /\(ENOSPC\)/ },
  { line: 'opstat watch --once -o json > /dev/full', code: 7, stderr: /\(ENOSPC\)/ },
  {
    line: 'opstat status create Tea > /dev/full',
    code: 7,
    stderr: /\(ENOSPC\).*what was printed is incomplete; the command itself was carried out/,
  },
  { line: 'opstat status list 2> /dev/full', code: 0, stdout: /^ID/ },
  { line: 'opstat status show nobody 2> /dev/full', code: 4 },
  // A reader that has enough ends it quietly.
  { line: bash('opstat operator list | head -1'), code: 0, stdout: /^ID.*\n$/, stderr: nothing },
  { line: bash('opstat history -o jsonl | head -1'), code: 0, stdout: /^\{.*\}\n$/, stderr: nothing },
  { line: bash('opstat presence list --json | head -c 1'), code: 0, stdout: /^\[$/, stderr: nothing },
  { line: 'opstat operator list >&-', code: 0, stdout: nothing, stderr: nothing },
  { line: 'opstat status create Tea >&- 2>&-', code: 0, stdout: nothing, stderr: nothing },
  { line: 'opstat status list <&- | cat', code: 0, stdout: /^ID/ },
  // Strange surroundings change nothing but the looks.
  { line: 'opstat status list', env: { LANG: 'C', LC_ALL: 'C' }, code: 0, stdout: /^ID +NAME/ },
  { line: 'opstat status list', env: { TERM: 'dumb' }, code: 0, stdout: /^ID +NAME/ },
  { line: 'env -u HOME opstat status list', code: 0, stdout: /^ID +NAME/ },
  {
    line: 'env -i "$(command -v node)" "$(readlink -f "$(command -v opstat)")" status list',
    code: 0,
    stdout: /^ID +NAME/,
  },
  { line: 'opstat presence list', env: { COLUMNS: '0' }, code: 0, stdout: /operator-39/ },
  { line: 'opstat presence list', env: { TZ: 'No/Where' }, code: 0, stdout: /operator-39/ },
  {
    line: 'script -qec "stty cols 0 rows 0; exec opstat operator list" /dev/null | cat',
    env: { TERM: 'xterm' },
    code: 0,
    stdout: /operator-39/,
  },
  {
    line: 'script -qec "stty cols 80 rows 5; exec opstat operator list" /dev/null < /dev/null | cat',
    env: { TERM: 'dumb' },
    code: 0,
    stdout: /operator-39/,
  },
]

test.each(cases)('$line', async ({ line, code, stdout, stderr, env = {} }) => {
  const folder = await createFolder()
  await createReceivingStore(folder, { operators })
  const ended = await shell(line, { folder, env })
  expect(ended).toMatchObject({ code })
  // A terminal that can't do anything gets no escape sequences.
  if (env.TERM === 'dumb') expect(ended.stdout).not.toContain('\x1b')
  if (stdout !== undefined) expect(ended.stdout).toMatch(stdout)
  if (stderr !== undefined) expect(ended.stderr.replaceAll('\nhint: ', ' ')).toMatch(stderr)
  const isCreated = readFileSync(join(folder, 'statuses.json'), 'utf8').includes('"tea"')
  expect(isCreated).toBe(line.includes('create'))
})

test('a watcher whose output has no reader any more ends quietly, with its checkpoint written', async () => {
  const folder = await createFolder()
  const store = await createReceivingStore(folder, { operators: ['ana'] })
  store.beat('ana')
  const { code, stdout, stderr } = await shell(bash('opstat watch -o json | head -1'), { folder })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('"started"')
  expect(readFileSync(join(folder, 'statuses.state.json'), 'utf8')).toContain('awakeAt')
})
