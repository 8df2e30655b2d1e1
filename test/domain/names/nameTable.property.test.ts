import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOfBytes, type NameHashing, nameHashing } from '../../../src/domain/names/nameHash.ts'
import {
  createNameTable,
  findNames,
  forgetName,
  type NamePlaces,
  type NameTable,
  nameAt,
  nameOf,
  numberForName,
  numberForText,
  numberOfText,
} from '../../../src/domain/names/nameTable.ts'
import { decodeName, encodeName } from '../../../src/domain/names/nameText.ts'

const awkward = ['', 'a', 'ana', 'ana\0', '__proto__', 'constructor', 'Олена', 'Ａ', '😀', '\ud800', '\udc00', '\ufffd']
const text = fc.oneof(
  fc.constantFrom(...awkward, 'x'.repeat(300)),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 6 }),
  fc.nat(40).map((number) => `tab-${number}`),
)
const owner = fc.nat(3)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('add' as const), owner, text }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('find' as const), owner, text }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('forget' as const), nth: fc.nat(1000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('batch' as const),
      names: fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), text), { maxLength: 20 }),
    }),
  },
)
/** The last one gives every name of an owner the same hash. */
const hashing = fc.constantFrom<NameHashing>(nameHashing(0), nameHashing(0xdecaf), { start: 0, factor: 0 })

test('names are found by text and by bytes just where a map of texts has them, and forgotten ones are not', () => {
  fc.assert(
    fc.property(hashing, fc.array(step, { maxLength: 120, size: 'max' }), (chosen, steps) => {
      const table = createNameTable(chosen)
      const known = new Map<string, number>()
      const add = (owner: number, name: string, number: number) => {
        const key = `${owner} ${name}`
        if (known.has(key)) expect(number).toBe(known.get(key))
        else expect([...known.values()]).not.toContain(number)
        known.set(key, number)
        expect(nameOf(table, number)).toBe(name)
      }
      for (const one of steps) {
        if (one.does === 'add') add(one.owner, one.text, numberForText(table, one.owner, one.text))
        else if (one.does === 'find')
          expect(numberOfText(table, one.owner, one.text)).toBe(known.get(`${one.owner} ${one.text}`) ?? -1)
        else if (one.does === 'batch') {
          const { places, owners } = placesOf(table, one.names)
          const found = new Int32Array(places.length)
          findNames(table, places, owners, found)
          expect([...found]).toEqual(one.names.map(([who, name]) => known.get(`${who} ${name}`) ?? -1))
          for (const [index, [who, name]] of one.names.entries())
            if (who >= 0) add(who, name, numberForName(table, nameAt(places, index, who)))
        } else if (known.size > 0) {
          const [key, number] = [...known][one.nth % known.size] as [string, number]
          forgetName(table, number)
          known.delete(key)
        }
        expect(table.count).toBe(known.size)
      }
      for (const [key, number] of known) {
        const [who, name] = [Number(key[0]), key.slice(2)]
        expect(numberOfText(table, who, name)).toBe(number)
        expect(nameOf(table, number)).toBe(name)
      }
    }),
    { numRuns: 600 },
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
    numbers.push(numberForText(table, round % 7, `session-${round}`))
    if (numbers.length > 100) forgetName(table, numbers.shift() as number)
  }
  expect(table.count).toBe(100)
  expect(table.cells.length).toBeLessThanOrEqual(2 * 256)
  expect(table.places.length).toBeLessThanOrEqual(128)
  expect(table.entries.length).toBeLessThan(8192)
})

function bytesOf(name: string): Uint8Array {
  const bytes = new Uint8Array(name.length * 3)
  return bytes.subarray(0, encodeName(name, bytes, 0))
}

/** The names as they might stand in a feed, each followed by something else. */
function placesOf(
  table: NameTable,
  names: readonly (readonly [number, string])[],
): { places: NamePlaces; owners: Int32Array } {
  const pieces = names.map(([, name]) => bytesOf(name))
  const bytes = new Uint8Array(Buffer.concat(pieces.flatMap((piece) => [piece, Buffer.from('"}\n')])))
  const view = new DataView(bytes.buffer)
  const start = new Int32Array(names.length)
  const end = new Int32Array(names.length)
  const hash = new Int32Array(names.length)
  let position = 0
  for (const [index, piece] of pieces.entries()) {
    start[index] = position
    end[index] = position + piece.length
    hash[index] = hashOfBytes(table.hashing, view, { start: position, end: position + piece.length })
    position += piece.length + 3
  }
  return { places: { view, length: names.length, start, end, hash }, owners: Int32Array.from(names, ([who]) => who) }
}
