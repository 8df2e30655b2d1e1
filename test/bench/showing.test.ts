import { expect, test } from 'vitest'
import type { Job, Measurer } from '../../bench/measuring/measurer.ts'
import { comparePair, median } from '../../bench/measuring/pairs.ts'
import { readOptions } from '../../bench/options.ts'
import { figureText, type Row, verdictOf } from '../../bench/row.ts'
import { performancePage } from '../../bench/showing/page.ts'
import { picture } from '../../bench/showing/picture.ts'
import { tableText } from '../../bench/showing/tableText.ts'

const start: Row = {
  group: 'start',
  what: '`--version`',
  measured: '15.2 ms',
  against: '`node -e 0`: 13.5 ms',
  figure: 1.1259,
  unit: 'times',
  goal: { bound: 'at most', figure: 1.2 },
  runs: '31 pairs',
}
const redis: Row = {
  group: 'records',
  what: 'heartbeats per second',
  measured: '2.5 million/s',
  against: 'Redis: 0.5 million/s',
  figure: 5,
  unit: 'times',
  goal: { bound: 'at least', figure: 6 },
  runs: '5 pairs',
}
const peer: Row = { ...start, what: '`gh alias list`', figure: 2, goal: null }
const absent = [{ group: 'start', what: '`twilio`', why: 'not installed' }] as const

test('a table says what was measured, with ratio, goal and verdict, and what could not be', () => {
  expect(`${tableText([start, redis, peer], absent)}\n`).toBe(
    `
measured               cost           compared with         ratio   goal     verdict         runs
--version              15.2 ms        node -e 0: 13.5 ms    1.13 ×  ≤ 1.2 ×  met             31 pairs
heartbeats per second  2.5 million/s  Redis: 0.5 million/s  5 ×     ≥ 6 ×    missed          5 pairs
gh alias list          15.2 ms        node -e 0: 13.5 ms    2 ×              for comparison  31 pairs
not measured: twilio: not installed
`.slice(1),
  )
})

test('the page has every row under its heading, counts the goals and names the machine', () => {
  const page = performancePage({
    rows: [start, redis, peer],
    absent,
    size: 'full',
    machine: { cores: 2, processor: 'Some Processor', memoryGiB: 16, node: '20.20.2', system: 'Linux 6.1' },
    day: '2026-01-31',
    load: [0.1, 1.25],
  })
  expect(page).toContain('1 of 2 goals are met. Measured on 2026-01-31 on 2 shared cores (Some Processor), 16 GiB')
  expect(page.split('\n').filter((line) => /^(##|\| (?!---))/.test(line))).toEqual([
    '## Start-up',
    '| measured | cost | compared with | ratio | goal | verdict | runs |',
    '| `--version` | 15.2 ms | `node -e 0`: 13.5 ms | 1.13 × | ≤ 1.2 × | met | 31 pairs |',
    '| `gh alias list` | 15.2 ms | `node -e 0`: 13.5 ms | 2 × |  | for comparison | 31 pairs |',
    '## Records',
    '| measured | cost | compared with | ratio | goal | verdict | runs |',
    '| heartbeats per second | 2.5 million/s | Redis: 0.5 million/s | 5 × | ≥ 6 × | missed | 5 pairs |',
    '## The store',
    '| measured | cost | compared with | ratio | goal | verdict | runs |',
    '## Curves',
    '## How to measure',
  ])
})

test.each([
  [1.2, 'at most', 1.2, 'met'],
  [1.2049, 'at most', 1.2, 'met'],
  [1.206, 'at most', 1.2, 'missed'],
  [6, 'at least', 6, 'met'],
  [5.99, 'at least', 6, 'missed'],
] as const)('%d against %s %d is %s', (figure, bound, limit, verdict) => {
  expect(verdictOf({ figure, goal: { bound, figure: limit } })).toBe(verdict)
})

test('figures have three digits that count', () => {
  expect([0.12345, 1.2345, 12.345, 123.45, 1234.5].map(figureText)).toEqual(['0.123', '1.23', '12.3', '123', '1235'])
})

test('the picture has a curve for each line, a label for each axis and decades on both', () => {
  const drawn = picture([
    {
      title: 'Cost & more',
      across: 'operators',
      up: 'ns',
      lines: [
        { name: 'ours', points: [[10, 100] as const, [1000, 350] as const] },
        { name: 'floor', points: [[10, 200] as const, [1000, 200] as const] },
      ],
    },
  ])
  expect(drawn.match(/<polyline/g)).toHaveLength(2)
  for (const text of [
    'Cost &amp; more',
    '>operators<',
    '>ns<',
    '>10<',
    '>1,000<',
    'ours (350 at 1,000)',
    '(prefers-color-scheme: dark)',
  ])
    expect(drawn).toContain(text)
})

/** Every run costs what the table says, in turn. */
function scriptedMeasurer(costs: Readonly<Record<string, readonly number[]>>): Measurer & { readonly ran: string[] } {
  const ran: string[] = []
  return {
    ran,
    async run({ words: [name = ''] }: Job) {
      const cpuMs = costs[name]?.[ran.filter((one) => one === name).length] as number
      ran.push(name)
      return { cpuMs, wallMs: cpuMs * 2, peakBytes: 1000 }
    },
    printed: () => '',
    close: () => undefined,
  }
}

test('a pair is measured in turn, each first by turns, and the ratio is the median of the ratios', async () => {
  const measurer = scriptedMeasurer({ ours: [2, 9, 6], other: [1, 3, 4] })
  const job = (name: string) => () => ({ words: [name], cwd: '/' })
  const prepared: number[] = []
  const compared = await comparePair(measurer, {
    ours: job('ours'),
    other: job('other'),
    pairs: 3,
    prepare: (round) => prepared.push(round),
  })
  expect(measurer.ran).toEqual(['other', 'ours', 'ours', 'other', 'other', 'ours'])
  expect(prepared).toEqual([1, 2, 3])
  expect(compared).toEqual({
    ours: { cpuMs: 6, wallMs: 12, peakBytes: 1000 },
    other: { cpuMs: 3, wallMs: 6, peakBytes: 1000 },
    cpuRatio: 2,
    wallRatio: 2,
    pairs: 3,
  })
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test.each([
  [[], { only: ['start', 'records', 'store'], size: 'full', pairs: null, to: null }],
  [['--only', 'store', '--quick', '--pairs', '3'], { only: ['store'], size: 'quick', pairs: 3, to: null }],
  [['--to', 'docs'], { only: ['start', 'records', 'store'], size: 'full', pairs: null, to: 'docs' }],
  [['--only', 'everything'], null],
  [['--pairs', '0'], null],
  [['--help'], null],
])('%j is understood as %j', (words, options) => {
  expect(readOptions(words)).toEqual(options)
})
