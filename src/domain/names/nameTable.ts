import {
  cellOf,
  createCells,
  isFull,
  lastPlace,
  mayLead,
  type NameCells,
  placeIn,
  redirect,
  settle,
  vacate,
} from './nameCells.ts'
import {
  addEntry,
  createEntries,
  firstPlace,
  grown,
  hasRoom,
  type NameEntries,
  secondPart,
  sizeOfEntry,
  standsAt,
  toHash,
  toOwner,
  wordsOf,
} from './nameEntries.ts'
import type { NameHashing } from './nameHash.ts'
import { createScratch, hashAt, type NameAt, putTexts, roomyScratch, type Scratch } from './namePlaces.ts'
import { decodeName } from './nameText.ts'

/**
 * Names as small numbers, found by their bytes without making a string. A name may be one of two parts (an operator's
 * and their session's). A hash only says where to look: names are equal where their bytes are.
 */
export interface NameTable {
  readonly hashing: NameHashing
  cells: NameCells
  readonly entries: NameEntries
  /** By number the place of its entry; 0: the number is free. */
  places: Int32Array
  readonly free: number[]
  /** Numbers that were ever given out. */
  given: number
  /** Names that are known. */
  count: number
  /** Where a text's two parts are put as bytes to be looked up. */
  scratch: Scratch
}

const fewest = 16
/** Fewer words of forgotten names than this are not worth moving the others. */
const fewDead = 1024

/** With room for so many names, of about `bytes` bytes each, from the start. */
export function createNameTable(hashing: NameHashing, capacity = fewest, bytes = 12): NameTable {
  const names = Math.max(fewest, capacity)
  return {
    hashing,
    cells: createCells(names),
    entries: createEntries(names, bytes),
    places: new Int32Array(names),
    free: [],
    given: 0,
    count: 0,
    scratch: createScratch(128),
  }
}

/** The number of a name of one part, or -1. */
export function numberOfText(table: NameTable, text: string): number {
  return findAt(table, intoScratch(table, ['', text]))
}

/** The number of a name of two parts, a new one of this owner where it was not known. */
export function numberForText(table: NameTable, owner: number, texts: readonly [string, string]): number {
  return numberAt(table, intoScratch(table, texts), owner)
}

/** The number of one of several names, a new one of this owner where it was not known. Its bytes are copied. */
export function numberAt(table: NameTable, name: NameAt, owner: number): number {
  const known = findAt(table, name)
  return known === -1 ? addName(table, name, owner) : known
}

/** The number of one of several names, or -1. */
export function findAt({ cells, entries: { words } }: NameTable, { names, index }: NameAt): number {
  const hash = hashAt(names, index)
  const mask = cells.length - 1
  for (let cell = hash & mask; ; cell = (cell + 1) & mask) {
    const content = cells[cell] as number
    if (content === 0) return -1
    const place = placeIn(content)
    if (mayLead(content, hash) && standsAt(words, place, { names, index })) return words[place] as number
  }
}

/** Whose name the one with this number is. */
export function ownerOf({ entries, places }: NameTable, number: number): number {
  return entries.words[(places[number] as number) + toOwner] as number
}

/** The name with this number, which must be in use; of two parts the second. */
export function nameOf(table: NameTable, number: number): string {
  const { words } = table.entries
  const { from, length } = secondPart(words, table.places[number] as number)
  table.scratch = roomyScratch(table.scratch, length + 3)
  const { bytes, second } = table.scratch
  for (let word = 0; word < wordsOf(length); word++) second.view.setInt32(word * 4, words[from + word] as number, true)
  return decodeName(bytes, 0, length)
}

/** Its number may be given to another name afterwards. */
export function forgetName(table: NameTable, number: number): void {
  const { cells, entries, places } = table
  const { words } = entries
  const place = places[number] as number
  const hashOf = (at: number) => words[at + toHash] as number
  vacate(cells, cellOf(cells, hashOf(place), place), hashOf)
  places[number] = 0
  table.free.push(number)
  table.count--
  entries.dead += sizeOfEntry(words, place)
  if (entries.dead > entries.end / 2 && entries.dead > fewDead) compact(table)
}

function addName(table: NameTable, { names, index }: NameAt, owner: number): number {
  if (isFull(table.count + 1, table.cells.length)) spreadOut(table)
  const number = table.free.pop() ?? table.given++
  if (number >= table.places.length) table.places = grown(table.places, table.places.length * 2)
  makeRoom(table, { names, index })
  const place = addEntry(table.entries, { names, index }, { number, owner })
  if (table.entries.end > lastPlace) throw new RangeError('more names than opstat can tell apart')
  table.places[number] = place
  settle(table.cells, hashAt(names, index), place)
  table.count++
  return number
}

/** Where many names were forgotten, closing their gaps makes room enough. */
function makeRoom(table: NameTable, name: NameAt): void {
  const { entries } = table
  if (hasRoom(entries, name) || entries.dead < fewDead || entries.dead < entries.end / 8) return
  compact(table)
}

function spreadOut(table: NameTable): void {
  const cells = createCells(table.cells.length)
  for (const place of livePlaces(table)) settle(cells, table.entries.words[place + toHash] as number, place)
  table.cells = cells
}

/** Closes the gaps that forgotten names left between the entries. The order stays. */
function compact(table: NameTable): void {
  const { cells, entries, places } = table
  const { words } = entries
  const packed = new Int32Array(entries.end - entries.dead + Math.max(fewest, table.count) * 4)
  let end = firstPlace
  for (const place of livePlaces(table)) {
    const size = sizeOfEntry(words, place)
    const hash = words[place + toHash] as number
    packed.set(words.subarray(place, place + size), end)
    places[words[place] as number] = end
    redirect(cells, cellOf(cells, hash, place), { hash, to: end })
    end += size
  }
  Object.assign(entries, { words: packed, end, dead: 0 })
}

/** The entries of the names that are known, in their order. A place may be changed once it was answered. */
function* livePlaces({ entries: { words, end }, places }: NameTable): Iterable<number> {
  for (let place = firstPlace; place < end; ) {
    const next = place + sizeOfEntry(words, place)
    if (places[words[place] as number] === place) yield place
    place = next
  }
}

function intoScratch(table: NameTable, texts: readonly [string, string]): NameAt {
  table.scratch = roomyScratch(table.scratch, (texts[0].length + texts[1].length) * 3)
  return putTexts(table.scratch, table.hashing, texts)
}
