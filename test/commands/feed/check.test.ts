import { expect, test } from 'vitest'
import { createFolder, opstat } from '../../support/opstat.ts'
import { noon } from '../../support/system.ts'
import { transcript } from '../../support/transcript.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  operators: ['ana', 'bo', 'cy'].map((id) => ({ id, initialStatus: 'online' })),
}

const second = 1000
const minute = 60 * second
const start = noon - 60 * minute

/** A record: seconds after eleven, then what it says. */
type Line = readonly [seconds: number, fields: object] | string

function feedOf(lines: readonly Line[]): string {
  const texts = lines.map((line) =>
    typeof line === 'string' ? line : JSON.stringify({ at: start + line[0] * second, ...line[1] }),
  )
  return texts.map((text) => `${text}\n`).join('')
}

const beat = (at: number, operator = 'ana', session = 's'): Line => [at, { operator, session, event: 'beat' }]
const open = (at: number, operator = 'ana', session = 's'): Line => [at, { operator, session, event: 'open' }]
const tick = (at: number): Line => [at, { event: 'tick' }]
const every = (step: number, until: number, make: (at: number) => Line): Line[] =>
  Array.from({ length: Math.floor(until / step) + 1 }, (_, index) => make(index * step))

const inOrder = (lines: readonly Line[]) => lines.toSorted((a, b) => Number(a[0]) - Number(b[0]))

async function check(
  lines: readonly Line[],
  { text = feedOf(lines), files = { 'statuses.json': catalogue } as object } = {},
) {
  const folder = await createFolder({ ...files, 'feed.jsonl': text })
  const { code, stdout, stderr } = await opstat('feed check feed.jsonl -o json', { folder })
  expect(stderr).toBe('')
  return { code, rows: JSON.parse(stdout) as { level: string; finding: string; detail: string; means: string }[] }
}

/** Only the findings that are more than notes. */
async function found(lines: readonly Line[]) {
  const { code, rows } = await check(lines)
  const warnings = rows.filter(({ level }) => level !== 'note')
  expect(code).toBe(warnings.length > 0 ? 10 : 0)
  for (const { means } of rows) expect(means).not.toBe('')
  return warnings.map(({ finding, detail }) => `${finding}: ${detail}`)
}

test('a feed as it should be: beats every half minute, ticks, nothing to say', async () => {
  const lines = inOrder([open(0), ...every(30, 3000, (at) => beat(at + 1)), ...every(5, 3000, tick)])
  const { code, rows } = await check(lines)
  expect(code).toBe(0)
  expect(rows).toEqual([
    {
      level: 'note',
      finding: 'feed',
      detail: '703 records in 703 lines, 2026-11-22T11:00:00.000Z to 2026-11-22T11:50:01.000Z',
      means: '1 operator, 1 session, 601 ticks',
    },
  ])
})

test('without a catalogue every name will do, and without ticks it says what that means', async () => {
  const { code, rows } = await check([open(0, 'eve')], { files: {} })
  expect(rows.map(({ finding }) => finding)).toEqual(['feed', 'no-catalogue', 'no-ticks'])
  expect(code).toBe(0)
})

