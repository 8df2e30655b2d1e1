import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, opstat } from '../../support/opstat.ts'
import { createTestClock, everyTerminal, noon } from '../../support/system.ts'
import { transcript } from '../../support/transcript.ts'

test('presence record appends what happened, with names checked', async () => {
  const folder = await transcript(`
    $ opstat init -q
    $ opstat operator add ana -q -o name
    | ana
    $ opstat presence record open ana --session tab-1 --at 2026-11-22T11:59:00+00:00
    ! Appended open at 2026-11-22T11:59:00.000Z to …/heartbeats.jsonl
    $ opstat presence record status ana --status ONLINE -q
    $ opstat presence record dialogue-open ana --dialogue D-1 -q
    $ opstat presence record tick -q
    $ opstat presence record inquiry --inquiry Q-1 -q
    $ opstat presence record beat ana --dry-run
    ! Would append beat at 2026-11-22T12:00:00.000Z to …/heartbeats.jsonl
    $ opstat presence record beat zoe
    ! error: there is no operator "zoe"
    ! hint: see: opstat operator list
    [4]
    $ opstat presence record status ana --status lunch
    ! error: there is no status "lunch"
    ! hint: see: opstat status list
    [4]
    $ opstat presence record status ana
    ! error: the status is missing, and there is no terminal to ask on
    ! hint: give --status STATUS
    [2]
    $ opstat presence record beat
    ! error: the operator is missing, and there is no terminal to ask on
    ! hint: give the operator after the event
    [2]
    $ opstat presence record beat ana --at 12:00
    ! error: --at: "12:00" is no time: write RFC 3339 such as 2026-11-22T10:00:00Z, or epoch milliseconds
    [3]
  `)
  const { text } = await opstat('presence list', { folder })
  expect(text('heartbeats.jsonl')).toBe(
    [
      '{"at":"2026-11-22T11:59:00.000Z","operator":"ana","session":"tab-1","event":"open"}',
      '{"at":"2026-11-22T12:00:00.000Z","operator":"ana","event":"status","status":"online"}',
      '{"at":"2026-11-22T12:00:00.000Z","operator":"ana","event":"dialogue-open","dialogue":"D-1"}',
      '{"at":"2026-11-22T12:00:00.000Z","event":"tick"}',
      '{"at":"2026-11-22T12:00:00.000Z","event":"inquiry","inquiry":"Q-1"}',
      '',
    ].join('\n'),
  )
})

test('presence show and explain ask on a terminal whom to show', async () => {
  const folder = await createFolder()
  await opstat('init -q', { folder })
  await opstat('operator add ana -q', { folder })
  const world = { folder, terminals: everyTerminal, answers: ['ana'] }
  for (const command of ['show', 'explain']) {
    const asked = await opstat(`presence ${command}`, world)
    expect(asked).toMatchObject({ code: 0, questions: [expect.stringContaining('which operator?')] })
    const unasked = await opstat(`presence ${command}`, { folder })
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('opstat operator list') })
  }
})

