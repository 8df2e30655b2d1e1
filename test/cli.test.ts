import { join } from 'node:path'
import { expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import type { Call, CommandModule } from '../src/commands/declaring/command.ts'
import { dryRunOption, feedOption } from '../src/commands/declaring/globals.ts'
import type { Tree } from '../src/commands/declaring/tree.ts'
import { ok, refuse } from '../src/domain/result.ts'
import { PromptClosed } from '../src/system/system.ts'
import { opstat } from './support/opstat.ts'
import { everyTerminal } from './support/system.ts'

/** A command that answers with the call it got. */
const echo: CommandModule = {
  declare(command) {
    command
      .argument('[name]', 'a name')
      .option('--color <color>', 'its colour')
      .option('--can-receive', 'may it receive?')
    dryRunOption(command)
  },
  examples: ['opstat status create Lunch --color orange'],
  async run({ args, options, globals }) {
    return ok({
      value: { id: 'echo', args, options, globals },
      human: (paint) => paint.chalk.green('made'),
      note: 'next: look',
    })
  },
}

const listing: CommandModule = {
  declare: (command) => feedOption(command),
  examples: [],
  async run({ globals }) {
    return ok({ value: [globals.feed], human: () => '', exitCode: 10 })
  },
}

const failing = (error: () => unknown): CommandModule => ({
  declare: () => undefined,
  examples: [],
  async run() {
    throw error()
  },
})

let otherLeafLoaded = false
const tree: Tree = {
  status: {
    summary: 'Statuses',
    leaves: {
      list: { summary: 'List them', load: async () => listing },
      create: { summary: 'Add one', load: async () => echo },
      other: {
        summary: 'Another',
        load: async () => {
          otherLeafLoaded = true
          return listing
        },
      },
    },
  },
  history: {
    summary: 'What changed',
    load: async () => listing,
    leaves: { verify: { summary: 'Check it', load: async () => echo } },
  },
  refused: {
    summary: 'Always refused',
    load: async () => ({
      declare: () => undefined,
      examples: [],
      run: async () => refuse({ code: 'store-missing', file: '/x\x1b.json' }),
    }),
  },
  bug: { summary: 'A bug', load: async () => failing(() => new Error('boom')) },
  interrupted: { summary: 'Ctrl-C', load: async () => failing(() => new PromptClosed('interrupted')) },
  ended: { summary: 'Ctrl-D', load: async () => failing(() => new PromptClosed('ended')) },
  late: {
    summary: 'Fails after it was stopped',
    load: async () => ({
      declare: () => undefined,
      examples: [],
      run: () => new Promise((_resolve, reject) => setImmediate(() => reject(new Error('too late')))),
    }),
  },
  forever: {
    summary: 'Never ends by itself',
    load: async () => ({ declare: () => undefined, examples: [], run: () => new Promise(() => undefined) }),
  },
}

const run = (args: string | readonly string[], around: Parameters<typeof opstat>[1] = {}) =>
  opstat(args, { tree, ...around })
const call = async (args: string | readonly string[], around: Parameters<typeof opstat>[1] = {}) => {
  const ended = await run(args, around)
  return { ...(JSON.parse(ended.stdout) as Call & { globals: Call['globals'] }), folder: ended.folder }
}

test.each(['--version', '-V', 'status --version', 'status list -V'])('%s prints the version', async (args) => {
  expect(await run(args)).toMatchObject({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' })
})

test('the command alone, --help and help show every command that is there', async () => {
  const ended = await run('')
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  expect(ended.stdout).toMatch(/status +Statuses\n +history +What changed\n/)
  expect(ended.stdout).toContain('Exit codes:')
  for (const args of ['--help', '-h', 'help']) expect(await run(args)).toMatchObject({ code: 0, stdout: ended.stdout })
})

test('the help of a group names its commands', async () => {
  const { stdout } = await run('status --help')
  expect(stdout).toMatch(/list .*List them/)
  expect(await run('help status')).toMatchObject({ code: 0, stdout })
})

test('the help of a command shows its own options, then the global ones, then examples', async () => {
  const { stdout, code } = await run('status create --help')
  expect(code).toBe(0)
  const places = [
    '[name]',
    '--can-receive',
    'Global options:',
    '--store <file>',
    'Examples:',
    '$ opstat status create Lunch',
  ].map((text) => stdout.indexOf(text))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(places).not.toContain(-1)
  expect(await run('help status create')).toMatchObject({ code: 0, stdout })
})

test('only the command that is named is loaded', async () => {
  await run('status list')
  expect(otherLeafLoaded).toBe(false)
})

test('global options may stand before the group, between, and after the command', async () => {
  for (const args of [
    '-o json --store a.json status list',
    'status -o json --store a.json list',
    'status list -o json --store a.json',
    'status list -ojson --store=a.json',
  ]) {
    const ended = await run(args)
    expect(JSON.parse(ended.stdout)).toEqual([{ file: join(ended.folder, 'heartbeats.jsonl'), named: false }])
  }
})

test('the option nearest to the command wins', async () => {
  expect((await call('--store a.json status create -o json --store b.json')).globals.storeFile).toMatch(/b\.json$/)
})

test("a command's own --color is not the global one, which then stands before the command", async () => {
  const { args, options, globals } = await call('--color never status create Lunch --color orange --json --dry-run')
  expect(args).toEqual(['Lunch'])
  expect(options).toEqual({ color: 'orange', dryRun: true })
  expect(globals.color).toBe('never')
})

test('what is not given has its default', async () => {
  const { globals, folder, options } = await call('status create --json')
  expect(options).toEqual({})
  expect(globals).toEqual({
    storeFile: join(folder, 'statuses.json'),
    feed: { file: join(folder, 'heartbeats.jsonl'), named: false },
    format: 'json',
    color: 'auto',
    asks: 'no-terminal',
    quiet: false,
    verbose: false,
  })
})

test('the environment names store and feed, flags stand above it, empty variables count for nothing', async () => {
  const env = { OPSTAT_STORE: '/srv/team.json', OPSTAT_HEARTBEATS: '/srv/feed.jsonl' }
  const feed = async (args: string, env: Record<string, string>) => JSON.parse((await run(args, { env })).stdout)[0]
  expect(await feed('status list --json', env)).toEqual({ file: '/srv/feed.jsonl', named: true })
  expect(await feed('status list --json', { OPSTAT_STORE: '/srv/team.json' })).toEqual({
    file: '/srv/heartbeats.jsonl',
    named: false,
  })
  expect(await feed('status list --json --heartbeats -', env)).toEqual({ file: '-', named: true })
  expect((await call('status create --json', { env: { OPSTAT_STORE: '' } })).globals.storeFile).toMatch(
    /statuses\.json$/,
  )
})

test.each([
  ['stdin and stderr are terminals', { terminals: ['stdin', 'stderr'] as const }, '', 'yes'],
  ['all are terminals but --no-input was given', { terminals: everyTerminal }, '--no-input', 'no-input'],
  ['stdin is a pipe', { terminals: ['stdout', 'stderr'] as const }, '', 'no-terminal'],
  ['stderr is a file', { terminals: ['stdin', 'stdout'] as const }, '', 'no-terminal'],
])('whether it may ask: %s', async (_what, world, flag, asks) => {
  expect((await call(`status create --json ${flag}`, world)).globals.asks).toBe(asks)
})

test('people get text on stdout and a note on stderr, programs the value alone', async () => {
  expect(await run('status create')).toMatchObject({ code: 0, stdout: 'made\n', stderr: 'next: look\n' })
  expect(await run('status create -q')).toMatchObject({ stdout: 'made\n', stderr: '' })
  expect(await run('status create -o name')).toMatchObject({ stdout: 'echo\n', stderr: '' })
})

test('colours are for terminals', async () => {
  expect((await run('status create', { terminals: ['stdout'], env: { TERM: 'xterm' } })).stdout).toBe(
    '\x1b[32mmade\x1b[39m\n',
  )
  expect((await run('--color always status create')).stdout).toBe('\x1b[32mmade\x1b[39m\n')
})

test('what a command answers decides the exit code', async () => {
  expect((await run('status list')).code).toBe(10)
  expect((await run('refused')).code).toBe(7)
})

test.each([
  ['stauts', "error: unknown command 'stauts'\nhint: did you mean status? see: opstat --help\n"],
  ['status crate', "error: unknown command 'crate'\nhint: did you mean create? see: opstat status --help\n"],
  ['status', 'error: opstat status needs one of: list, create, other\nhint: see: opstat status --help\n'],
  [
    'status create --can-recieve',
    "error: unknown option '--can-recieve'\nhint: did you mean --can-receive? see: opstat status create --help\n",
  ],
  [
    'status create a b',
    'error: too many arguments for create: it takes 1, not 2\nhint: put what has blanks in it into quotes; see: opstat status create --help\n',
  ],
  [
    'status create --color',
    'error: --color stands without its value\nhint: give --color COLOR; see: opstat status create --help\n',
  ],
  [
    'status list -o xml',
    'error: --output: "xml" is not one of table, json, jsonl, yaml, csv, name\nhint: see: opstat status list --help\n',
  ],
  ['__proto__', "error: unknown command '__proto__'\nhint: see: opstat --help\n"],
  ['--store', 'error: --store stands without its value\nhint: give --store FILE; see: opstat --help\n'],
])('%s is refused as usage', async (args, stderr) => {
  expect(await run(args)).toMatchObject({ code: 2, stdout: '', stderr })
})

test.each(['-o json status crate', 'status crate --json', 'status crate --output=yaml', 'status crate -ojsonl'])(
  'with a machine format a refused command line is one line of JSON: %s',
  async (args) => {
    const { code, stderr } = await run(args)
    expect(code).toBe(2)
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'usage',
        message: "unknown command 'crate'",
        hint: 'did you mean create? see: opstat status --help',
        details: [],
        exitCode: 2,
      },
    })
    expect(stderr.trimEnd()).not.toContain('\n')
  },
)

