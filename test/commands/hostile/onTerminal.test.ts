import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { has } from '../../support/machine.ts'
import { keys, onTerminal } from '../../support/terminal.ts'
import { createHostileFolder } from './hostileStore.ts'
import { hostileId, hostileName, hostileText } from './hostileText.ts'

const hasTerminals = has('script') && spawnSync('script', ['--version']).status === 0

/** What no command of opstat, and no prompt, sends to a terminal of its own. */
const foreign = new RegExp(
  ['\x1b\\[5;13m', '\x1b\\]', '\x07', '[\x80-\x9f\u202e\u200b\u2066\u{e0041}\u2028]', '\nFORGED'].join('|'),
  'u',
)

test.runIf(hasTerminals).each([
  ['operator list', ['operator', 'list']],
  ['operator show', ['operator', 'show', hostileId]],
  ['presence list', ['presence', 'list']],
  ['presence explain', ['presence', 'explain', hostileId]],
  ['history', ['history']],
  ['doctor', ['doctor']],
  ['feed check', ['feed', 'check', 'heartbeats.jsonl']],
  ['validate', ['validate', 'bad-manifest.yaml']],
  ['watch --once', ['watch', '--once']],
  ['a refusal', ['status', 'show', hostileName]],
])('on a terminal, `%s` of a hostile store shows hostile characters and sends none', async (_, args) => {
  const folder = await createHostileFolder('rewritten')
  const terminal = onTerminal(args, { folder })
  await terminal.ended
  expect(foreign.exec(terminal.bytes())).toBe(null)
  expect(terminal.bytes()).toMatch(/\\u\{(202e|1b)\}/)
})

test.runIf(hasTerminals)(
  'on a terminal, a question about hostile operators sends none of their characters',
  async () => {
    const folder = await createHostileFolder('permitted')
    const terminal = onTerminal(['operator', 'remove'], { folder })
    await terminal.shows('u{202e}')
    terminal.type(keys.enter)
    await terminal.shows('?')
    terminal.type(keys.ctrlC)
    expect(await terminal.ended).toBe(130)
    expect(foreign.exec(terminal.bytes())).toBe(null)
  },
)

test('the hostile text holds what it says', () => {
  expect(foreign.test(hostileText)).toBe(true)
})
