import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Calendar,
  type CalendarInterval,
  type Catalogue,
  type Operator,
  weekdays,
} from '../../../../src/domain/catalogue/catalogue.ts'
import { calendarToJson } from '../../../../src/domain/catalogue/document.ts'
import type { HistoryFact } from '../../../../src/domain/history/history.ts'
import { complianceReport } from '../../../../src/domain/reports/compliance/compliance.ts'
import {
  completeLedger,
  createLedger,
  enterEntry,
  operatorLedger,
} from '../../../../src/domain/reports/ledger/ledger.ts'
import { catalogueWith } from '../../../support/catalogues.ts'
import { complianceOracle } from '../../../support/reports/complianceOracle.ts'
import { historyOperators, historyStatuses, randomHistory } from '../../../support/reports/randomHistory.ts'

const numRuns = Number(process.env.OPSTAT_RUNS ?? 120)
const minute = 60_000

/** `09:00-18:00` is a shift, `13:00-13:30 lunch` a planned break. */
function dayOf(...texts: string[]): CalendarInterval[] {
  return texts.map((text) => {
    const [from, to, status] = text.split(/[- ]/) as [string, string, string | undefined]
    const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
    return { fromMinute: minuteOf(from), toMinute: minuteOf(to), status: status ?? null }
  })
}

const anyDay = fc.constantFrom(
  dayOf('09:00-18:00', '13:00-13:30 lunch'),
  dayOf('22:00-06:00'),
  dayOf('22:00-06:00', '02:00-02:30 lunch', '23:45-00:15 offline'),
  dayOf('00:30-02:30', '03:00-05:00', '02:30-03:00 lunch'),
  dayOf('01:00-03:30', '02:15-02:45 lunch'),
  dayOf('00:00-24:00', '01:45-02:15 offline'),
  dayOf('00:00-00:00'),
  dayOf('12:00-12:30 lunch'),
  dayOf('01:00-01:20 lunch', '01:30-02:10 offline', '05:00-05:30'),
  dayOf('23:00-01:00 lunch', '02:15-02:20'),
  dayOf('09:00-12:00', '13:00-17:00', '12:00-13:00 lunch', '09:00-09:10 offline'),
  dayOf(),
)

