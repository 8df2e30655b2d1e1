import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { splitCommand } from '../../src/domain/watching/commandWords.ts'
import { runProgram } from '../../src/system/programs.ts'
import type { ProgramRun } from '../../src/system/system.ts'
import { createFolder } from '../support/opstat.ts'

const run = (command: ProgramRun['command'], changed: Partial<ProgramRun> = {}) =>
  runProgram({ command, input: 'hello\n', timeoutMs: 5000, signal: new AbortController().signal, ...changed })

test('a program gets its input, and its words as they are', async () => {
  const folder = await createFolder()
  const script = join(folder, 'told')
  writeFileSync(script, `#!/bin/sh\ncat > "$1"\nprintf '%s|' "$@" >> "$1"\n`, { mode: 0o755 })
  const file = join(folder, 'a file')
  expect(await run([script, file, '$HOME; rm -rf *'])).toEqual({ end: 'exit', code: 0, said: '' })
  expect(readFileSync(file, 'utf8')).toBe(`hello\n${file}|$HOME; rm -rf *|`)
})

test('what it said on stderr comes back with its code, the first part of it', async () => {
  expect(await run(['sh', '-c', 'echo no room >&2; exit 3'])).toEqual({ end: 'exit', code: 3, said: 'no room\n' })
  const { said } = (await run(['sh', '-c', 'head -c 100000 /dev/zero | tr "\\0" x >&2; exit 1'])) as { said: string }
  expect(said).toBe('x'.repeat(500))
})

test('a program that does not read, is not there, or is killed', async () => {
  expect(await run(['true'], { input: 'x'.repeat(1_000_000) })).toEqual({ end: 'exit', code: 0, said: '' })
  expect(await run(['/no/such/program'])).toEqual({ end: 'not-started', errno: 'ENOENT' })
  expect(await run(['sh', '-c', 'kill -9 $$'])).toEqual({ end: 'killed', by: 'SIGKILL' })
})

test('who takes too long is killed with what it started, and so is who is not wanted any more', async () => {
  const folder = await createFolder()
  const late = join(folder, 'late')
  const slow = ['sh', '-c', `(sleep 1; touch ${late}) & sleep 30`] as const
  expect(await run(slow, { timeoutMs: 100 })).toEqual({ end: 'timeout', timeoutMs: 100 })
  expect(await run(slow, { signal: AbortSignal.abort() })).toEqual({ end: 'stopped' })
  expect(await run(slow, { signal: AbortSignal.timeout(100) })).toEqual({ end: 'stopped' })
  await run(['sleep', '1.2'])
  expect(() => readFileSync(late)).toThrow('ENOENT')
})

test('what a program leaves in the background keeps nobody waiting', async () => {
  expect(await run(['sh', '-c', 'sleep 3 & exit 0'], { timeoutMs: 2000 })).toEqual({ end: 'exit', code: 0, said: '' })
})

test.each([
  ['logger -t opstat', ['logger', '-t', 'opstat']],
  ["  a 'b c'  \"d 'e'\" ", ['a', 'b c', "d 'e'"]],
  ['a\\ b "c\\"d" \'e\\f\'', ['a b', 'c"d', 'e\\f']],
  ["a ''", ['a', '']],
  ['$HOME *', ['$HOME', '*']],
])('%s is split into %j', (text, words) => {
  expect(splitCommand(text)).toEqual({ ok: true, value: words })
})

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ["''", 'empty'],
  ["a 'b", 'open-quote'],
])('%j is no command: %s', (text, failure) => {
  expect(splitCommand(text)).toEqual({ ok: false, failure })
})
