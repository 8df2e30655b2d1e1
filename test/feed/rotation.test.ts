import { expect, test } from 'vitest'
import { inOrderOfRotation, rotatedSuffix } from '../../src/feed/files/rotation.ts'

test.each([
  ['panel.jsonl', 'panel.jsonl.1', '.1'],
  ['panel.jsonl', 'panel.jsonl-20261122', '-20261122'],
  ['panel.jsonl', 'panel.jsonl.2026-11-22T10:00', '.2026-11-22T10:00'],
  ['panel.jsonl', 'panel.jsonl.old', '.old'],
  ['panel.jsonl', 'panel.1.jsonl', '.1'],
  ['panel.jsonl', 'panel-20261122.jsonl', '-20261122'],
  ['panel', 'panel.1', '.1'],
  ['panel.jsonl', 'panel.jsonl', null],
  ['panel.jsonl', 'panel.jsonl.1.gz', null],
  ['panel.jsonl', 'panel.jsonl~', null],
  ['panel.jsonl', 'panel-2.jsonl', null],
  ['panel.jsonl', 'panel-history.jsonl', null],
  ['panel.jsonl', 'panels.jsonl', null],
  ['panel.jsonl', '.panel.jsonl.swp', null],
])('beside %s, %s is a rotated file of it by %s', (base, name, suffix) => {
  expect(rotatedSuffix(base, name)).toBe(suffix)
})

test.each([
  [
    ['.1', '.10', '.2'],
    ['.10', '.2', '.1'],
  ],
  [
    ['-20261122', '-20261121'],
    ['-20261121', '-20261122'],
  ],
  [
    ['-20261122.2', '-20261122.10', '-20261122.1'],
    ['-20261122.1', '-20261122.2', '-20261122.10'],
  ],
])('%j came in the order %j', (suffixes, order) => {
  const files = suffixes.map((suffix) => ({ suffix, facts: { modifiedAt: 0 } }))
  expect(inOrderOfRotation(files).map(({ suffix }) => suffix)).toEqual(order)
})

test('where the names are of several kinds, the last write decides', () => {
  const files = [
    { suffix: '.1', facts: { modifiedAt: 3 } },
    { suffix: '-20261122', facts: { modifiedAt: 1 } },
    { suffix: '.old', facts: { modifiedAt: 2 } },
  ]
  expect(inOrderOfRotation(files).map(({ suffix }) => suffix)).toEqual(['-20261122', '.old', '.1'])
})