/** Around a change of the clocks each, and one ordinary midnight. */
const places = fc.constantFrom(
  ['Europe/Kyiv', '2026-03-29'],
  ['Europe/Kyiv', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['UTC', '2024-02-29'],
) as fc.Arbitrary<[string, string]>

const anyCase = places.chain(([timeZone, date]) => {
  const base = Date.parse(`${date}T00:00:00Z`) - 26 * 60 * minute
  return fc.record({
    calendar: fc.tuple(fc.array(anyDay, { minLength: 7, maxLength: 7 }), fc.option(anyDay)).map(
      ([days, exception]): Calendar => ({
        id: 'day',
        name: 'Day',
        timeZone,
        week: Object.fromEntries(weekdays.map((weekday, index) => [weekday, days[index] ?? []])),
        exceptions: new Map(exception === null ? [] : [[date, exception]]),
      }),
    ),
    history: randomHistory({ base: fc.constant(base), stepMs: fc.constant(minute), steps: 2900, roster: 'stays' }),
    start: fc.nat({ max: 1500 }),
    length: fc.nat({ max: 2400 }),
    known: fc.integer({ min: 1000, max: 4500 }),
  })
})

test('every cell is what a look at every minute gives, clock times read off the wall', () => {
  fc.assert(
    fc.property(anyCase, ({ calendar, history, start, length, known }) => {
      const { entries, base } = history
      const window = { from: base + start * minute, to: base + (start + length) * minute }
      const knownUntil = base + known * minute
      const ledger = createLedger()
      for (const entry of entries) enterEntry(ledger, entry)
      const unsaid = historyStatuses.filter(({ id }) => !ledger.statuses.has(id))
      completeLedger(
        ledger,
        catalogueWith({ statuses: unsaid, calendars: [calendar], operators: historyOperators }),
        base,
      )
      const operators = historyOperators.map(({ id }) => operatorLedger(ledger, id))
      const found = complianceReport(ledger, { window, operators, knownUntil })
      const asked = { statuses: historyStatuses, calendar, ...window, knownUntil }
      expect(found.flatMap(({ rows }) => rows)).toEqual(
        historyOperators.flatMap(({ id }) =>
          complianceOracle(entries, { ...asked, operator: id }).map((row) => ({ operator: id, ...row })),
        ),
      )
    }),
    { numRuns },
  )
})

const at = (text: string) => Date.parse(`2026-11-${text}Z`)
const nine: Calendar = {
  id: 'day',
  name: 'Day',
  timeZone: 'UTC',
  week: Object.fromEntries(weekdays.map((weekday) => [weekday, dayOf('09:00-18:00', '13:00-13:30 lunch')])),
  exceptions: new Map(),
}

/** A history of ana in these statuses from these times on, then her rows in one line each. */
function storyOf(
  entered: readonly (readonly [time: string, status: string])[],
  about: { facts?: readonly HistoryFact[]; now: string; from?: string; catalogue?: Catalogue },
): string[] {
  const ledger = createLedger()
  const stays = entered.map(
    ([time, to]): HistoryFact => ({
      ...{ type: 'status-entered', at: at(time), operator: 'ana', from: null, to, cause: 'panel' },
      ...{ due: null, lastSeen: null, by: 'ana' },
    }),
  )
  const facts = [...(about.facts ?? []), ...stays]
  for (const [index, fact] of facts.entries())
    enterEntry(ledger, { ...fact, seq: index + 1, recordedAt: fact.at, prev: '' })
  const catalogue = about.catalogue ?? catalogueWith({ calendars: [nine], operators: [{ id: 'ana', calendar: 'day' }] })
  completeLedger(ledger, { ...catalogue, statuses: historyStatuses }, at(about.now))
  const window = { from: at(about.from ?? '23T00:00:00'), to: at(about.now) }
  const asked = { window, operators: [operatorLedger(ledger, 'ana')], knownUntil: at(about.now) }
  return complianceReport(ledger, asked).flatMap(({ rows }) =>
    rows.map(({ day, scheduledMs, adherentMs, lateMs, earlyLeaveMs, unknownMs }) => {
      const minutes = { scheduledMs, adherentMs, lateMs, earlyLeaveMs, unknownMs }
      return `${day} ${Object.entries(minutes)
        .map(([key, ms]) => `${key.replace('Ms', '')} ${ms / minute}`)
        .join(' ')}`
    }),
  )
}

test('twenty minutes late, a long lunch, ten minutes early', () => {
  const lived = [
    ['23T00:00:00', 'offline'],
    ['23T09:20:00', 'online'],
    ['23T13:00:00', 'lunch'],
    ['23T13:45:00', 'online'],
    ['23T17:50:00', 'offline'],
  ] as const
  expect(storyOf(lived, { now: '24T00:00:00' })).toEqual([
    '2026-11-23 scheduled 540 adherent 495 late 20 earlyLeave 10 unknown 0',
  ])
})

test('who worked up to the very start of the shift, then went, was late', () => {
  const lived = [
    ['23T08:00:00', 'online'],
    ['23T09:00:00', 'offline'],
    ['23T09:20:00', 'online'],
  ] as const
  expect(storyOf(lived, { now: '23T10:00:00' })).toEqual([
    '2026-11-23 scheduled 60 adherent 40 late 20 earlyLeave 0 unknown 0',
  ])
})

test('a shift that is still going on was not left early, and its rest is not scheduled yet', () => {
  const lived = [
    ['23T08:00:00', 'online'],
    ['23T10:00:00', 'offline'],
  ] as const
  expect(storyOf(lived, { now: '23T11:00:00' })).toEqual([
    '2026-11-23 scheduled 120 adherent 60 late 0 earlyLeave 0 unknown 0',
  ])
})

test('who never came was late all the shift; what was before the first stay is unknown', () => {
  expect(storyOf([['23T12:00:00', 'offline']], { now: '24T00:00:00', from: '21T00:00:00' })).toEqual([
    '2026-11-23 scheduled 540 adherent 0 late 540 earlyLeave 0 unknown 180',
  ])
})

test('a new week plan holds from its day on, an exception for its date whenever it was written', () => {
  const late = { ...nine, week: Object.fromEntries(weekdays.map((weekday) => [weekday, dayOf('10:00-18:00')])) }
  const withHoliday = { ...late, exceptions: new Map([['2026-11-24', dayOf()]]) }
  const changed = (time: string, calendar: Calendar): HistoryFact => ({
    ...{ type: 'calendars-changed', at: at(time), by: 'test', calendars: ['day'] },
    after: [calendarToJson(calendar)],
  })
  const facts = [changed('01T00:00:00', nine), changed('25T12:00:00', late), changed('26T12:00:00', withHoliday)]
  const catalogue = catalogueWith({ calendars: [withHoliday], operators: [{ id: 'ana', calendar: 'day' }] })
  const lines = storyOf([['23T00:00:00', 'online']], { now: '26T00:00:00', facts, catalogue })
  expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
    '2026-11-23 scheduled 540',
    '2026-11-24 scheduled 0',
    '2026-11-25 scheduled 480',
  ])
})

test('the assignment at the end of a day applies to it, the first one also to the days before it', () => {
  const [person] = catalogueWith({ operators: [{ id: 'ana' }] }).operators as [Operator]
  const assigned = (time: string, calendar: string | null): HistoryFact => ({
    ...{ type: 'operator-edited', at: at(time), by: 'test', before: person, after: { ...person, calendar } },
  })
  const facts = [
    { type: 'operator-added', at: at('22T00:00:00'), by: 'test', operator: person } as const,
    assigned('24T12:00:00', 'day'),
    assigned('25T12:00:00', null),
  ]
  const catalogue = catalogueWith({ calendars: [nine], operators: [{ id: 'ana' }] })
  const lines = storyOf([['23T00:00:00', 'online']], { now: '27T00:00:00', facts, catalogue })
  expect(lines.map((line) => line.slice(0, 10))).toEqual(['2026-11-23', '2026-11-24'])
})
