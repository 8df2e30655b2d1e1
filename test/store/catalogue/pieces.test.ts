import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCatalogue } from '../../../src/domain/catalogue/rules/rules.ts'
import { readInPieces } from '../../../src/store/catalogue/pieces.ts'

const online = { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false }
const operator = (index: number) => ({ id: `op-${index}`, name: `Олена ${index}`, initialStatus: 'online' })
const whole = (count: number) => ({
  version: 1,
  statuses: [online],
  'x-note': ['{\n    },\n    {'],
  operators: Array.from({ length: count }, (_, index) => operator(index)),
  calendars: ['early', 'late'].map((id) => ({ id, name: id, timeZone: 'Europe/Kyiv', week: {} })),
})

test('a large catalogue, cut wherever its operators allow, is the one that stands there', () => {
  for (const count of [1, 2, 3, 50])
    for (const pieceBytes of [0, 1, 60, 61, 500, 1 << 16]) {
      const text = JSON.stringify(whole(count), null, 2)
      expect(readInPieces(Buffer.from(text), pieceBytes)).toEqual(parsed(text))
    }
})

const odd = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.replace(/\n */g, ''),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\ufeff${text}`,
  (text) => text.replace('"op-1"', '"op-0"'),
  (text) => text.replace('"op-2"', '"op 2"'),
  (text) => text.replace('"initialStatus": "online"', '"initialStatus": "nowhere"'),
  (text) => text.replace('"version": 1', '"version": 2'),
  (text) => text.replace(/\]\n\}$/, '],\n  "operators": []\n}'),
  (text) => text.replace(/\]\n\}$/, '],\n  "\\u006fperators": [\n    0\n  ]\n}'),
  (text) => text.replace('"version": 1', '"x": {\n  "operators": [\n    {\n    }\n  ]\n  },\n  "version": 1'),
  (text) => text.replace('"id": "op-1"', '"x": [\n    {\n    },\n    {\n    }\n  ],\n      "id": "op-1"'),
  (text) => text.replace('"id": "op-1"', '"x": {\n    }\n  ,\n      "id": "op-1"'),
)
const mutation = fc.oneof(
  { weight: 2, arbitrary: odd },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.nat(2000),
        fc.nat(3),
        fc.constantFrom('', '"', '{', '}', '[', ']', ',', '\n    },\n    {', '\ud800', '\0'),
      )
      .map(([at, removed, added]) => (text: string) => {
        const place = at % text.length
        return text.slice(0, place) + added + text.slice(place + removed)
      }),
  },
)

test('what is damaged or laid out otherwise is read as it stands or left to those who look at all of it', () => {
  fc.assert(
    fc.property(fc.nat(5), fc.nat(300), fc.array(mutation, { maxLength: 2 }), (count, pieceBytes, mutations) => {
      const text = mutations.reduce((one, mutate) => mutate(one), JSON.stringify(whole(count), null, 2))
      const bytes = Buffer.from(text)
      const found = readInPieces(bytes, pieceBytes)
      if (found !== null) expect(found).toEqual(parsed(bytes.toString()))
    }),
    { numRuns: 3000 },
  )
})

test('bytes that are no characters are never taken for some', () => {
  const bytes = Buffer.from(JSON.stringify(whole(3), null, 2))
  bytes[bytes.indexOf('Олена')] = 0xff
  expect(readInPieces(bytes)).toBe(null)
})

/** Undefined where it is no catalogue. */
function parsed(text: string): unknown {
  try {
    const catalogue = parseCatalogue(JSON.parse(text))
    return catalogue.ok ? catalogue.value : undefined
  } catch {
    return undefined
  }
}
