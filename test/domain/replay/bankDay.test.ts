import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseCatalogue } from '../../../src/domain/catalogue/rules/rules.ts'
import type { FeedRecord } from '../../../src/domain/records/records.ts'
import { oracle } from '../../support/oracle.ts'
import { play } from '../../support/play.ts'

interface ExpectedDay {
  readonly until: string
  readonly transitions: readonly { at: string; operator: string; from: string; to: string; cause: string }[]
  readonly time: readonly { operator: string; status: string; wallMs: number; countedMs: number }[]
}

const expected = JSON.parse(fileOf('expected.json')) as ExpectedDay
const day = dayOf()

test('the real day ends as an independent program worked it out, and as the oracle does', () => {
  const { result } = play(day, [])
  const { transitions, time, operators, late } = oracle(day)
  expect(expectable(result)).toEqual({ transitions: expected.transitions, time: expected.time })
  expect(expectable({ transitions, time })).toEqual({ transitions: expected.transitions, time: expected.time })
  expect(result.operators).toEqual(operators)
  expect([result.records, result.late]).toEqual([1_773, late])
})

test('the real day ends alike in pieces of any size', () => {
  const whole = play(day, [])
  for (const size of [1, 7, 100, 1_000]) {
    const cuts = Array.from({ length: Math.floor(day.records.length / size) }, (_, index) => index * size)
    expect(play(day, cuts)).toEqual(whole)
  }
})

function expectable(found: {
  transitions: readonly { at: number; operator: string; from: string | null; to: string; cause: string }[]
  time: readonly { operator: string; status: string; wallMs: number; countedMs: number }[]
}) {
  return {
    transitions: found.transitions.map(({ at, operator, from, to, cause }) => ({
      at: new Date(at).toISOString(),
      operator,
      from,
      to,
      cause,
    })),
    time: found.time.map(({ operator, status, wallMs, countedMs }) => ({ operator, status, wallMs, countedMs })),
  }
}

function dayOf() {
  const catalogue = parseCatalogue(JSON.parse(fileOf('statuses.json')))
  if (!catalogue.ok) throw new Error('the catalogue of the real day is not valid')
  const records = fileOf('feed.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as FeedRecord & { at: string })
    .map((record) => ({ ...record, at: Date.parse(record.at) }) as FeedRecord)
  return { catalogue: catalogue.value, records, start: null, until: Date.parse(expected.until), initial: {} }
}

function fileOf(name: string): string {
  return readFileSync(new URL(`../../../examples/bank-day/${name}`, import.meta.url), 'utf8')
}
