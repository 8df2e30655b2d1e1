import { expect, test } from 'vitest'
import { type Course, progressLine } from '../../../src/views/painting/progressLine.ts'

const course: Course = {
  doing: 'reading',
  to: '/srv/opstat/heartbeats.jsonl',
  share: 0.25,
  records: 2_500_000,
  elapsedMs: 2000,
}

test.each<[Partial<Course>, string]>([
  [{}, 'reading heartbeats.jsonl: 25 %, 1.25 million records/s, 6 s left'],
  [{ share: 0 }, 'reading heartbeats.jsonl: 0 %, 1.25 million records/s'],
  [{ share: 0.9999, records: 1 }, 'reading heartbeats.jsonl: 99 %, 0.5 records/s, 1 s left'],
  [{ share: 1 }, 'reading heartbeats.jsonl: 100 %, 1.25 million records/s, 0 s left'],
  [{ share: 0.01, records: 91_234 }, 'reading heartbeats.jsonl: 1 %, 45,600 records/s, 4 min left'],
  [{ share: 0.0001 }, 'reading heartbeats.jsonl: 0 %, 1.25 million records/s, 6 h left'],
  [{ share: null, to: 'standard input' }, 'reading standard input: 2.5 million records, 1.25 million records/s'],
  [{ to: 'two\nlines\x1b[2J' }, 'reading two\\u{a}lines\\u{1b}[2J: 25 %, 1.25 million records/s, 6 s left'],
])('%j reads %j', (changes, text) => {
  expect(progressLine({ ...course, ...changes }, 100)).toBe(text)
})

test.each([
  [65, 'reading heartbeats.jsonl: 25 %, 1.25 million records/s, 6 s left'],
  [64, '25 %, 1.25 million records/s, 6 s left'],
  [39, '25 %, 1.25 million records/s, 6 s left'],
  [38, '25 %'],
  [4, ''],
])('%i columns hold %j, with a column to spare', (columns, text) => {
  expect(progressLine(course, columns)).toBe(text)
})
