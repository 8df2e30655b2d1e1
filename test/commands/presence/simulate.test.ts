import { expect, test } from 'vitest'
import { opstat } from '../../support/opstat.ts'
import { transcript } from '../../support/transcript.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'lunch', name: '昼休み', color: '#ff8800', countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline' },
  operators: [
    { id: 'ana', name: 'Ana' },
    { id: 'bo', name: 'Bo', initialStatus: 'online' },
  ],
}

const scenario = {
  catalogue: 'statuses.json',
  start: '2026-11-22T09:00:00Z',
  initial: { ana: 'online' },
  records: [
    { at: '+0s', operator: 'ana', event: 'open' },
    { at: '+5m', operator: 'bo', event: 'status', status: '昼休み' },
    { at: '+12m', operator: 'ana', event: 'beat' },
    { at: '+1m', operator: 'ana', event: 'dialogue-open', dialogue: 'D-1' },
  ],
}

test('a scenario is played in the order of its stamps, with the time in each status', async () => {
  await transcript(
    `
    $ opstat presence simulate lunch.json --timeline
    | Played 2026-11-22T09:00:00.000Z to 2026-11-22T09:12:00.000Z: 4 records.
    | ana  ${'O'.repeat(162)}!${'F'.repeat(32)}
    | bo   ${'O'.repeat(81)}${'L'.repeat(114)}
    |      |09:00          |09:01          |09:02          |09:03           |09:04          |09:05          |09:06          |09:07           |09:08          |09:09          |09:10          |09:11 UTC
    | O Online   L 昼休み   F Offline   ! switched automatically
    | AT                        OPERATOR  FROM    TO       CAUSE         WHY
    | 2026-11-22T09:05:00.000Z  bo        Online  昼休み   panel
    | 2026-11-22T09:10:00.000Z  ana       Online  Offline  auto-offline  last seen 2026-11-22T09:00:00.000Z
    | OPERATOR  STATUS   STAYS     WALL  DIALOGUES  COUNTED   ABSENT
    | ana       Offline      1  0:02:00    0:02:00  0:02:00  0:00:00
    | ana       Online       1  0:10:00    0:09:00  0:10:00  0:10:00
    | bo        昼休み       1  0:07:00    0:00:00  0:07:00  0:00:00
    | bo        Online       1  0:05:00    0:00:00  0:05:00  0:00:00
    $ opstat presence simulate lunch.json -o name
    | bo
    | ana
  `,
    { files: { 'statuses.json': catalogue, 'lunch.json': scenario } },
  )
})

test('expectations that fail end with 10 and say what was instead', async () => {
  const expecting = {
    ...scenario,
    expect: [
      { at: '+10m', operator: 'ana', status: 'Offline' },
      { at: '+10m', operator: 'bo', status: 'online' },
    ],
  }
  const { code, stdout } = await opstat('presence simulate story.json -o json', {
    files: { 'statuses.json': catalogue, 'story.json': expecting },
  })
  expect({ code, expectations: JSON.parse(stdout).expectations }).toEqual({
    code: 10,
    expectations: {
      passed: 1,
      failed: [{ at: '2026-11-22T09:10:00.000Z', operator: 'bo', expected: 'online', actual: 'lunch' }],
    },
  })
})

test('a feed is played with its lines counted by reason, under other settings, up to an instant', async () => {
  const feed = [
    '{"at":"2026-11-22T09:00:00Z","operator":"ana","session":"t","event":"open"}',
    'not a record',
    '{"at":"2026-11-22T09:01:00Z","operator":"zoe","session":"t","event":"open"}',
    '{"at":"2026-11-22T13:00:00Z","operator":"ana","session":"t","event":"beat"}',
    '{"at":"2026-11-22T11:30:00Z","operator":"ana","session":"t","event":"beat"}',
    '{"at":"2026-11-22T09:04:00Z","operator":"ana","session":"t","event":"beat"}',
  ].join('\n')
  const { stdout } = await opstat(
    'presence simulate --initial *=online bo=lunch --set offline-after=5m --until 2026-11-22T10:00:00Z -o json',
    { files: { 'statuses.json': catalogue, 'heartbeats.jsonl': feed } },
  )
  const { from, to, records, beyond, late, skipped, transitions } = JSON.parse(stdout)
  expect({ from, to, records, beyond, late, skipped }).toEqual({
    from: '2026-11-22T09:00:00.000Z',
    to: '2026-11-22T10:00:00.000Z',
    records: 2,
    beyond: 1,
    late: 0,
    skipped: { malformed: 1, tooLong: 0, future: 1, unknownEvent: 0, unknownOperator: 1, unknownStatus: 0 },
  })
  expect(transitions).toEqual([
    {
      at: '2026-11-22T09:09:00.000Z',
      operator: 'ana',
      from: 'online',
      to: 'offline',
      cause: 'auto-offline',
      due: '2026-11-22T09:09:00.000Z',
      lastSeen: '2026-11-22T09:04:00.000Z',
      by: 'opstat',
    },
  ])
})