test.each<[string, readonly Line[], string[]]>([
  [
    'beats once a minute, as of a background tab',
    [...every(60, 600, beat), ...every(5, 600, tick)],
    ['slow-beats: 1 session beats as slowly as every 1m: ana'],
  ],
  [
    'a session that comes back after eleven minutes',
    [open(0), beat(30), beat(30 + 660), ...every(5, 700, tick)],
    [
      "late-returns: once a session came back after more than offline-after (10m) without a sign of life; the longest was ana's s, 11m from 2026-11-22T11:00:30.000Z; in all ana",
    ],
  ],
  [
    'who comes back in a session of their own was away',
    [open(0), beat(30), open(30 + 660, 'ana', 'another'), ...every(5, 700, tick)],
    [],
  ],
  [
    'a feed with ticks that stops for a quarter of an hour: the operators are not to blame',
    [open(0), ...every(5, 100, tick), beat(1000), ...every(5, 100, (at) => tick(at + 1000))],
    [
      'gaps: once nothing was written for more than feed-timeout (1m); the longest was 15m from 2026-11-22T11:01:40.000Z',
    ],
  ],
  [
    'a feed without ticks that stops while a session is open',
    [open(0), beat(30), beat(120)],
    [
      'gaps: once nothing was written for more than feed-timeout (1m) while sessions were open; the longest was 1m30s from 2026-11-22T11:00:30.000Z',
    ],
  ],
  ['a record written twice', [open(0), open(0)], ['duplicates: 1 record written twice']],
  [
    'seconds for milliseconds',
    [open(0), `{"at":1795345200,"operator":"ana","session":"s","event":"beat"}`],
    [
      'in-seconds: 1 record stamped in early 1970: seconds where milliseconds belong?',
      'backwards: 1 record stamped before what was written earlier, by up to 20758d16h17m34s',
    ],
  ],
  [
    'a stamp that is still to come',
    [open(3600 + 90)],
    ["ahead: 1 record stamped ahead of this machine's clock, by up to 1m30s"],
  ],
  [
    'lines that are none, and names that nobody knows, the most frequent first',
    ['x', open(0, 'eve'), open(1, 'fay'), open(2, 'fay'), [3, { operator: 'ana', event: 'status', status: 'Lunch' }]],
    [
      "skipped: 1 line was passed over, not in the feed's format, first line 1: x",
      'unknown-names: 3 lines were passed over for operators who are not in the roster: fay and eve',
      'unknown-names: 1 line was passed over for statuses that are not in the catalogue: Lunch',
    ],
  ],
])('%s', async (_what, lines, expected) => {
  const isOrdered = lines.every((line) => typeof line !== 'string')
  const stamped = isOrdered && lines.length > 5 ? inOrder(lines) : lines
  expect(
    (await found(stamped)).filter((line) => !line.startsWith('gaps') || expected.some((one) => one.startsWith('gaps'))),
  ).toEqual(expected)
})

test('a quiet hour after the last close is no gap', async () => {
  const close: Line = [30, { operator: 'ana', session: 's', event: 'close' }]
  expect(await found([open(0), close, open(3000)])).toEqual([])
})

test('a clock that goes wrong is told from records that overtook each other', async () => {
  const orders = ['ana bo cy', 'bo cy ana', 'cy ana bo', 'bo ana cy', 'ana cy bo', 'cy bo ana'].map((order) =>
    order.split(' '),
  )
  const roundsWith = (skew: number): Line[] =>
    Array.from({ length: 20 }, (_, round) =>
      (orders[round % orders.length] as string[]).map((operator, place) =>
        beat(round * 30 + place + (operator === 'bo' ? skew : 0), operator),
      ),
    ).flat()
  const skewsIn = async (lines: readonly Line[]) =>
    (await found([...lines, tick(600)])).filter((line) => line.startsWith('skewed'))
  expect(await skewsIn(roundsWith(-20))).toEqual([
    'skewed-clock: the stamps of bo are mostly 19s behind those of their neighbours',
  ])
  expect(await skewsIn(roundsWith(20))).toEqual([
    'skewed-clock: the stamps of bo are mostly 19s ahead of those of their neighbours',
  ])
  expect(await skewsIn(roundsWith(0))).toEqual([])
  const overtaken = [
    ...Array.from({ length: 20 }, (_, index) => [beat(index * 30), beat(index * 30 + 1, 'bo')]).flat(),
    beat(500, 'cy'),
  ]
  expect(await skewsIn(overtaken)).toEqual([])
})

test('the last line without its newline is taken, and said', async () => {
  const { rows } = await check([], { text: feedOf([open(0)]).trimEnd() })
  expect(rows.map(({ finding }) => finding)).toEqual(['feed', 'no-ticks', 'unfinished-line'])
})

test('standard input can be checked, a missing file can not', async () => {
  const folder = await createFolder({ 'statuses.json': catalogue })
  const { stdout, code } = await opstat('feed check -', { folder, stdin: feedOf([open(0), tick(1)]) })
  expect(stdout).toBe(
    'note     2 records in 2 lines, 2026-11-22T11:00:00.000Z to 2026-11-22T11:00:01.000Z\n' +
      '         1 operator, 1 session, 1 tick\n\nNothing in it would mislead the rule.\n',
  )
  expect(code).toBe(0)
  expect((await opstat('feed check nowhere.jsonl', { folder })).code).toBe(7)
})

test('a feed that nobody named and that is not there yet is no error, one that was named is', async () => {
  await transcript(
    `
    $ opstat feed check
    ! There is no feed at …/heartbeats.jsonl yet.
    $ opstat feed check -o name
    $ opstat feed check gone.jsonl
    ! error: can't read …/gone.jsonl: it does not exist (ENOENT)
    ! hint: check the name
    [7]
    $ opstat feed check --heartbeats gone.jsonl
    ! error: can't read …/gone.jsonl: it does not exist (ENOENT)
    ! hint: check the name
    [7]
  `,
    { files: { 'statuses.json': catalogue } },
  )
})
