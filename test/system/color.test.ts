import { expect, test } from 'vitest'
import { colorLevel, isPlain } from '../../src/system/color.ts'

const terminal = { choice: 'auto' as const, isTerminal: true }
const pipe = { choice: 'auto' as const, isTerminal: false }

test.each([
  ['a terminal of sixteen colours', terminal, { TERM: 'xterm' }, 1],
  ['a terminal of 256 colours', terminal, { TERM: 'xterm-256color' }, 2],
  ['a terminal of all colours', terminal, { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 3],
  ['a terminal that does not say', terminal, {}, 1],
  ['a pipe', pipe, { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 0],
  ['a dumb terminal', terminal, { TERM: 'dumb', COLORTERM: 'truecolor' }, 0],
  ['NO_COLOR', terminal, { TERM: 'xterm', NO_COLOR: '1' }, 0],
  ['an empty NO_COLOR, which counts for nothing', terminal, { TERM: 'xterm', NO_COLOR: '' }, 1],
  ['CI', terminal, { TERM: 'xterm', CI: 'true' }, 0],
  ['CI=false', terminal, { TERM: 'xterm', CI: 'false' }, 1],
  ['FORCE_COLOR on a pipe', pipe, { FORCE_COLOR: '' }, 1],
  ['FORCE_COLOR with a level', pipe, { FORCE_COLOR: '3' }, 3],
  ['FORCE_COLOR=true', pipe, { FORCE_COLOR: 'true', TERM: 'xterm-256color' }, 2],
  ['FORCE_COLOR=0 on a terminal', terminal, { FORCE_COLOR: '0', TERM: 'xterm' }, 0],
  ['FORCE_COLOR above NO_COLOR, TERM and CI', pipe, { FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb', CI: '1' }, 1],
  ['--color never above FORCE_COLOR', { ...terminal, choice: 'never' as const }, { FORCE_COLOR: '3' }, 0],
  ['--color always above NO_COLOR and a pipe', { ...pipe, choice: 'always' as const }, { NO_COLOR: '1' }, 1],
])('%s', (_what, facts, env, level) => {
  expect(colorLevel({ ...facts, env })).toBe(level)
})

test.each([
  ['1', true],
  ['0', false],
  ['false', false],
  ['', false],
])('OPSTAT_PLAIN=%s: plain is %s, and plain has no colours', (value, plain) => {
  const env = { OPSTAT_PLAIN: value, FORCE_COLOR: '3' }
  expect(isPlain(env)).toBe(plain)
  expect(colorLevel({ choice: 'auto', env, isTerminal: true })).toBe(plain ? 0 : 3)
})
