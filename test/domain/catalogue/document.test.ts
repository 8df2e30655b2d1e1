import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { patchDocument, toDocument } from '../../../src/domain/catalogue/document.ts'
import { parseCatalogue } from '../../../src/domain/catalogue/rules/rules.ts'
import { anyCatalogue, catalogueWith } from '../../support/catalogues.ts'

function parsed(document: unknown): Catalogue {
  const result = parseCatalogue(document)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

/** The document's text after a change of the catalogue that was read from it. */
function patched(document: object, change: (catalogue: Catalogue) => Catalogue): string {
  const before = parsed(document)
  return JSON.stringify(patchDocument(document, before, change(before)))
}

const handWritten = {
  note: 'ours',
  statuses: [
    { team: 7, name: ' Online ', id: 'online', color: 'GREEN', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#777' },
  ],
  operators: [{ shoe: 42, id: 'ana' }],
  version: 1,
}

test('the file’s shape has every key, and durations as text', () => {
  const catalogue = catalogueWith({
    settings: { massGuard: { share: 0.3, atLeast: 3, holdMs: 90_000 }, offlineAfterMs: null },
    calendars: [
      {
        id: 'day',
        name: 'Day',
        timeZone: 'Europe/Kyiv',
        week: { mon: [{ fromMinute: 545, toMinute: 1440, status: null }] },
        exceptions: new Map([['2026-12-25', [{ fromMinute: 0, toMinute: 60, status: 'on-break' }]]]),
      },
    ],
    operators: [{ id: 'ana', calendar: 'day' }],
  })
  expect(toDocument({ ...catalogue, statuses: [] })).toEqual({
    version: 1,
    statuses: [],
    settings: {
      defaultOffline: 'offline',
      autoOffline: { enabled: false, status: null },
      offlineAfter: null,
      sessionTimeout: '2m',
      feedTimeout: '1m',
      massGuard: { share: 0.3, atLeast: 3, hold: '1m30s' },
      access: 'open',
    },
    calendars: [
      {
        id: 'day',
        name: 'Day',
        timeZone: 'Europe/Kyiv',
        week: { mon: [{ from: '09:05', to: '24:00' }] },
        exceptions: { '2026-12-25': [{ from: '00:00', to: '01:00', status: 'on-break' }] },
      },
    ],
    operators: [{ id: 'ana', name: 'ana', role: 'operator', account: null, initialStatus: null, calendar: 'day' }],
  })
})

test('a change is written where it happened, everything else stays as it was typed', () => {
  expect(
    patched(handWritten, (catalogue) => ({
      ...catalogue,
      statuses: catalogue.statuses.map((status) => (status.id === 'online' ? { ...status, name: 'Ready' } : status)),
    })),
  ).toBe(JSON.stringify(handWritten).replace(' Online ', 'Ready'))
})

test('a setting that was not there is added alone', () => {
  expect(
    patched(handWritten, (catalogue) => ({
      ...catalogue,
      settings: { ...catalogue.settings, defaultOffline: 'offline' },
    })),
  ).toBe(JSON.stringify({ ...handWritten, settings: { defaultOffline: 'offline' } }))
})

test('unknown keys inside a changed setting stay', () => {
  const document = {
    ...handWritten,
    settings: { autoOffline: { why: 'x', enabled: false, status: null }, offlineAfter: '600s' },
  }
  expect(
    patched(document, ({ settings, ...rest }) => ({
      ...rest,
      settings: { ...settings, autoOffline: { enabled: true, status: 'offline' } },
    })),
  ).toBe(
    JSON.stringify({
      ...document,
      settings: { autoOffline: { why: 'x', enabled: true, status: 'offline' }, offlineAfter: '600s' },
    }),
  )
})

test('entries move with what people wrote into them, new ones are written out', () => {
  const [online, offline] = handWritten.statuses
  const lunch = { id: 'lunch', name: 'Lunch', color: '#123456', canReceive: false, countAfterClose: true }
  expect(
    patched(handWritten, (catalogue) => ({ ...catalogue, statuses: [...catalogue.statuses, lunch].reverse() })),
  ).toBe(JSON.stringify({ ...handWritten, statuses: [lunch, offline, online] }))
})

test('an id that was made from the name is written down before it could change', () => {
  const document = {
    version: 1,
    statuses: [
      { name: 'On break', color: 'red' },
      { name: 'Lunch', color: 'red' },
    ],
  }
  expect(
    patched(document, (catalogue) => ({
      ...catalogue,
      statuses: catalogue.statuses.slice(0, 1).map((one) => ({ ...one, name: 'Pause' })),
    })),
  ).toBe('{"version":1,"statuses":[{"id":"on-break","name":"Pause","color":"red"}]}')
})

test('a key called __proto__ is kept like any other', () => {
  const text = '{"__proto__":{"x":1},"version":1,"statuses":[{"__proto__":7,"id":"a","name":"A","color":"red"}]}'
  expect(
    patched(JSON.parse(text), (catalogue) => ({
      ...catalogue,
      statuses: catalogue.statuses.map((one) => ({ ...one, name: 'B' })),
    })),
  ).toBe(text.replace('"A"', '"B"'))
})

test('from any catalogue to any other: the result is the other, unknown keys and their order stay, the input too', () => {
  fc.assert(
    fc.property(anyCatalogue, anyCatalogue, fc.boolean(), (before, after, sparse) => {
      const { settings, ...written } = toDocument(before)
      const document = { zebra: 1, ...written, ...(sparse ? {} : { settings: { note: 'x', ...settings } }), ant: [2] }
      const from = parsed(document)
      const text = JSON.stringify(document)
      const result = patchDocument(document, from, after) as object
      expect(parsed(result)).toEqual(after)
      expect(result).toMatchObject(sparse ? { zebra: 1, ant: [2] } : { zebra: 1, ant: [2], settings: { note: 'x' } })
      expect(Object.keys(result).slice(0, Object.keys(document).length)).toEqual(Object.keys(document))
      expect(JSON.stringify(document)).toBe(text)
      expect(patchDocument(result, after, after)).toBe(result)
    }),
    { numRuns: 300 },
  )
})