test('--json and another format contradict each other', async () => {
  const { code, stderr } = await run('status list --json -o csv')
  expect(code).toBe(2)
  expect(JSON.parse(stderr).error.message).toBe('--json and -o csv contradict each other')
})

test('a refusal is shown without the bytes that could move the cursor', async () => {
  expect((await run('refused')).stderr).toBe(
    'error: there is no catalogue at /x\\u{1b}.json\nhint: create one with opstat init, or name another with --store FILE\n',
  )
})

test('history is a command and a group', async () => {
  expect((await run('history')).code).toBe(10)
  expect((await run('history verify')).stdout).toBe('made\n')
  expect((await run('history --help')).stdout).toContain('verify')
})

test('a bug ends with 1 and asks to be reported, with the place when verbose', async () => {
  const { code, stderr } = await run('bug')
  expect(code).toBe(1)
  expect(stderr).toBe(
    'error: unexpected: boom\nhint: this is a bug: please report it with the output of the same command and --verbose\n',
  )
  expect((await run('bug --verbose')).stderr).toMatch(/boom\n {2}- at /)
  expect(JSON.parse((await run('bug --json')).stderr)).toMatchObject({ error: { code: 'unexpected', exitCode: 1 } })
})

test('Ctrl-C at a question ends with 130, the end of input with 2', async () => {
  expect(await run('interrupted')).toMatchObject({ code: 130, stderr: 'error: interrupted; nothing was changed\n' })
  expect((await run('ended')).code).toBe(2)
})

test('what a stopped command stumbles over is no news', async () => {
  expect(await run('late', { stop: AbortSignal.abort('SIGTERM') })).toMatchObject({ code: 143, stderr: '' })
  await new Promise((resolve) => setTimeout(resolve, 5))
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['reader-gone', 0],
])('%s ends a command that does not end by itself with %i', async (reason, code) => {
  expect((await run('forever', { stop: AbortSignal.abort(reason) })).code).toBe(code)
})
