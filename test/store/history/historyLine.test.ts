import { expect, test } from 'vitest'
import { defaultSettings } from '../../../src/domain/catalogue/catalogue.ts'
import type { HistoryEntry, HistoryFact } from '../../../src/domain/history/history.ts'
import { formatLine, parseLine } from '../../../src/store/history/historyLine.ts'
import { catalogueWith, statusNamed } from '../../support/catalogues.ts'
import { noon } from '../../support/system.ts'

const when = { at: noon, by: 'ana' }
const status = statusNamed('Перерва ☕ "x"\u2028', { id: '__proto__' })
const [operator = { id: '', name: '', role: 'operator', account: null, initialStatus: null, calendar: null }] =
  catalogueWith({ operators: [{ id: 'constructor', account: 'root' }] }).operators
const settings = {
  ...defaultSettings,
  autoOffline: { enabled: true, status: 'offline' },
  offlineAfterMs: null,
  feedTimeoutMs: 5_400_000,
  massGuard: { share: 0.3, atLeast: 3, holdMs: 120_000 },
} as const
const calendar = {
  id: 'c',
  name: 'C',
  timeZone: 'Europe/Kyiv',
  week: { mon: [{ from: '09:00', to: '18:00', status: 'lunch' }] },
  exceptions: { '2026-12-25': [] },
}

/** One of every kind, and what the line says of it. */
const facts: readonly (readonly [HistoryFact, string])[] = [
  [
    {
      type: 'status-entered',
      ...when,
      operator: 'ana',
      from: null,
      to: 'offline',
      cause: 'auto-offline',
      due: 0,
      lastSeen: null,
    },
    '"operator":"ana","from":null,"to":"offline","cause":"auto-offline","due":"1970-01-01T00:00:00.000Z","lastSeen":null',
  ],
  [{ type: 'dialogues', ...when, operator: 'ana', open: 0 }, '"operator":"ana","open":0'],
  [{ type: 'status-created', ...when, status, position: 1 }, `"status":${JSON.stringify(status)},"position":1`],
  [
    { type: 'status-edited', ...when, before: status, after: status, position: 3 },
    `"before":${JSON.stringify(status)},"after":${JSON.stringify(status)},"position":3`,
  ],
  [{ type: 'status-deleted', ...when, status }, `"status":${JSON.stringify(status)}`],
  [
    { type: 'settings-changed', ...when, before: defaultSettings, after: settings },
    '"before":{"defaultOffline":null,"autoOffline":{"enabled":false,"status":null},"offlineAfter":"10m","sessionTimeout":"2m","feedTimeout":"1m","massGuard":null,"access":"open"},' +
      '"after":{"defaultOffline":null,"autoOffline":{"enabled":true,"status":"offline"},"offlineAfter":null,"sessionTimeout":"2m","feedTimeout":"1h30m","massGuard":{"share":0.3,"atLeast":3,"hold":"2m"},"access":"open"}',
  ],
  [{ type: 'operator-added', ...when, operator }, `"operator":${JSON.stringify(operator)}`],
  [
    { type: 'operator-edited', ...when, before: operator, after: operator },
    `"before":${JSON.stringify(operator)},"after":${JSON.stringify(operator)}`,
  ],
  [{ type: 'operator-removed', ...when, operator }, `"operator":${JSON.stringify(operator)}`],
  [
    { type: 'applied', ...when, source: 'x.yaml', changes: { created: 1, edited: 2, deleted: 3 } },
    '"source":"x.yaml","changes":{"created":1,"edited":2,"deleted":3}',
  ],
  [
    { type: 'history-altered', ...when, expected: { seq: 6, head: 'f00d' }, found: { seq: 5, head: 'cafe' } },
    '"expected":{"seq":6,"head":"f00d"},"found":{"seq":5,"head":"cafe"}',
  ],
  [
    { type: 'calendars-changed', ...when, calendars: ['c'], after: [calendar] },
    `"calendars":["c"],"after":${JSON.stringify([calendar])}`,
  ],
]

const place = { seq: 7, recordedAt: noon + 5, prev: 'f00d' }

test.each(facts.map(([fact, fields]) => ({ type: fact.type, fact, fields })))(
  '$type is written and read back',
  (kind) => {
    const entry: HistoryEntry = { ...kind.fact, ...place }
    const text = formatLine({ entry, catalogue: null, more: false })
    expect(text).toBe(
      `{"seq":7,"at":"2026-11-22T12:00:00.000Z","type":"${kind.type}","by":"ana",${kind.fields},"recordedAt":"2026-11-22T12:00:00.005Z","prev":"f00d"}`,
    )
    expect(parseLine(text)).toEqual({ entry, catalogue: null, more: false })
  },
)

test.each(facts.map(([fact]) => fact))('$type with any one field missing or of another kind is no entry', (fact) => {
  const entry: HistoryEntry = { ...fact, ...place }
  const raw = JSON.parse(formatLine({ entry, catalogue: null, more: false })) as Record<string, unknown>
  for (const key of Object.keys(raw)) {
    // Settings of another version of the program may lack keys: these have their defaults.
    for (const wrong of fact.type === 'settings-changed' ? [undefined, true, -1] : [undefined, true, -1, {}]) {
      expect(parseLine(JSON.stringify({ ...raw, [key]: wrong })), `${key}: ${JSON.stringify(wrong)}`).toBeNull()
    }
  }
})

test('the position in the feed, the mark of the catalogue and the rest of the commit', () => {
  const entry: HistoryEntry = {
    type: 'dialogues',
    ...when,
    operator: 'ana',
    open: 2,
    ...place,
    feed: { file: 'f', offset: 9 },
  }
  const line = { entry, catalogue: { before: null, after: 'abc' }, more: true }
  const text = formatLine(line)
  expect(text.slice(text.indexOf(',"prev"'))).toBe(
    ',"prev":"f00d","feed":{"file":"f","offset":9},"catalogue":{"before":null,"after":"abc"},"more":true}',
  )
  expect(parseLine(text)).toEqual(line)
})

test('further keys are passed over', () => {
  const [fact] = facts[1] ?? []
  if (fact === undefined) throw new Error('no fact')
  const entry: HistoryEntry = { ...fact, ...place }
  const text = formatLine({ entry, catalogue: null, more: false })
  expect(parseLine(text.replace('{', '{"__proto__":{"open":9},"later":1,'))?.entry).toEqual(entry)
})

test.each(['', 'null', '[]', '{}', '{"seq":1', '{"type":"__proto__"}', '{"type":"constructor"}'])(
  '%j is no entry',
  (text) => {
    expect(parseLine(text)).toBeNull()
  },
)
