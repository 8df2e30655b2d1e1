import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { byWhatComesNext, changesSince } from '../../../src/domain/presence/liveList.ts'
import type { PresenceRow } from '../../../src/domain/presence/presence.ts'
import { redraw } from '../../../src/views/presence/liveTable.ts'
import { createFolder, opstat } from '../../support/opstat.ts'
import { everyTerminal, noon, type World } from '../../support/system.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { offlineAfter: '10s', sessionTimeout: '3s' },
  operators: [
    { id: 'ana', initialStatus: 'online' },
    { id: 'bo', initialStatus: 'offline' },
  ],
}

type Happening = (folder: string) => unknown

const beat =
  (operator: string, second: number): Happening =>
  (folder) =>
    appendFileSync(
      join(folder, 'heartbeats.jsonl'),
      `${JSON.stringify({ at: noon + second * 1000, operator, session: 's', event: 'beat' })}\n`,
    )

/** Looks on once a second, from noon on, while things happen at their seconds; what was printed, turn by turn. */
async function lookOn(
  flags: string,
  happenings: Readonly<Record<number, Happening>>,
  until: number,
  world: Partial<World> = {},
) {
  const folder = await createFolder({ 'statuses.json': catalogue })
  await opstat('settings set feed-timeout 1m', { folder })
  let second = 0
  const stop = new AbortController()
  const clock = {
    now: () => noon + second * 1000,
    steady: () => second * 1000,
    sleep: async (ms: number) => {
      second += ms / 1000
      await happenings[second]?.(folder)
      if (second >= until) stop.abort('SIGINT')
      // The turn that the signal ends is over before anything else happens.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
  await happenings[0]?.(folder)
  const ended = await opstat(`presence list --live ${flags}`, { folder, clock, stop: stop.signal, ...world })
  return { ...ended, lines: ended.stdout.split('\n').slice(0, -1) }
}

const story = { 0: beat('ana', 0), 2: beat('bo', 2), 9: beat('ana', 9) }

test('read aloud, the list is lines on a terminal too', async () => {
  const elsewhere = await lookOn('', story, 13)
  const aloud = await lookOn('', story, 13, { env: { OPSTAT_PLAIN: '1' }, terminals: everyTerminal })
  expect(aloud.lines).toEqual(elsewhere.lines)
})

test('where nothing can be redrawn every row comes once, then a line for each that changes', async () => {
  const { code, lines } = await lookOn('', story, 13)
  expect(lines).toEqual([
    '2026-11-22T12:00:00.000Z ana Online, connected, 1 session, 0 dialogues, to offline at 2026-11-22T12:00:10.000Z',
    '2026-11-22T12:00:00.000Z bo Offline, away, 0 sessions, 0 dialogues',
    '2026-11-22T12:00:02.000Z bo Offline, connected, 1 session, 0 dialogues',
    '2026-11-22T12:00:04.000Z ana Online, waiting, 0 sessions, 0 dialogues, to offline at 2026-11-22T12:00:10.000Z',
    '2026-11-22T12:00:06.000Z bo Offline, away, 0 sessions, 0 dialogues',
    '2026-11-22T12:00:09.000Z ana Online, connected, 1 session, 0 dialogues, to offline at 2026-11-22T12:00:19.000Z',
  ])
  expect(code).toBe(130)
})

test('programs get a line of JSON for each row and each change, also of what others change', async () => {
  const happenings = {
    1: (folder: string) => opstat('operator set-status bo online', { folder }),
    2: (folder: string) => opstat('operator remove bo --yes', { folder }),
  }
  const { lines } = await lookOn('-o json', happenings, 4)
  const rows = lines.map((line) => JSON.parse(line))
  expect(rows.map(({ operator, status, removed }) => [operator, status ?? removed])).toEqual([
    ['ana', 'online'],
    ['bo', 'offline'],
    ['bo', 'online'],
    ['bo', true],
  ])
})

test('filters and fields apply', async () => {
  const { lines } = await lookOn('-o json --filter operator=bo --fields operator,presence', story, 4)
  expect(lines).toEqual(['{"operator":"bo","presence":"away"}', '{"operator":"bo","presence":"connected"}'])
  expect((await lookOn('--filter colour=red', {}, 1)).code).toBe(2)
})

test.each(['yaml', 'csv'])('a list without end is refused as %s', async (format) => {
  const { code, stdout, stderr } = await lookOn(`-o ${format}`, {}, 1)
  expect([code, stdout]).toEqual([2, ''])
  expect(JSON.parse(stderr).error).toMatchObject({
    message: `--live tells line by line what happens, and -o ${format} has no such lines`,
    hint: 'use -o json (a line for each operator who changes) or -o name',
  })
})

test('on a terminal one picture is drawn over the other, the next to be switched first, changes marked', async () => {
  const wide = { terminals: ['stdout'], columns: 90, env: { TERM: 'xterm', NO_COLOR: '1' } } as const
  const { stdout } = await lookOn('', story, 3, wide)
  const pictures = stdout.split('\x1b[?7h').slice(0, -1)
  expect(pictures.map((picture) => picture.replaceAll('\x1b[K', '').split('\n').slice(1, 4))).toEqual([
    [
      '   OPERATOR  NAME  STATUS   PRESENCE       FOR  SEEN AGO  DIALOGUES  SWITCHED IN  TO',
      '   ana       ana   Online   connected  0:00:00   0:00:00          0      0:00:10  offline',
      '   bo        bo    Offline  away       0:00:00         -          0            -  -',
    ],
    [
      '   OPERATOR  NAME  STATUS   PRESENCE       FOR  SEEN AGO  DIALOGUES  SWITCHED IN  TO',
      '   ana       ana   Online   connected  0:00:01   0:00:01          0      0:00:09  offline',
      '   bo        bo    Offline  away       0:00:01         -          0            -  -',
    ],
    [
      '   OPERATOR  NAME  STATUS   PRESENCE       FOR  SEEN AGO  DIALOGUES  SWITCHED IN  TO',
      '   ana       ana   Online   connected  0:00:02   0:00:02          0      0:00:08  offline',
      '*  bo        bo    Offline  connected  0:00:02   0:00:00          0            -  -',
    ],
  ])
  expect(pictures[1]?.startsWith('\x1b[4A\r\x1b[?7l')).toBe(true)
})

test('on a small terminal the picture leaves out columns and rows, and still fits', async () => {
  const env = { TERM: 'xterm', NO_COLOR: '1' }
  const { stdout } = await lookOn('', story, 1, { terminals: ['stdout'], columns: 80, rows: 6, env })
  const [, ...lines] = stdout.replaceAll('\x1b[K', '').split('\n').slice(0, 6)
  expect(lines.slice(0, 4)).toEqual([
    '   OPERATOR  NAME  STATUS  PRESENCE       FOR  DIALOGUES  SWITCHED IN  TO',
    '   ana       ana   Online  connected  0:00:00          0      0:00:10  offline',
    '(no room for SEEN AGO)',
    'and 1 more, with nothing nearer ahead',
  ])
})

test('a terminal that can do nothing gets lines', async () => {
  const { stdout } = await lookOn('', story, 1, { terminals: ['stdout'], env: { TERM: 'dumb' } })
  expect(stdout).not.toContain('\x1b')
})

test('a catalogue that breaks meanwhile is said once, and what was known stays', async () => {
  const happenings = { 1: (folder: string) => writeFileSync(join(folder, 'statuses.json'), '{') }
  const { lines, stderr } = await lookOn('', happenings, 3)
  expect(lines).toHaveLength(2)
  expect(stderr.match(/is not JSON/g)).toHaveLength(1)
})

function row(operator: string, fields: Partial<PresenceRow> = {}): PresenceRow {
  return {
    operator,
    name: operator,
    status: 'online',
    statusName: 'Online',
    canReceive: true,
    since: 0,
    presence: 'connected',
    sessions: 1,
    lastSeen: 0,
    dialogues: 0,
    switchAt: null,
    switchTo: null,
    ...fields,
  }
}

test('who is overdue stands first, then whose switch is nearest, then the others by id', () => {
  const rows = [
    row('cy'),
    row('ana'),
    row('bo', { switchAt: 20 }),
    row('di', { switchAt: 10 }),
    row('ed', { presence: 'overdue', switchAt: 5 }),
    row('al', { presence: 'overdue', switchAt: null }),
  ]
  expect(byWhatComesNext(rows).map(({ operator }) => operator)).toEqual(['al', 'ed', 'di', 'bo', 'ana', 'cy'])
})

test('a beat is no change, a dialogue is; who is new has changed, who left is gone', () => {
  const { now } = changesSince(null, [row('ana'), row('bo'), row('cy')])
  const after = changesSince(now, [row('ana', { lastSeen: 9, switchAt: 4 }), row('bo', { dialogues: 1 }), row('di')])
  expect(after.changed.map(({ operator }) => operator)).toEqual(['bo', 'di'])
  expect(after.gone).toEqual(['cy'])
})

test('a picture clears what is left of the one before', () => {
  expect(redraw('a\nb', 3)).toBe('\x1b[3A\r\x1b[?7l\x1b[Ka\n\x1b[Kb\n\x1b[J\x1b[?7h')
  expect(redraw('a', 0)).toBe('\r\x1b[?7l\x1b[Ka\n\x1b[J\x1b[?7h')
})
