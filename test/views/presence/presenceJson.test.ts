import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PresenceRow } from '../../../src/domain/presence/presence.ts'
import { escapeInJson } from '../../../src/views/painting/printable.ts'
import { presenceJson } from '../../../src/views/presence/presenceJson.ts'
import { presenceShape } from '../../../src/views/presence/presenceShapes.ts'

const plainText = fc.string({ maxLength: 20 })
const anyText = fc.string({ unit: 'binary', maxLength: 20 })
const nasty = fc.constantFrom(
  '"',
  '\\',
  'a\\n',
  '\n',
  '\u202e',
  '\u{1f469}\u200d\u{1f4bb}',
  '7\ufe0f\u20e3',
  '\ud800',
  'Ł',
  '',
)
const text = fc.oneof(plainText, anyText, nasty)
const time = fc.option(fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -6e13, max: 2e14 })))
const row: fc.Arbitrary<PresenceRow> = fc.record({
  operator: text,
  name: text,
  status: fc.option(text),
  statusName: fc.option(text),
  canReceive: fc.boolean(),
  since: time,
  presence: fc.constantFrom('connected', 'waiting', 'overdue', 'away'),
  sessions: fc.nat(),
  lastSeen: time,
  dialogues: fc.nat(),
  switchAt: time,
  switchTo: fc.option(text),
})

test('rows are printed byte for byte as JSON.stringify prints their shapes', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
      const printed = [...presenceJson(rows)].join('')
      expect(printed).toBe(`${escapeInJson(JSON.stringify(rows.map(presenceShape), null, 2))}\n`)
    }),
    { numRuns: 400 },
  )
})
