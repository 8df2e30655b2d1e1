import fc from 'fast-check'
import { expect, test } from 'vitest'
import { finishAbsence, noteSign, startAbsence } from '../../../../src/domain/reports/absence/absence.ts'
import {
  completeLedger,
  createLedger,
  enterEntry,
  operatorLedger,
} from '../../../../src/domain/reports/ledger/ledger.ts'
import { catalogueWith } from '../../../support/catalogues.ts'
import { absenceOracle } from '../../../support/reports/absenceOracle.ts'
import { historyOperators, historyStatuses, randomHistory } from '../../../support/reports/randomHistory.ts'

const numRuns = Number(process.env.OPSTAT_RUNS ?? 3000)
const minute = 60_000
const base = Date.UTC(2026, 10, 23)

const anyCase = fc.record({
  history: randomHistory({ base: fc.constant(base), stepMs: fc.constant(minute), steps: 200 }),
  /** Steps of signs of life by operator, mostly forwards. */
  signs: fc.array(fc.tuple(fc.nat({ max: 1 }), fc.integer({ min: -3, max: 14 })), { maxLength: 40, size: 'max' }),
  start: fc.integer({ min: -10, max: 60 }),
  length: fc.nat({ max: 260 }),
  known: fc.integer({ min: 40, max: 300 }),
  timeout: fc.constantFrom(1, 2, 10),
})

test('switches, reconnects, false offline, flaps and ghost time are what every stay held against every sign gives', () => {
  fc.assert(
    fc.property(anyCase, ({ history, signs, start, length, known, timeout }) => {
      const { entries } = history
      const ledger = createLedger()
      for (const entry of entries) enterEntry(ledger, entry)
      const unsaid = historyStatuses.filter(({ id }) => !ledger.statuses.has(id))
      completeLedger(ledger, catalogueWith({ statuses: unsaid, operators: historyOperators }), base)
      const window = { from: base + start * minute, to: base + (start + length) * minute }
      const asked = { knownUntil: base + known * minute, sessionTimeoutMs: timeout * minute }
      const operators = historyOperators.map(({ id }) => operatorLedger(ledger, id))
      const count = startAbsence(ledger, {
        ...asked,
        operators,
        statuses: null,
        windows: { whole: window, days: null },
      })
      let step = 0
      const stamped = signs.map(([operator, ahead]) => {
        step += ahead
        return { id: historyOperators[operator]?.id ?? '', at: base + step * minute }
      })
      for (const { id, at } of stamped) noteSign(count, id, at)
      const feed = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
      expect(finishAbsence(count, feed)).toEqual(
        historyOperators.map(({ id }) => {
          const own = stamped.filter((sign) => sign.id === id).map(({ at }) => at)
          const oracle = absenceOracle(entries, own, { ...asked, ...window, operator: id, statuses: historyStatuses })
          return { operator: id, day: null, ...oracle }
        }),
      )
    }),
    { numRuns },
  )
})

test('where the feed is not kept, what only it knows is null', () => {
  const switched = {
    operator: 'ana',
    from: 'online',
    to: 'offline',
    cause: 'auto-offline',
    due: 600,
    lastSeen: 0,
  } as const
  const entered = { operator: 'ana', from: null, to: 'online', cause: 'admin', due: null, lastSeen: null } as const
  const again = createLedger()
  enterEntry(again, { type: 'status-entered', ...entered, at: 0, by: 'x', seq: 1, recordedAt: 0, prev: '' })
  enterEntry(again, { type: 'status-entered', ...switched, at: 600, by: 'opstat', seq: 2, recordedAt: 600, prev: '' })
  completeLedger(again, catalogueWith({ operators: [{ id: 'ana' }] }), 0)
  const count = () =>
    startAbsence(again, {
      ...{ operators: [operatorLedger(again, 'ana')], statuses: null, sessionTimeoutMs: 1, knownUntil: 2000 },
      windows: { whole: { from: 0, to: 2000 }, days: null },
    })
  const known = (feed: Parameters<typeof finishAbsence>[1]) =>
    finishAbsence(count(), feed).map(({ reconnects, falseOffline }) => [reconnects, falseOffline])
  expect(known(null)).toEqual([[null, null]])
  expect(known({ from: 0, to: 2000 })).toEqual([[0, 0]])
  // The history knows of a sign of life at 0, and the feed begins later: something is missing.
  expect(known({ from: 300, to: 2000 })).toEqual([[null, 0]])
  expect(known({ from: 700, to: 2000 })).toEqual([[null, null]])
})
