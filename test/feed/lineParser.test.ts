import { expect, test } from 'vitest'
import { createBatch, type RecordBatch } from '../../src/domain/records/records.ts'
import { createLineParser, type LineParser } from '../../src/feed/lineParser.ts'
import { namesFor } from './rosterNames.ts'

test('every event of the contract becomes a record', () => {
  check(
    `{"at":"2026-11-22T10:00:00.000Z","operator":"ana","session":"tab-1","event":"open"}
{"at":"2026-11-22T10:00:01Z","operator":"ana","session":"tab-1","event":"beat"}
{"at":1795341602000,"operator":"ana","session":"tab-1","event":"close"}
{"at":"2026-11-22T12:00:03+02:00","operator":"bo","event":"status","status":"ON Break"}
{"at":"2026-11-22T10:00:04Z","operator":"bo","event":"dialogue-open","dialogue":"d1"}
{"at":"2026-11-22T10:00:05Z","operator":"bo","event":"dialogue-close","dialogue":"d1"}
{"at":"2026-11-22T10:00:06Z","event":"tick"}
{"at":"2026-11-22T10:00:07Z","event":"inquiry","inquiry":"q1"}
`,
    [
      '10:00:00.000 open 0 0/tab-1',
      '10:00:01.000 beat 0 0/tab-1',
      '10:00:02.000 close 0 0/tab-1',
      '10:00:03.000 status 1 on-break',
      '10:00:04.000 dialogue-open 1 1/d1',
      '10:00:05.000 dialogue-close 1 1/d1',
      '10:00:06.000 tick -1 -1',
      '10:00:07.000 inquiry -1 q1',
    ],
  )
})

test.each([
  ['y'.repeat(80), 'y'.repeat(80)],
  ['y'.repeat(81), `${'y'.repeat(80)}…`],
  [`${'y'.repeat(79)}éé`, `${'y'.repeat(79)}…`],
  [`${'y'.repeat(77)}🙂🙂`, `${'y'.repeat(77)}…`],
  [`${'y'.repeat(76)}🙂🙂`, `${'y'.repeat(76)}🙂…`],
])('of a line that was passed over whole characters are kept, and a cut is shown: %s', (line, excerpt) => {
  const parser = createLineParser({ names: namesFor(), futureLimit: null })
  parser.parse(Buffer.from(`${line}\n`), createBatch(1))
  expect(parser.counts.firstSkipped.malformed?.excerpt).toBe(excerpt)
})

test('a line that is no record is passed over for the first reason that holds', () => {
  const reasons = (lines: string[]) => lines.map((line) => reasonOf(line))
  expect(
    reasons([
      '',
      ' ',
      'beat',
      '[]',
      'null',
      '{"at":"2026-11-22T10:00:60Z","event":"nap"}',
      '{"at":"2026-11-22T10:00:00Z","event":5}',
      '{"at":1e400,"event":"tick"}',
      '{"at":"2026-11-22T10:00:00Z","event":"nap"}',
      '{"at":"2026-11-22T10:00:00Z","event":"constructor"}',
      '{"at":"2026-11-22T10:00:00Z","event":"beat","operator":"zoe"}',
      '{"at":"2026-11-22T10:00:00Z","event":"beat","operator":"zoe","session":""}',
      '{"at":"2026-11-22T10:00:00Z","event":"beat","operator":"__proto__","session":"s"}',
      '{"at":"2026-11-22T10:00:00Z","event":"status","operator":"zoe","status":"nope"}',
      '{"at":"2026-11-22T10:00:00Z","event":"status","operator":"ana","status":"nope"}',
      '{"at":"2026-11-22T23:00:00Z","event":"status","operator":"ana","status":"nope"}',
      '{"at":"2026-11-22T23:00:00Z","event":"tick"}',
      '{"at":"2026-11-22T10:00:00Z","event":"tick"}{"at":"2026-11-22T10:00:00Z","event":"tick"}',
      '{"at":"2026-11-22T10:00:00Z","event":"tick"}\0',
      `{"at":"2026-11-22T10:00:00Z","event":"tick","x":"${'y'.repeat(65_536)}"}`,
    ]),
  ).toEqual([
    ...Array(8).fill('malformed'),
    'unknownEvent',
    'unknownEvent',
    'malformed',
    'malformed',
    'unknownOperator',
    'unknownOperator',
    'unknownStatus',
    'unknownStatus',
    'future',
    'malformed',
    'malformed',
    'tooLong',
  ])
})

