import { expect, test } from 'vitest'
import { starterCatalogue } from '../../../src/domain/catalogue/catalogue.ts'
import type { Problem } from '../../../src/domain/catalogue/rules/problem.ts'
import { judge } from '../../../src/domain/replay/expectations.ts'
import { parseScenario, resolveScenario } from '../../../src/domain/replay/scenario.ts'

const nine = Date.parse('2026-11-22T09:00:00Z')
const catalogue = {
  ...starterCatalogue,
  operators: [
    { id: 'ana', name: 'Ana', role: 'operator' as const, account: null, initialStatus: null, calendar: null },
  ],
}

test('relative times count from the start, and a session may be left out', () => {
  expect(
    parseScenario({
      start: '2026-11-22T09:00:00Z',
      initial: { ana: 'online' },
      records: [
        { at: '+0s', operator: 'ana', event: 'open' },
        { at: '+1h30m', operator: 'ana', event: 'beat', session: 'tab-2' },
      ],
      until: '+2h',
      expect: [{ at: '+10m', operator: 'ana', status: 'online' }],
    }),
  ).toEqual({
    ok: true,
    value: {
      catalogue: { from: 'store' },
      start: nine,
      initial: new Map([['ana', 'online']]),
      records: [
        { at: nine, operator: 'ana', event: 'open', session: 'panel' },
        { at: nine + 5_400_000, operator: 'ana', event: 'beat', session: 'tab-2' },
      ],
      until: nine + 7_200_000,
      expect: [{ at: nine + 600_000, operator: 'ana', status: 'online' }],
      unread: [],
    },
  })
})

test('every problem is named with its path, at once', () => {
  const parsed = parseScenario({
    records: [
      { at: '+10m', operator: 'ana', event: 'beat' },
      { at: '2026-11-22T24:00:00Z', operator: 'ana', event: 'open' },
      { at: nine, operator: 'ana', event: 'bet' },
      { at: nine, event: 'open' },
      7,
    ],
    expect: [{ at: nine, operator: 'ana' }],
    initial: [],
  })
  expect(parsed.ok ? [] : parsed.failure.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    '$.initial wrong-type',
    '$.records[0].at relative-without-start',
    '$.records[1].at bad-time',
    '$.records[2].event bad-record',
    '$.records[3].operator missing',
    '$.records[4] wrong-type',
    '$.expect[0].status missing',
  ])
})

test('a scenario without records is none', () => {
  expect(parseScenario({})).toEqual({ ok: false, failure: [{ path: '$', kind: 'missing', key: 'records' }] })
})

const minimal = { start: nine, records: [{ at: '+1m', operator: 'ana', event: 'open' }] }

test.each<[string, object, readonly string[]]>([
  ['a mistyped key', { exepct: [] }, ['$.exepct unknown-key expect']],
  [
    "a mistyped key of an expectation, beside the one that's then missing",
    { expect: [{ at: '+1m', operater: 'ana', status: 'online' }] },
    ['$.expect[0].operater unknown-key operator', '$.expect[0].operator missing'],
  ],
  [
    'a session that was mistyped, and so left out',
    { records: [{ at: '+1m', operator: 'ana', event: 'open', sesion: 'tab-1' }] },
    ['$.records[0].sesion unknown-key session'],
  ],
  ['an end before the start', { until: nine - 1 }, ['$.until before-start']],
  [
    'an expectation before the start',
    { expect: [{ at: nine - 1, operator: 'ana', status: 'online' }] },
    ['$.expect[0].at before-start'],
  ],
  [
    'an expectation after the end',
    { until: '+2m', expect: [{ at: '+3m', operator: 'ana', status: 'online' }] },
    ['$.expect[0].at after-until'],
  ],
])('what would make the test say nothing is refused: %s', (_what, changed, problems) => {
  const parsed = parseScenario({ ...minimal, ...changed })
  expect(parsed.ok ? [] : parsed.failure.map(wordsOf)).toEqual(problems)
})

function wordsOf(problem: Problem): string {
  const similar = problem.kind === 'unknown-key' ? problem.similar : []
  return [problem.path, problem.kind, ...similar].join(' ')
}

test('a key like none that is read is noted, not refused', () => {
  const noted = { 'time zone': 'UTC', expect: [{ at: '+1m', operator: 'ana', status: 'online', why: 'early' }] }
  const parsed = parseScenario({ ...minimal, ...noted })
  expect(parsed.ok && parsed.value.unread).toEqual(['$["time zone"]', '$.expect[0].why'])
})

test.each<[string, object]>([
  ['words for people', { $schema: 'x', name: 'Lunch', description: 'why', 'x-ticket': 7 }],
  ["a record's further fields, as in a feed", { records: [{ ...minimal.records[0], session: 's', sessionNumber: 7 }] }],
  [
    'an end and an expectation at the start',
    { until: nine, expect: [{ at: nine, operator: 'ana', status: 'online' }] },
  ],
])('a scenario may hold %s', (_what, changed) => {
  expect(parseScenario({ ...minimal, ...changed })).toMatchObject({ ok: true, value: { unread: [] } })
})

test('who or what the catalogue does not have is named', () => {
  const parsed = parseScenario({
    initial: { bo: 'online' },
    records: [
      { at: nine, operator: 'zoe', event: 'open' },
      { at: nine, operator: 'ana', event: 'status', status: 'Lunch' },
    ],
  })
  const resolved = parsed.ok ? resolveScenario(parsed.value, catalogue) : parsed
  expect(resolved).toEqual({
    ok: false,
    failure: [
      { path: '$.records[0].operator', kind: 'unknown-operator', value: 'zoe' },
      { path: '$.records[1].status', kind: 'unknown-status', value: 'Lunch' },
      { path: '$.initial.bo', kind: 'unknown-operator', value: 'bo' },
    ],
  })
})

test('an expectation holds the last transition up to its instant against the status expected', () => {
  const transition = {
    operator: 'ana',
    from: 'online',
    to: 'offline',
    cause: 'panel',
    due: null,
    lastSeen: null,
    by: 'ana',
  } as const
  const played = { transitions: [{ ...transition, at: nine }], startStatus: new Map([['ana', 'online']]) }
  const expected = [
    { at: nine - 1, operator: 'ana', status: 'online' },
    { at: nine, operator: 'ana', status: 'online' },
  ]
  expect(judge(expected, played)).toEqual({ passed: 1, failed: [{ ...expected[1], actual: 'offline' }] })
})

test('an offset that leads beyond the times there are is no time', () => {
  const far = '+9999999999d'
  const parsed = parseScenario({
    start: '2026-11-22T09:00:00Z',
    records: [{ at: far, operator: 'ana', event: 'beat' }],
    until: far,
    expect: [{ at: far, operator: 'ana', status: 'online' }],
  })
  expect(parsed.ok ? [] : parsed.failure.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    '$.until bad-time',
    '$.records[0].at bad-time',
    '$.expect[0].at bad-time',
  ])
})
