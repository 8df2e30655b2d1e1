import { expect, test } from 'vitest'
import { arrangeRows, parseCondition, parseSort, splitFields } from '../../src/domain/listing.ts'

const rows = [
  { id: 'ana', name: 'Ana', open: 3, since: '2026-11-22T10:00:00.000Z', receives: true, used: ['default-offline'] },
  { id: 'bo', name: 'Бо', open: 12, since: null, receives: false, used: [] },
  { id: 'cy', name: 'cy', open: 0, since: '2026-11-22T09:00:00.000Z', receives: false, used: ['auto-offline', 'x'] },
  { id: 'Di', name: 'ana', open: 3, since: '2026-11-21T09:00:00.000Z', receives: true, used: null },
]

/** The ids that are left, in order; or the field that is not known. */
function arranged(filter: string, sort = '', limit: number | null = null): string {
  const conditions = filter === '' ? [] : filter.split(' ').map((text) => parseCondition(text) ?? never(text))
  const fields = sort === '' ? [] : parseSort(sort)
  const places = arrangeRows(rows, { conditions, sort: fields, limit, end: 'first', fields: null, known: null })
  return places.ok ? places.value.map((place) => rows[place]?.id).join(' ') : `unknown ${places.failure.field}`
}

function never(text: string): never {
  throw new Error(`${text} is no condition`)
}

test.each([
  ['name=ANA', 'ana Di'],
  ['name=бо', 'bo'],
  ['name!=ana', 'bo cy'],
  ['name~A', 'ana Di'],
  ['name~=', ''],
  ['open=3', 'ana Di'],
  ['open=', ''],
  ['open=3.0', 'ana Di'],
  ['open!=3', 'bo cy'],
  ['open>2', 'ana bo Di'],
  ['open>=12', 'bo'],
  ['open<3', 'cy'],
  ['open<=3', 'ana cy Di'],
  ['open>many', ''],
  ['open<many', ''],
  ['receives=yes', 'ana Di'],
  ['receives=FALSE', 'bo cy'],
  ['since=', 'bo'],
  ['since=null', 'bo'],
  ['since!=', 'ana cy Di'],
  ['since>2026-11-22', 'ana cy'],
  ['since<2026-11-22T09:30:00Z', 'cy Di'],
  ['used=x', 'cy'],
  ['used~offline', 'ana cy'],
  ['used=', 'bo Di'],
  ['used!=x', 'ana bo Di'],
  ['open=3 name=Ana id=di', 'Di'],
  ['nme=x', 'unknown nme'],
])('%s leaves %s', (filter, expected) => {
  expect(arranged(filter)).toBe(expected)
})

test.each([
  ['name', 'ana Di cy bo'],
  ['-name', 'bo cy ana Di'],
  ['open', 'cy ana Di bo'],
  ['-open,-id', 'bo Di ana cy'],
  ['since', 'Di cy ana bo'],
  ['-since', 'ana cy Di bo'],
  ['receives,id', 'bo cy ana Di'],
  ['open,nme', 'unknown nme'],
])('sorted by %s it is %s', (sort, expected) => {
  expect(arranged('', sort)).toBe(expected)
})

test('the limit cuts what is left once it is sorted', () => {
  expect(arranged('receives=no', '-open', 1)).toBe('bo')
})

test('of nothing no field is known, and none is refused', () => {
  const wish = { conditions: [], sort: parseSort('x'), limit: 1, end: 'first', fields: ['y'] } as const
  expect(arrangeRows([], { ...wish, known: null })).toEqual({ ok: true, value: [] })
})

test('where it is known what rows can have, what none of them has may be asked for, and nothing else', () => {
  const wish = { conditions: [], sort: [], limit: null, end: 'first', known: ['id', 'seen'] } as const
  expect(arrangeRows(rows, { ...wish, fields: ['seen', 'since'] })).toEqual({ ok: true, value: [0, 1, 2, 3] })
  expect(arrangeRows([], { ...wish, fields: ['seen'] })).toEqual({ ok: true, value: [] })
  expect(arrangeRows([], { ...wish, fields: ['sene'] })).toMatchObject({
    failure: { field: 'sene', similar: ['seen'] },
  })
})

test('a field that is almost right is offered', () => {
  const failed = arrangeRows(rows, {
    conditions: [],
    sort: [],
    limit: null,
    end: 'first',
    fields: splitFields('id, sinse'),
    known: null,
  })
  expect(failed).toMatchObject({ failure: { field: 'sinse', similar: ['since'] } })
})

test.each(['', 'name', '=x', 'na me=x', '!=x'])('%j is no condition', (text) => {
  expect(parseCondition(text)).toBeNull()
})
