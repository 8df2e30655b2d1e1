import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { patchDocument, toDocument } from '../../../src/domain/catalogue/document.ts'
import { parseCatalogue } from '../../../src/domain/catalogue/rules/rules.ts'
import { addOperator, editOperator, removeOperators } from '../../../src/domain/edits/operatorEdits.ts'
import { setSetting, settingKeys } from '../../../src/domain/edits/settingsEdits.ts'
import { deleteStatuses } from '../../../src/domain/edits/statusDeletion.ts'
import { createStatus, editStatus } from '../../../src/domain/edits/statusEdits.ts'
import { anyCatalogue, anyOperatorId } from '../../support/catalogues.ts'

type Edit = (
  catalogue: Catalogue,
) => { readonly ok: true; readonly value: { readonly catalogue: Catalogue } } | { readonly ok: false }

const text = fc.oneof(
  fc.constantFrom(
    's0',
    's1',
    'status-2',
    'On break 0',
    'перерва 1',
    'Lunch',
    'lunch',
    'LUNCH',
    '休憩',
    '__proto__',
    'red',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const reference = fc.oneof(text, fc.constantFrom('s0', 's1', 's2', 'status-0', 'status-1', '0_x', '1_x', 'lunch'))
const settingValue = fc.oneof(
  text,
  fc.constantFrom('off', 'none', 'never', '5m', '30h', '30%', '{"share":1,"hold":"1s"}', 'roles'),
)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 1 })
const optional = { requiredKeys: [] }

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .record({
      name: text,
      id: maybe(text),
      color: maybe(text),
      canReceive: fc.boolean(),
      countAfterClose: fc.boolean(),
      position: maybe(fc.integer({ min: -1, max: 9 })),
    })
    .map(
      (input): Edit =>
        (catalogue) =>
          createStatus(catalogue, input),
    ),
  fc
    .tuple(
      reference,
      fc.record({ name: text, canReceive: fc.boolean(), countAfterClose: fc.boolean(), position: fc.nat(9) }, optional),
    )
    .map(
      ([wanted, changes]): Edit =>
        (catalogue) =>
          editStatus(catalogue, wanted, changes),
    ),
  fc.tuple(fc.array(reference, { minLength: 1, maxLength: 2 }), maybe(text)).map(
    ([references, moveTo]): Edit =>
      (catalogue) =>
        deleteStatuses(catalogue, { references, moveTo, occupants: new Map() }),
  ),
  fc
    .record({
      id: fc.oneof(anyOperatorId, text),
      name: maybe(text),
      role: fc.constantFrom(null, 'supervisor', 'boss'),
      account: maybe(text),
      status: maybe(reference),
      calendar: fc.constantFrom(null, 'ana'),
    })
    .map(
      (input): Edit =>
        (catalogue) =>
          addOperator(catalogue, input),
    ),
  fc.tuple(anyOperatorId, fc.record({ name: text, account: maybe(text), status: maybe(reference) }, optional)).map(
    ([id, changes]): Edit =>
      (catalogue) =>
        editOperator(catalogue, id, changes),
  ),
  anyOperatorId.map(
    (id): Edit =>
      (catalogue) =>
        removeOperators(catalogue, [id]),
  ),
  fc.tuple(fc.constantFrom(...settingKeys), settingValue).map(
    ([key, value]): Edit =>
      (catalogue) =>
        setSetting(catalogue, key, value),
  ),
)

test('whatever edits are made, the catalogue keeps every rule, in memory and in its file', () => {
  let done = 0
  fc.assert(
    fc.property(anyCatalogue, fc.array(anyEdit, { minLength: 4, maxLength: 12 }), (start, edits) => {
      let catalogue = start
      let document: unknown = JSON.parse(JSON.stringify(toDocument(start)))
      for (const edit of edits) {
        const edited = edit(catalogue)
        if (!edited.ok) continue
        done++
        document = patchDocument(document, catalogue, edited.value.catalogue)
        catalogue = edited.value.catalogue
        expect(parseCatalogue(JSON.parse(JSON.stringify(toDocument(catalogue))))).toEqual({
          ok: true,
          value: catalogue,
        })
        expect(parseCatalogue(JSON.parse(JSON.stringify(document)))).toEqual({ ok: true, value: catalogue })
      }
    }),
    { numRuns: 400 },
  )
  expect(done).toBeGreaterThan(100)
})
