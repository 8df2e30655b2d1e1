import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HistoryEntry } from '../../../src/domain/history/history.ts'
import {
  completeLedger,
  createLedger,
  enterEntry,
  type Ledger,
  operatorLedger,
} from '../../../src/domain/reports/ledger/ledger.ts'
import { daysOf } from '../../../src/domain/reports/localTime.ts'
import { checkTime, type OperatorTime, timeReport } from '../../../src/domain/reports/timeReport.ts'
import { catalogueWith } from '../../support/catalogues.ts'
import { historyOperators, historyStatuses, randomHistory } from '../../support/reports/randomHistory.ts'
import { timeOracle } from '../../support/reports/timeOracle.ts'

const numRuns = Number(process.env.OPSTAT_RUNS ?? 1000)
const minute = 60_000

function ledgerOf(entries: readonly HistoryEntry[]): Ledger {
  const ledger = createLedger()
  for (const entry of entries) enterEntry(ledger, entry)
  for (const { id } of historyOperators) operatorLedger(ledger, id)
  completeLedger(ledger, catalogueWith({ statuses: historyStatuses.filter(({ id }) => !ledger.statuses.has(id)) }), 0)
  return ledger
}

const operatorsOf = (ledger: Ledger) => historyOperators.map(({ id }) => operatorLedger(ledger, id))

/** A report in the oracle's fields. */
function comparable(times: readonly OperatorTime[]) {
  return times.map(({ operator, day, rows, unknownMs }) => ({
    operator,
    day,
    unknownMs,
    rows: rows.map(({ operator: _, day: __, name: ___, ...row }) => row),
  }))
}

test('every cell is what a count of every step gives, and rows plus unknown time are the window', () => {
  const history = randomHistory({
    base: fc.integer({ min: 0, max: 2 ** 41 }),
    stepMs: fc.constantFrom(1, 7, minute, 86_399_999),
    steps: 160,
  })
  const window = fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 260 }), fc.nat({ max: 300 }))
  fc.assert(
    fc.property(history, window, ({ base, stepMs, entries }, [start, length, known]) => {
      const from = base + (start - 20) * stepMs
      const to = from + length * stepMs
      const knownUntil = base + known * stepMs
      const ledger = ledgerOf(entries)
      const windows = { whole: { from, to }, days: null }
      const times = timeReport(ledger, { windows, operators: operatorsOf(ledger), knownUntil })
      const asked = { statuses: historyStatuses, from, to, stepMs, knownUntil, reportFrom: from }
      expect(comparable(times)).toEqual(
        historyOperators.map(({ id }) => ({
          operator: id,
          day: null,
          ...timeOracle(entries, { ...asked, operator: id }),
        })),
      )
      expect(checkTime(times, null)).toEqual([])
    }),
    { numRuns },
  )
})

/** Around a change of the clocks each: 23 hours, 25 hours, and half an hour. */
const changes = [
  ['Europe/Kyiv', '2026-03-29'],
  ['Europe/Kyiv', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['UTC', '2024-02-29'],
] as const

test.each(changes)('days of %s around %s are what a count of every minute by the wall clock gives', (zone, date) => {
  const base = Date.parse(`${date}T00:00:00Z`) - 20 * 60 * minute
  const history = randomHistory({ base: fc.constant(base), stepMs: fc.constant(minute), steps: 2400 })
  const wallDate = wallDates(zone)
  fc.assert(
    fc.property(history, fc.nat({ max: 1200 }), fc.nat({ max: 2400 }), ({ entries }, start, length) => {
      const from = base + start * minute
      const to = from + length * minute
      const ledger = ledgerOf(entries)
      const asked = { operators: operatorsOf(ledger), knownUntil: to }
      const times = timeReport(ledger, { ...asked, windows: { whole: { from, to }, days: daysOf(zone, { from, to }) } })
      const days = new Map<string, { from: number; to: number }>()
      for (let at = from; at < to; at += minute) {
        const day = days.get(wallDate(at))
        if (day === undefined) days.set(wallDate(at), { from: at, to: at + minute })
        else day.to = at + minute
      }
      expect(comparable(times)).toEqual(
        historyOperators.flatMap(({ id }) =>
          [...days].map(([day, span]) => {
            const oracle = { operator: id, statuses: historyStatuses, ...span, stepMs: minute, knownUntil: to }
            return { operator: id, day, ...timeOracle(entries, { ...oracle, reportFrom: from }) }
          }),
        ),
      )
      const uncut = timeReport(ledger, { ...asked, windows: { whole: { from, to }, days: null } })
      expect(checkTime(times, uncut)).toEqual([])
    }),
    { numRuns: Math.ceil(numRuns / 20) },
  )
})

/** The date on the wall, as the runtime words it. */
function wallDates(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  const known = new Map<number, string>()
  return (at) => {
    const date = known.get(at) ?? format.format(at)
    known.set(at, date)
    return date
  }
}

test('rows that do not add up, broken parts and days that differ from the window are found', () => {
  const row = {
    operator: 'ana',
    day: null,
    status: 's',
    name: 'S',
    stays: 1,
    dialogueMs: 0,
    countedMs: 10,
    absentMs: 0,
  }
  const time = (wallMs: number, unknownMs: number, part = {}): OperatorTime => ({
    ...{ operator: 'ana', day: null, window: { from: 0, to: 10 }, unknownMs },
    rows: [{ ...row, wallMs, ...part }],
  })
  const kinds = (times: OperatorTime[], uncut: OperatorTime[] | null) => checkTime(times, uncut).map(({ kind }) => kind)
  expect(kinds([time(10, 0)], [time(10, 0)])).toEqual([])
  expect(kinds([time(10, 1)], null)).toEqual(['sum'])
  expect(kinds([time(10, 0, { absentMs: 11 })], null)).toEqual(['part'])
  expect(kinds([time(10, 0, { dialogueMs: -1 })], null)).toEqual(['part'])
  expect(kinds([time(10, 0)], [time(10, 0, { stays: 2 })])).toEqual(['days'])
})
