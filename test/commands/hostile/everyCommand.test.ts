import { expect, test } from 'vitest'
import { tree } from '../../../src/cli.ts'
import { wordsOf } from '../../../src/commands/completing/declarations.ts'
import { leavesOf } from '../../../src/commands/declaring/tree.ts'
import { everyTerminal } from '../../support/system.ts'
import { createHostileStore, type Kind, type Manner } from './hostileStore.ts'
import { hostileId, hostileName, hostileText } from './hostileText.ts'

const leaves = leavesOf(tree)

const window = ['--from', '2026-11-22T00:00:00Z', '--to', '2026-11-23T00:00:00Z']

/** Command lines for each leaf, by its words; a command without any fails the test below. */
const lines: Readonly<Record<string, readonly (readonly string[])[]>> = {
  init: [[], ['--force'], ['--force', '--from', 'bad-manifest.json'], ['--force', '--from', 'unparsable.yaml']],
  'status list': [[], ['--fields', 'id,usedAs']],
  'status show': [['online'], ['lunch']],
  'status create': [['Break'], []],
  'status edit': [['online', '--name', 'Ready'], ['online'], []],
  'status delete': [
    ['lunch', '--yes'],
    ['lunch', '--yes', '--move-to', 'offline'],
    ['offline', '--yes'],
    ['lunch'],
    [],
  ],
  'operator list': [[]],
  'operator show': [[hostileId], ['bo']],
  'operator add': [[`${hostileId}3`, '--account', hostileText, '--calendar', hostileId], []],
  'operator edit': [[hostileId, '--name', 'Anna'], [hostileId, '--account', 'ana'], [hostileId], []],
  'operator remove': [[hostileId, '--yes'], [hostileId], []],
  'operator set-status': [[hostileId, 'lunch'], [hostileId, 'online'], []],
  'settings show': [[]],
  'settings set': [['offline-after', '20m'], ['auto-offline'], []],
  apply: ['manifest.json', 'bad-manifest.json', 'bad-manifest.yaml', 'unparsable.yaml'].flatMap((file) => [
    ['-f', file, '--dry-run'],
    ['-f', file, '--yes', '--prune'],
    ['-f', file, '--prune'],
  ]),
  diff: ['manifest.json', 'bad-manifest.json', 'unparsable.yaml'].map((file) => ['-f', file]),
  export: [[], ['--format', 'json'], ['--format', 'yaml']],
  validate: [[], ['manifest.json'], ['bad-manifest.yaml'], ['unparsable.yaml'], ['scenario.json']],
  schema: [[]],
  'import twilio': [['twilio.json'], ['unparsable.yaml'], ['bad-manifest.json']],
  'import amazon-connect': [['amazon.json']],
  'import genesys': [['genesys.json']],
  'import zendesk': [['zendesk.json']],
  'presence list': [[]],
  'presence show': [[hostileId]],
  'presence explain': [
    [hostileId],
    [hostileId, '--at', '2026-11-22T11:30:00Z'],
    ['bo', '--at', '2026-11-22T11:05:00Z'],
  ],
  'presence record': [
    ['open', hostileId, '--session', hostileText],
    ['status', 'bo', '--status', 'lunch'],
    ['dialogue-open', 'bo', '--dialogue', hostileText],
    ['inquiry', '--inquiry', hostileText],
    [],
  ],
  'presence simulate': [
    [],
    ['--timeline'],
    ['--compare', '--set', 'offline-after=1m'],
    ['scenario.json'],
    ['scenario.json', '--timeline'],
    ['bad-scenario.json'],
    ['unparsable.yaml'],
  ],
  'feed check': [['heartbeats.jsonl'], ['unparsable.yaml']],
  'report time': [window, [...window, '--html', '-'], [...window, '--by', 'day']],
  'report compliance': [window, [...window, '--html', '-']],
  'report absence': [window, [...window, '--html', '-']],
  history: [[], ['--operator', hostileId]],
  'history verify': [[]],
  'history archive': [['--before', '2026-11-22T11:59:00Z'], []],
  watch: [['--once'], ['--once', '--dry-run'], ['--once', '--metrics-file', `${hostileName}.prom`]],
  doctor: [[]],
  completion: [['bash'], ['zsh'], ['fish']],
}

/** How it is asked for: the table in colours, read aloud, on a terminal where questions are asked, and every format. */
const manners: readonly (Manner & { readonly flags: readonly string[] })[] = [
  { flags: ['--color', 'always'] },
  { flags: ['--verbose'], env: { OPSTAT_PLAIN: '1' } },
  { flags: [], terminals: everyTerminal },
  ...['json', 'jsonl', 'yaml', 'csv', 'name'].map((format) => ({ flags: ['-o', format] })),
]

const variables = ['OPSTAT_STORE', 'OPSTAT_HEARTBEATS', 'NO_COLOR', 'FORCE_COLOR', 'TERM', 'OPSTAT_PLAIN'].map(
  (name) => ({ [name]: hostileName }),
)

const kinds: readonly Kind[] = ['permitted', 'forbidden', 'rewritten']

test('no command is left out', () => {
  expect(Object.keys(lines).sort()).toEqual(leaves.map(([path]) => path.join(' ')).sort())
})

test.each(kinds)(
  'where everything in the store is hostile (%s), no command says anything that a terminal obeys',
  async (kind) => {
    const store = await createHostileStore(kind)
    const leaks: string[] = []
    for (const [command, lists] of Object.entries(lines))
      for (const args of lists)
        for (const { flags, ...around } of manners)
          leaks.push(...(await store.leaksOf([...command.split(' '), ...args, ...flags], around)))
    expect(leaks.slice(0, 20)).toEqual([])
    expect(store.runs()).toBeGreaterThan(500)
    expect(store.shown()).toBeGreaterThan(store.runs() / 3)
  },
)

test('no argument, option or variable that is hostile itself is said so that a terminal obeys it', async () => {
  const store = await createHostileStore('permitted')
  const leaks: string[] = []
  for (const [path, leaf] of leaves) {
    const words = await wordsOf(path, leaf)
    const once = path[0] === 'watch' ? ['--once'] : []
    const options = words.options.filter(({ place }) => place !== null).map(({ long }) => [...once, long, hostileName])
    const few = [...once, ...words.arguments.map(() => hostileName)]
    const calls = [
      ...options,
      few,
      [...few, hostileName],
      [`--${hostileName}`],
      ['-o', hostileName],
      [...few, '--help'],
    ]
    for (const args of calls) leaks.push(...(await store.leaksOf([...path, ...args])))
    for (const env of variables) leaks.push(...(await store.leaksOf([...path, ...few], { env })))
  }
  expect(leaks.slice(0, 20)).toEqual([])
  expect(store.runs()).toBeGreaterThan(500)
  expect(store.shown()).toBeGreaterThan(store.runs() / 3)
})

test('no candidate that completes a word holds anything that a terminal obeys', async () => {
  const store = await createHostileStore('permitted')
  const leaks: string[] = []
  for (const [path, leaf] of leaves) {
    const { options } = await wordsOf(path, leaf)
    for (const before of [[], ...options.filter(({ place }) => place !== null).map(({ long }) => [long])])
      leaks.push(...(await store.leaksOf(['__complete', 'bash', '--', ...path, ...before, ''])))
  }
  expect(leaks.slice(0, 20)).toEqual([])
})