test('jsonl gives a transition a line, and standard input may be the scenario or the feed', async () => {
  const fromScenario = await opstat('presence simulate - -o jsonl', {
    files: { 'statuses.json': catalogue },
    stdin: JSON.stringify({ ...scenario, catalogue: undefined }),
  })
  expect(fromScenario.stdout.split('\n').map((line) => (line === '' ? '' : JSON.parse(line).at))).toEqual([
    '2026-11-22T09:05:00.000Z',
    '2026-11-22T09:10:00.000Z',
    '',
  ])
  const fromFeed = await opstat('presence simulate --heartbeats - -o name --initial bo=online', {
    files: { 'statuses.json': catalogue },
    stdin: '{"at":"2026-11-22T09:00:00Z","operator":"bo","session":"t","event":"open"}',
  })
  expect(fromFeed.stdout).toBe('bo\n')
})

test('what can not be played is refused with the next step', async () => {
  await transcript(
    `
    $ opstat presence simulate nowhere.yaml
    ! error: can't read …/nowhere.yaml: it does not exist (ENOENT)
    ! hint: check the name
    [7]
    $ opstat presence simulate feed.jsonl
    ! error: …/feed.jsonl can't be read: it holds one JSON object a line, as a feed does
    ! hint: replay a feed with --heartbeats FILE
    [3]
    $ opstat presence simulate typing.yaml
    ! error: typing.yaml has 2 problems
    !   - line 2, $.recods: nothing reads the key "recods": did you mean records?
    !   - line 1, $: "records" is missing
    ! hint: nothing was changed; mend all of them and try again
    [3]
    $ opstat presence simulate lunch.json --until 2026-11-22T08:00:00Z
    ! error: --until: 2026-11-22T08:00:00.000Z lies before the start, 2026-11-22T09:00:00.000Z
    [3]
    $ opstat presence simulate --heartbeats nowhere.jsonl
    ! error: can't read …/nowhere.jsonl: it does not exist (ENOENT)
    ! hint: check the name
    [7]
    $ opstat presence simulate lunch.json --heartbeats feed.jsonl
    ! error: a scenario brings its own records: --heartbeats does not go with it
    ! hint: give either a scenario or --heartbeats FILE
    [2]
    $ opstat presence simulate --initial zoe=online
    ! error: there is no operator "zoe"
    ! hint: see: opstat operator list
    [4]
    $ opstat presence simulate --initial ana=onlin
    ! error: there is no status "onlin"
    ! hint: did you mean online? see: opstat status list
    [4]
    $ opstat presence simulate --initial ana
    ! error: --initial takes NAME=VALUE, not 'ana'
    ! hint: for example --initial ana=online
    [2]
    $ opstat presence simulate --set offline-after=10
    ! error: offline-after: "10" is no duration: say the unit, as in 90s or 10m
    ! hint: nothing was changed
    [3]
    $ opstat presence simulate --until yesterday
    ! error: --until: "yesterday" is no time: write RFC 3339 such as 2026-11-22T10:00:00Z, or epoch milliseconds
    [3]
    $ opstat presence simulate -q
    | Nothing to play: no records.
    | There is no feed at …/heartbeats.jsonl yet.
    $ opstat presence simulate tick.json
    ! error: tick.json: line 1, $: "records" is missing
    ! hint: it looks like a feed: replay it with --heartbeats FILE
    [3]
  `,
    {
      files: {
        'statuses.json': catalogue,
        'lunch.json': scenario,
        'typing.yaml': 'start: 2026-11-22T09:00:00Z\nrecods:\n  - {at: +1m, operator: ana, event: open}\n',
        'tick.json': '{"at":1,"event":"tick"}\n',
        'feed.jsonl': '{"at":1,"event":"tick"}\n{"at":2,"event":"tick"}\n',
      },
    },
  )
})

test('what nothing reads in a scenario is said', async () => {
  const { stderr, code } = await opstat('presence simulate story.yaml', {
    files: {
      'statuses.json': catalogue,
      'story.yaml': 'start: 2026-11-22T09:00:00Z\ncolour: blue\nx-ticket: 7\nrecords: []\n',
    },
  })
  expect([stderr, code]).toEqual(['nothing reads $.colour of the scenario; keys for people begin with x-\n', 0])
})

test('a single record and a single line are told as such', async () => {
  const { stdout } = await opstat('presence simulate', {
    files: {
      'statuses.json': catalogue,
      'heartbeats.jsonl': '{"at":"2026-11-22T09:00:00Z","operator":"ana","session":"t","event":"open"}\n{\n',
    },
  })
  expect(stdout.split('\n')[0]).toMatch(/: 1 record, 1 line passed over\.$/)
})
