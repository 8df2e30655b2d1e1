import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HistoryFact } from '../../../../src/domain/history/history.ts'
import { createBatch, type FeedRecord, pushRecord, recordKinds } from '../../../../src/domain/records/records.ts'
import {
  adviseBatch,
  advisedMinutes,
  finishAdvice,
  startAdvice,
} from '../../../../src/domain/reports/absence/adviser.ts'
import { createLedger, enterEntry } from '../../../../src/domain/reports/ledger/ledger.ts'
import { catalogueWith } from '../../../support/catalogues.ts'
import { oracle } from '../../../support/oracle.ts'

const numRuns = Number(process.env.OPSTAT_RUNS ?? 300)
const minute = 60_000
const start = Date.UTC(2026, 10, 23, 9)
const ids = ['ana', 'bo', 'cy']
const catalogue = catalogueWith({ operators: ids.map((id) => ({ id, initialStatus: 'online' })) })

/** Steps on, just before and just after the waits that are tried. */
const step = fc.oneof(
  fc.constantFrom(0, 20_000, minute),
  fc
    .tuple(fc.constantFrom(3, 5, 10, 13, 15, 20, 30, 40), fc.constantFrom(-1, 0, 1))
    .map(([minutes, off]) => minutes * minute + off),
)
const what = fc.constantFrom('open', 'beat', 'close', 'online', 'on-break', 'tick', 'dialogue') as fc.Arbitrary<string>
const anyFeed = fc.record({
  ticks: fc.boolean(),
  happened: fc.array(fc.tuple(step, fc.constantFrom(...ids), what), { minLength: 1, maxLength: 40, size: 'max' }),
})

function recordsOf({ ticks, happened }: { ticks: boolean; happened: [number, string, string][] }): FeedRecord[] {
  let at = start
  return happened.map(([ahead, operator, event]): FeedRecord => {
    at += ahead
    if (event === 'tick') return ticks ? { at, event } : { at, event: 'inquiry', inquiry: 'q' }
    if (event === 'dialogue') return { at, event: 'dialogue-open', operator, dialogue: 'D' }
    if (event === 'open' || event === 'beat' || event === 'close') return { at, event, operator, session: 's' }
    return { at, event: 'status', operator, status: event }
  })
}

function advise(ledger: ReturnType<typeof createLedger>, records: readonly FeedRecord[], now: number) {
  const run = startAdvice(ledger, catalogue)
  const batch = createBatch(records.length)
  const { names } = run
  for (const record of records) {
    const operator = 'operator' in record ? names.operatorIndex(record.operator) : -1
    const kind = recordKinds.indexOf(record.event)
    pushRecord(batch, { at: record.at, kind, operator, subject: subjectOf(record, operator) })
  }
  adviseBatch(run, batch)
  return finishAdvice(run, now)

  function subjectOf(record: FeedRecord, operator: number): number {
    if ('session' in record) return names.sessionSlot(operator, record.session)
    if ('dialogue' in record) return names.dialogueSlot(operator, record.dialogue)
    if ('status' in record) return names.statusIndex(record.status)
    return 'inquiry' in record ? names.inquiryIndex(record.inquiry) : -1
  }
}

test('each wait gives the switches, returns and ghost time of the brute-force program under that setting', () => {
  fc.assert(
    fc.property(anyFeed, (feed) => {
      const records = recordsOf(feed)
      const expected = advisedMinutes.map((minutes) => {
        const settings = { ...catalogue.settings, offlineAfterMs: minutes * minute }
        const input = { catalogue: { ...catalogue, settings }, records, start: null, until: null, initial: {} }
        const { transitions } = oracle(input)
        const automatic = transitions.filter(({ cause }) => cause === 'auto-offline')
        const silences = automatic.map((one) => {
          const earlier = transitions
            .slice(0, transitions.indexOf(one))
            .findLast(({ operator }) => operator === one.operator)
          const began = earlier?.at ?? (records[0] as FeedRecord).at
          return { operator: one.operator, at: one.at, base: Math.max(one.lastSeen ?? began, began) }
        })
        const returned = silences.filter(({ operator, at, base }) =>
          records.some((record) => {
            const isSign = ['open', 'beat', 'close', 'status'].includes(record.event)
            return (
              isSign &&
              'operator' in record &&
              record.operator === operator &&
              record.at > base &&
              record.at <= at + 10 * minute
            )
          }),
        )
        return {
          offlineAfterMs: minutes * minute,
          switches: automatic.length,
          returned: returned.length,
          ghostMs: silences.reduce((sum, { at, base }) => sum + at - base, 0),
        }
      })
      expect(advise(createLedger(), records, start + 10_000 * minute)).toEqual(expected)
    }),
    { numRuns },
  )
})

test('what administrators did is played too, though the feed does not say it', () => {
  const ledger = createLedger()
  const entered = (at: number, operator: string, to: string, cause: 'admin' | 'panel'): HistoryFact => ({
    ...{
      type: 'status-entered',
      at: start + at * minute,
      operator,
      from: null,
      to,
      cause,
      due: null,
      lastSeen: null,
      by: 'x',
    },
  })
  const facts = [
    entered(-60, 'ana', 'offline', 'admin'),
    entered(20, 'ana', 'online', 'admin'),
    entered(-60, 'bo', 'offline', 'admin'),
    entered(60, 'cy', 'online', 'admin'),
    entered(65, 'ana', 'on-break', 'admin'),
  ]
  for (const [index, fact] of facts.entries())
    enterEntry(ledger, { ...fact, seq: index + 1, recordedAt: fact.at, prev: '' })
  const beat = (at: number): FeedRecord => ({ at: start + at * minute, event: 'beat', operator: 'ana', session: 's' })
  const advice = advise(ledger, [beat(0), beat(21), beat(25)], start + 70 * minute)
  // Ana is online from the 20th minute on and last seen in the 25th, Cy from the 60th on and never seen; Bo stays offline.
  expect(advice?.map(({ switches, ghostMs }) => [switches, ghostMs / minute])).toEqual([
    [2, 6],
    [2, 10],
    [2, 20],
    [1, 15],
    [1, 30],
  ])
})

test('a feed without a record gives no advice', () => {
  expect(advise(createLedger(), [], start)).toBeNull()
})