test('presence record asks on a terminal for what was left open', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat presence record open < x
    ! error: the operator is missing, and there is none to choose from
    ! hint: give OPERATOR; to add one: opstat operator add ID
    [2]
    $ opstat operator add ana -q -o name
    | ana
    $ opstat presence record < dialogue-open, ana, D-7
    ? What happened?
    ? Which operator?
    ? Which is the dialogue?
    ! Appended dialogue-open at 2026-11-22T12:00:00.000Z to …/heartbeats.jsonl
    $ opstat presence record status ana < on-break
    ? Which status did ana choose?
    ! Appended status at 2026-11-22T12:00:00.000Z to …/heartbeats.jsonl
    $ opstat presence record --no-input < x
    ! error: the event is missing, and asking was ruled out with --no-input
    ! hint: give EVENT, one of open, beat, close, status, dialogue-open, dialogue-close, tick, inquiry
    [2]
  `)
})

test.each([
  [['open', 'ana', '--session', ''], 2, 'the session is missing'],
  [['dialogue-open', 'ana', '--dialogue', ''], 2, 'the dialogue is missing'],
  [['inquiry', '--inquiry', ''], 2, 'the inquiry is missing'],
  [
    ['dialogue-open', 'ana', '--dialogue', 'x'.repeat(65_500)],
    3,
    '--dialogue: the line of this dialogue-open would be longer than the 64 KiB that a reader takes',
  ],
])('presence record writes nothing that a reader of the feed would pass over: %.30j', async (args, code, message) => {
  const folder = await createFolder()
  for (const line of ['init -q', 'operator add ana -q']) await opstat(line, { folder })
  const refused = await opstat(['presence', 'record', ...args], { folder })
  expect(refused).toMatchObject({ code, stderr: expect.stringContaining(`error: ${message}`) })
  expect(existsSync(join(folder, 'heartbeats.jsonl'))).toBe(false)
})

/** A store with one operator in a receiving status whose panel opened at noon, looked at later. */
async function lookLater(minutes: number, command: string): Promise<string> {
  const folder = await createFolder()
  for (const line of [
    'init -q',
    'operator add ana --status online -q',
    'presence record open ana --session tab-1 -q',
  ]) {
    await opstat(line, { folder })
  }
  const { stdout } = await opstat(command, { folder, clock: createTestClock(noon + minutes * 60_000) })
  return stdout
}

test.each([
  [1, 'connected', 1, '2026-11-22T12:10:00.000Z', 'offline'],
  [2, 'connected', 1, '2026-11-22T12:10:00.000Z', 'offline'],
  [3, 'waiting', 0, '2026-11-22T12:10:00.000Z', 'offline'],
  [10, 'waiting', 0, '2026-11-22T12:10:00.000Z', 'offline'],
  [11, 'overdue', 0, '2026-11-22T12:10:00.000Z', 'offline'],
])(
  '%i minutes after the last sign of life an operator is %s',
  async (minutes, presence, sessions, switchAt, switchTo) => {
    expect(JSON.parse(await lookLater(minutes, 'presence show ana -o json'))).toEqual({
      operator: 'ana',
      name: 'ana',
      status: 'online',
      statusName: 'Online',
      canReceive: true,
      since: '2026-11-22T12:00:00.000Z',
      presence,
      sessions,
      lastSeen: '2026-11-22T12:00:00.000Z',
      dialogues: 0,
      switchAt,
      switchTo,
    })
  },
)

test.each([
  [9, 'switch     to offline at 2026-11-22T12:10:00.000Z unless seen before'],
  [11, 'switch     to offline, due since 2026-11-22T12:10:00.000Z'],
])('%i minutes after the last sign of life people read when the switch is, or was, due', async (minutes, line) => {
  expect((await lookLater(minutes, 'presence show ana')).split('\n')).toContain(line)
})

test('what nobody recorded yet has no beginning', async () => {
  const catalogue = { version: 1, statuses: [{ id: 'online', name: 'Online', color: 'red', canReceive: true }] }
  const files = { 'statuses.json': { ...catalogue, operators: [{ id: 'ana' }] } }
  const { stdout } = await opstat('presence show ana', { files })
  expect(stdout.split('\n')).toContain('since      not recorded yet')
})

test('presence list counts down for people', async () => {
  expect(await lookLater(3, 'presence list')).toBe(`\
OPERATOR  NAME  STATUS  PRESENCE      FOR  SEEN AGO  DIALOGUES  SWITCHED IN  TO
ana       ana   Online  waiting   0:03:00   0:03:00          0      0:07:00  offline
`)
})

test('presence show says it in words', async () => {
  expect(await lookLater(11, 'presence show ana')).toBe(`\
operator   ana
status     Online, can receive
since      2026-11-22T12:00:00.000Z (0:11:00 ago)
presence   overdue: no active session, the deadline is over, not switched yet (is a watcher running?)
last seen  2026-11-22T12:00:00.000Z (0:11:00 ago)
dialogues  0
switch     to offline, due since 2026-11-22T12:10:00.000Z
`)
})

test('a missing default feed is an empty one, a missing named one is not', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat presence list
    | No operators yet: add one with 'opstat operator add ID'.
    ! There is no feed at …/heartbeats.jsonl yet.
    $ opstat presence list --heartbeats gone.jsonl
    ! error: can't read …/gone.jsonl: it does not exist (ENOENT)
    ! hint: check the name
    [7]
    $ opstat presence show zoe
    ! error: there is no operator "zoe"
    ! hint: see: opstat operator list
    [4]
  `)
})

test('nobody is shown as overdue before their stay is recorded, however old their last sign of life', async () => {
  const statuses = [
    { id: 'online', name: 'Online', color: '#008000', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#808080' },
  ]
  const operators = ['ana', 'bo'].map((id) => ({ id, initialStatus: 'online' }))
  const open = { at: '2026-11-22T11:00:00Z', operator: 'ana', session: 'tab-1', event: 'open' }
  const files = {
    'statuses.json': { version: 1, statuses, operators },
    'heartbeats.jsonl': `${JSON.stringify(open)}\n`,
  }
  await transcript(
    `
    $ opstat presence list -o csv --fields operator,since,lastSeen,presence,switchAt,switchTo
    | operator,since,lastSeen,presence,switchAt,switchTo
    | ana,,2026-11-22T11:00:00.000Z,waiting,,
    | bo,,,waiting,,
    $ opstat watch --once -q
    $ opstat presence list -o csv --fields operator,since,lastSeen,presence,switchAt,switchTo
    | operator,since,lastSeen,presence,switchAt,switchTo
    | ana,2026-11-22T12:00:00.000Z,2026-11-22T11:00:00.000Z,waiting,2026-11-22T12:10:00.000Z,offline
    | bo,2026-11-22T12:00:00.000Z,,waiting,2026-11-22T12:10:00.000Z,offline
  `,
    { files },
  )
})
