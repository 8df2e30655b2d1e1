import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { catalogueText } from '../../bench/generating/catalogue.ts'
import { type FeedPlan, feedBlocks, feedEndAt } from '../../bench/generating/feed.ts'
import { parseCatalogue } from '../../src/domain/catalogue/rules/rules.ts'

const plan: FeedPlan = { operators: 3, records: 13, variant: 'canonical', seed: 1, startAt: Date.UTC(2026, 0, 5, 8) }

function feedText(changes: Partial<FeedPlan> = {}): string {
  return [...feedBlocks({ ...plan, ...changes })].map((block) => Buffer.from(block).toString('latin1')).join('')
}

function recordsOf(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('the same numbers make the same feed, another seed another one', () => {
  const { operators, records } = { operators: 1000, records: 30_000 }
  const hashOf = (seed: number) => createHash('sha256').update(feedText({ operators, records, seed })).digest('hex')
  expect(hashOf(1)).toBe(hashOf(1))
  expect(hashOf(2)).not.toBe(hashOf(1))
})

test('two sessions of each operator open, and are heard again every 30 seconds', () => {
  const records = recordsOf(feedText())
  expect(records).toHaveLength(13)
  expect(records.map(({ event }) => event)).toEqual([
    ...Array.from({ length: 6 }, () => 'open'),
    ...Array.from({ length: 7 }, () => 'beat'),
  ])
  const sessions = records.slice(0, 6).map(({ operator, session }) => `${operator} ${session}`)
  expect(new Set(sessions).size).toBe(6)
  expect(records.slice(0, 6).map(({ operator }) => operator)).toEqual(
    expect.arrayContaining(['op-000000', 'op-000000', 'op-000001', 'op-000001', 'op-000002', 'op-000002']),
  )
  expect(records.slice(6).map(({ operator, session }) => `${operator} ${session}`)).toEqual([
    ...sessions,
    sessions[0] as string,
  ])
  expect(records.map(({ at }) => Date.parse(at as string) - plan.startAt)).toEqual([
    0, 5000, 10_000, 15_000, 20_000, 25_000, 30_000, 35_000, 40_000, 45_000, 50_000, 55_000, 60_000,
  ])
  expect(feedEndAt(plan) - plan.startAt).toBe(60_000)
})

test.each(['reordered', 'extra'] as const)('%s lines say the same in another way', (variant) => {
  const canonical = feedText()
  const other = feedText({ variant })
  expect(recordsOf(other).map(({ at, operator, session, event }) => ({ at, operator, session, event }))).toEqual(
    recordsOf(canonical),
  )
  const unlike = other.split('\n').filter((line) => line !== '' && canonical.includes(line))
  expect(unlike).toEqual([])
})

test.each([
  { statuses: 4, operators: 0 },
  { statuses: 1000, operators: 1 },
  { statuses: 50, operators: 2001 },
])('a catalogue of $statuses statuses and $operators operators is valid', (size) => {
  const parsed = parseCatalogue(JSON.parse([...catalogueText(size)].join('')))
  expect(parsed).toMatchObject({ ok: true })
  if (!parsed.ok) return
  expect({ statuses: parsed.value.statuses.length, operators: parsed.value.operators.length }).toEqual(size)
})
