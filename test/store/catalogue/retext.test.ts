import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshText } from '../../../src/store/catalogue/jsonStyle.ts'
import { retext } from '../../../src/store/catalogue/retext.ts'

function check(text: string, change: (document: Doc) => unknown, expected: string) {
  const before = JSON.parse(text) as Doc
  const after = change(structuredClone(before))
  expect(retext(text, before, after)).toBe(expected)
}

type Doc = { [key: string]: unknown; statuses: { [key: string]: unknown; id: string }[] }

const handWritten = `{
  "note": 12345678901234567890, "version": 1,
  "statuses": [
    {"id": "online",   "name": "Online",  "canReceive": true },
    {"id": "offline",  "name": "Offline", "canReceive": false}
  ],
  "settings": { "offlineAfter" : "10m" },
  "operators": [ ]
}

`

test('an equal document leaves every byte', () => {
  check(handWritten, (document) => document, handWritten)
})

test('a changed value is replaced and nothing else', () => {
  const expected = handWritten.replace('"Offline"', '"Away"')
  check(
    handWritten,
    (document) => {
      Object.assign(document.statuses[1] ?? {}, { name: 'Away' })
      return document
    },
    expected,
  )
})

test('a new status on a line of its own, as its neighbours are', () => {
  const expected = handWritten.replace(
    '"canReceive": false}\n',
    '"canReceive": false},\n    {"id": "lunch", "name": "Lunch", "canReceive": false}\n',
  )
  check(
    handWritten,
    (document) => ({
      ...document,
      statuses: [...document.statuses, { id: 'lunch', name: 'Lunch', canReceive: false }],
    }),
    expected,
  )
})

test('a moved status takes its line with it', () => {
  const lines = handWritten.split('\n')
  const [one = '', other = ''] = [lines[3], lines[4]]
  const expected = handWritten.replace(`${one}\n${other}`, `${other},\n${one.slice(0, -1)}`)
  check(handWritten, (document) => ({ ...document, statuses: document.statuses.toReversed() }), expected)
})

test('removed: a status, then all of them', () => {
  check(
    handWritten,
    (document) => ({ ...document, statuses: document.statuses.slice(1) }),
    handWritten.replace(/ {4}\{"id": "online".*\n/, ''),
  )
  check(
    handWritten,
    (document) => ({ ...document, statuses: [] }),
    handWritten.replace(/"statuses": \[[^\]]*\]/, '"statuses": []'),
  )
})

test('the first operator and a new setting are written in the style of the file', () => {
  const expected = handWritten
    .replace('"operators": [ ]', '"operators": [\n    {\n      "id": "ana"\n    }\n  ]')
    .replace('"10m" }', '"10m", "access": "roles" }')
  check(
    handWritten,
    (document) => ({
      ...document,
      settings: { offlineAfter: '10m', access: 'roles' },
      operators: [{ id: 'ana' }],
    }),
    expected,
  )
})

test('Windows line ends, tabs and minified text are kept', () => {
  const windows = '{\r\n\t"statuses": [\r\n\t\t{\r\n\t\t\t"id": "a"\r\n\t\t}\r\n\t]\r\n}\r\n'
  check(
    windows,
    (document) => ({ ...document, statuses: [...document.statuses, { id: 'b' }] }),
    '{\r\n\t"statuses": [\r\n\t\t{\r\n\t\t\t"id": "a"\r\n\t\t},\r\n\t\t{\r\n\t\t\t"id": "b"\r\n\t\t}\r\n\t]\r\n}\r\n',
  )
  check(
    '{"statuses":[{"id":"a"}]}',
    (document) => ({ ...document, statuses: [...document.statuses, { id: 'b' }], more: [1] }),
    '{"statuses":[{"id":"a"},{"id":"b"}],"more":[1]}',
  )
})

test('of a key written twice the last one counts', () => {
  const text = '{"statuses":[],"x":1,"x":2}'
  check(text, (document) => ({ ...document, x: 3 }), '{"statuses":[],"x":1,"x":3}')
  check(text, () => ({ statuses: [] }), '{"statuses":[]}')
  const spelled = '{"statuses":[],"x":1,"y":1,"\\u0078":2,"z":"x","y":4}'
  check(spelled, (document) => ({ ...document, x: 3 }), '{"statuses":[],"x":1,"y":1,"\\u0078":3,"z":"x","y":4}')
  check(spelled, (document) => ({ ...document, y: 3 }), '{"statuses":[],"x":1,"y":1,"\\u0078":2,"z":"x","y":3}')
  const twice = '{"statuses":[],"x":1,"x":2,"y":1}'
  check(twice, (document) => ({ ...document, x: 3, y: 4 }), '{"statuses":[],"x":1,"x":3,"y":4}')
})

const layouts = [
  (value: unknown) => JSON.stringify(value),
  (value: unknown) => JSON.stringify(value, null, 2),
  (value: unknown) => JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n'),
  (value: unknown) => ` ${JSON.stringify(value, null, 1).replaceAll(':', ' :  ').replaceAll(',', ' ,')}\n\n`,
  (value: unknown) => JSON.stringify(value).replaceAll(',', ',\n'),
]

const word = fc.constantFrom('a', 'id', '__proto__', 'constructor', '\\"', '}{["', 'ж', '')
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, -1.5, 1e21),
    word,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(word, tie('json')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), tie('json')), { maxLength: 4 }).map((entries) => {
      return entries.map(([id, value]) => ({ id, value }))
    }),
  ),
}))

test('whatever the documents and the layout: the new text holds the new document', () => {
  fc.assert(
    fc.property(json, json, fc.constantFrom(...layouts), (one, other, layout) => {
      const text = layout(one)
      const before: unknown = JSON.parse(text)
      const written = retext(text, before, other)
      expect(JSON.stringify(sorted(JSON.parse(written)))).toBe(
        JSON.stringify(sorted(JSON.parse(JSON.stringify(other)))),
      )
      expect(retext(written, JSON.parse(written), JSON.parse(written))).toBe(written)
    }),
    { numRuns: 2000 },
  )
})

test('the same where only values change and keys stay', () => {
  const keys = fc.uniqueArray(word, { minLength: 1, maxLength: 5 })
  const values = fc.array(fc.tuple(json, json, fc.boolean()), { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(keys, values, fc.constantFrom(...layouts), (names, pairs, layout) => {
      const rows = names.map((name, index) => ({ name, pair: pairs[index] ?? [null, null, false] }))
      const before = Object.fromEntries(rows.map(({ name, pair }) => [name, pair[0]]))
      const after = Object.fromEntries(rows.map(({ name, pair }) => [name, pair[2] ? pair[1] : pair[0]]))
      const text = layout(before)
      const written = retext(text, JSON.parse(text), after)
      expect(sorted(JSON.parse(written))).toEqual(sorted(JSON.parse(JSON.stringify(after))))
    }),
    { numRuns: 2000 },
  )
})

test('a new file has two spaces and ends with a newline', () => {
  expect(freshText({ version: 1 })).toBe('{\n  "version": 1\n}\n')
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const keys = Object.keys(value).sort()
  return keys.map((key) => [key, sorted((value as Record<string, unknown>)[key])])
}
