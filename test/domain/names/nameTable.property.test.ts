import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectNames, findExpected } from '../../../src/domain/names/expectedNames.ts'
import { findRest } from '../../../src/domain/names/manyNames.ts'
import { hashOfBytes, type NameHashing, nameHashing } from '../../../src/domain/names/nameHash.ts'
import type { NamePlaces, PairPlaces } from '../../../src/domain/names/namePlaces.ts'
import {
  createNameTable,
  findAt,
  forgetName,
  nameOf,
  numberAt,
  numberForText,
  numberOfText,
  ownerOf,
} from '../../../src/domain/names/nameTable.ts'
import { decodeName, encodeName } from '../../../src/domain/names/nameText.ts'

const awkward = ['', 'a', 'ana', 'ana\0', '__proto__', 'constructor', 'Олена', 'Ａ', '😀', '\ud800', '\udc00', '\ufffd']
const text = fc.oneof(
  fc.constantFrom(...awkward, 'x'.repeat(300)),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 6 }),
  fc.nat(40).map((number) => `tab-${number}`),
)
const first = fc.oneof(fc.constantFrom('', 'a', 'an', 'ana', 'op-1', '😀'), text)
const pair = fc.tuple(first, text)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('add' as const), pair }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('find' as const), pair }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('forget' as const), nth: fc.nat(1000) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('batch' as const), pairs: fc.array(pair, { maxLength: 30 }) }),
  },
  // All that is known, in its order but for some: what is said again and again.
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('again' as const),
      from: fc.nat(20),
      swaps: fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 3 }),
    }),
  },
)
/** The last ones give every name the same hash, or few. */
const hashing = fc.constantFrom<NameHashing>(
  nameHashing(0),
  nameHashing(0xdecaf),
  { start: 0, factor: 0 },
  { start: 5, factor: 1 << 26 },
)

test('names are found by text and by bytes just where a map of texts has them, and forgotten ones are not', () => {
  fc.assert(
    fc.property(hashing, fc.array(step, { maxLength: 80, size: 'max' }), (chosen, steps) => {
      const table = createNameTable(chosen)
      const expected = expectNames()
      const known = new Map<string, { pair: readonly [string, string]; number: number }>()
      const keyOf = (names: readonly [string, string]) => JSON.stringify(names)
      const numberOf = (names: readonly [string, string]) => known.get(keyOf(names))?.number ?? -1
      const add = (names: readonly [string, string], number: number) => {
        const before = numberOf(names)
        if (before !== -1) expect(number).toBe(before)
        else expect([...known.values()].map((one) => one.number)).not.toContain(number)
        known.set(keyOf(names), { pair: names, number })
        expect(nameOf(table, number)).toBe(names[1])
        expect(ownerOf(table, number)).toBe(ownOf(names))
      }
      const ask = (pairs: readonly (readonly [string, string])[]) => {
        const places = placesOf(chosen, pairs)
        const found = new Int32Array(pairs.length)
        findExpected(table, expected, { names: places, numbers: found })
        expect([...found]).toEqual(pairs.map(numberOf))
        const rest = found.map((_, index) => (index % 2 === 0 ? -1 : 1000))
        findRest(table, { names: places, numbers: rest })
        expect([...rest]).toEqual(pairs.map((names, index) => (index % 2 === 0 ? numberOf(names) : 1000)))
        for (const [index, names] of pairs.entries())
          expect(findAt(table, { names: places, index })).toBe(numberOf(names))
        return places
      }
      for (const one of steps) {
        if (one.does === 'add') add(one.pair, numberForText(table, ownOf(one.pair), one.pair))
        else if (one.does === 'find') {
          ask([one.pair])
          expect(numberOfText(table, one.pair[1])).toBe(numberOf(['', one.pair[1]]))
        } else if (one.does === 'batch') {
          const places = ask(one.pairs)
          for (const [index, names] of one.pairs.entries())
            add(names, numberAt(table, { names: places, index }, ownOf(names)))
        } else if (one.does === 'again') {
          const inOrder = [...known.values()].sort((a, b) => a.number - b.number).map((all) => all.pair)
          for (const [a, b] of one.swaps) {
            const [here, there] = [inOrder[a], inOrder[b]]
            if (here !== undefined && there !== undefined) [inOrder[a], inOrder[b]] = [there, here]
          }
          ask(inOrder.slice(one.from))
          ask(inOrder)
        } else if (known.size > 0) {
          const [key, { number }] = [...known][one.nth % known.size] as [string, { number: number }]
          forgetName(table, number)
          known.delete(key)
        }
        expect(table.count).toBe(known.size)
      }
      for (const { pair: names, number } of known.values()) {
        expect(numberForText(table, ownOf(names), names)).toBe(number)
        expect(nameOf(table, number)).toBe(names[1])
      }
    }),
    { numRuns: 250 },
  )
})

test('every text has bytes of its own; where it is well formed they are UTF-8', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [bytes, others] = [bytesOf(one), bytesOf(other)]
      expect(decodeName(bytes, 0, bytes.length)).toBe(one)
      expect(Buffer.from(bytes).equals(others)).toBe(one === other)
      if (one === Buffer.from(one).toString()) expect(Buffer.from(bytes)).toEqual(Buffer.from(one))
    }),
  )
})

test('a table whose names come and go stays as large as the names that are known at once', () => {
  const table = createNameTable(nameHashing(1))
  const numbers: number[] = []
  for (let round = 0; round < 200_000; round++) {
    numbers.push(numberForText(table, round % 7, [`op-${round % 7}`, `session-${round}`]))
    if (numbers.length > 100) forgetName(table, numbers.shift() as number)
  }
  expect(table.count).toBe(100)
  expect(table.cells.length).toBeLessThanOrEqual(256)
  expect(table.places.length).toBeLessThanOrEqual(128)
  expect(table.entries.words.length).toBeLessThan(8192)
})

/** Any number that is the same for the same first part. */
function ownOf([one]: readonly [string, string]): number {
  return one.length
}

function bytesOf(name: string): Uint8Array {
  const bytes = new Uint8Array(name.length * 3)
  return bytes.subarray(0, encodeName(name, bytes, 0))
}

/** The names as they might stand in a feed, each followed by something else. */
function placesOf(chosen: NameHashing, pairs: readonly (readonly [string, string])[]): PairPlaces {
  const parts = pairs.map((names) => names.map(bytesOf) as [Uint8Array, Uint8Array])
  const bytes = new Uint8Array(Buffer.concat(parts.flat().flatMap((part) => [part, Buffer.from('"}\n')])))
  const view = new DataView(bytes.buffer)
  let position = 0
  const column = () => new Int32Array(pairs.length)
  const one = (): NamePlaces => ({ view, length: pairs.length, start: column(), end: column(), hash: column() })
  const places: PairPlaces = { first: one(), second: one() }
  for (const [index, both] of parts.entries()) {
    for (const [half, part] of both.entries()) {
      const range = { start: position, end: position + part.length }
      const { start, end, hash } = half === 0 ? places.first : places.second
      start[index] = range.start
      end[index] = range.end
      hash[index] = hashOfBytes(chosen, view, range)
      position += part.length + 3
    }
  }
  return places
}