function check(text: string, records: string[]): void {
  const names = namesFor()
  const parser = createLineParser({ names, futureLimit: null })
  const batch = createBatch(2)
  parser.parse(Buffer.from(text), batch)
  expect(names.describe(batch)).toEqual(records)
  expect(parser.counts.accepted).toBe(records.length)
}

function reasonOf(line: string): string | undefined {
  const parser = createLineParser({ names: namesFor(), futureLimit: Date.parse('2026-11-22T22:00:00Z') })
  const batch: RecordBatch = createBatch(2)
  parser.parse(Buffer.from(`${line}\n`), batch)
  return onlyReason(parser) ?? (batch.length === 1 ? 'accepted' : undefined)
}

function onlyReason(parser: LineParser): string | undefined {
  return Object.entries(parser.counts.skipped).find(([, count]) => count === 1)?.[0]
}

const tick = '{"at":"2026-11-22T10:00:00.000Z","event":"tick"}'

test('a byte order mark is dropped at the very beginning of a file and nowhere else', () => {
  expect(outcomes([`\ufeff${tick}\n\ufeff${tick}\n`])).toEqual({ accepted: 1, malformed: 1 })
})

test('lines may end with a carriage return and a newline', () => {
  expect(outcomes([`${tick}\r\n${tick}\r\n\r\n`])).toEqual({ accepted: 2, malformed: 1 })
})

test('a line of exactly 64 KiB is read, one byte more is too long', () => {
  expect(outcomes([`${tick.padEnd(65_536)}\n${tick.padEnd(65_537)}\n`])).toEqual({ accepted: 1, tooLong: 1 })
  expect(outcomes([tick.padEnd(65_536), '\n', tick.padEnd(65_537), '\n', `${tick}\n`])).toEqual({
    accepted: 2,
    tooLong: 1,
  })
})

test('a line that goes on and on is passed over without being kept', () => {
  const parser = createLineParser({ names: namesFor(), futureLimit: null })
  const batch = createBatch(2)
  const before = process.memoryUsage().arrayBuffers
  const block = Buffer.alloc(1 << 20, 'x')
  for (let count = 0; count < 200; count++) parser.parse(block, batch)
  parser.parse(Buffer.from(`\n${tick}\n`), batch)
  expect(parser.counts).toMatchObject({ lines: 2, accepted: 1, skipped: { tooLong: 1 } })
  expect(parser.counts.firstSkipped.tooLong).toEqual({ line: 1, excerpt: `${'x'.repeat(80)}…` })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 << 20)
})

test('nesting of any depth stops nothing', () => {
  const deep = (depth: number) =>
    `{"at":"2026-11-22T10:00:00.000Z","event":"tick","v":${'['.repeat(depth)}${']'.repeat(depth)}}\n`
  expect(outcomes([deep(30_000), `${'['.repeat(65_000)}\n`, `${'{"a":'.repeat(13_000)}\n`, deep(100_000)])).toEqual({
    accepted: 1,
    malformed: 2,
    tooLong: 1,
  })
})

test('an unfinished last line counts only at the end of the input, and not in the next file', () => {
  expect(outcomes([`${tick}\n${tick}`])).toEqual({ accepted: 1 })
  const parser = createLineParser({ names: namesFor(), futureLimit: null })
  const batch = createBatch(2)
  parser.parse(Buffer.from(`nonsense\n${tick}`), batch)
  parser.end(batch)
  expect(parser.counts).toMatchObject({ lines: 2, accepted: 1 })
  parser.parse(Buffer.from(tick.slice(0, 20)), batch)
  parser.startFile(4)
  parser.parse(Buffer.from(`${tick}\n\n`), batch)
  expect(parser.counts).toMatchObject({ lines: 4, accepted: 2, skipped: { malformed: 2 } })
  expect(parser.line).toBe(6)
})

/** The counters that are not zero, after reading the pieces. */
function outcomes(pieces: string[]): Record<string, number> {
  const parser = createLineParser({ names: namesFor(), futureLimit: null })
  const batch = createBatch(2)
  for (const piece of pieces) parser.parse(Buffer.from(piece), batch)
  const { accepted, skipped, lines } = parser.counts
  const counts = Object.fromEntries(Object.entries({ accepted, ...skipped }).filter(([, count]) => count > 0))
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(lines)
  return counts
}
