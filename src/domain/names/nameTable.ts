import { finishHash, hashOfBytes, mixWord, type NameHashing, ownedHash, tailWord } from './nameHash.ts'
import { decodeName, encodeName } from './nameText.ts'

/**
 * Names as small numbers, found by their bytes without making a string: open addressing with linear probing over
 * typed arrays. An owner may have names of its own (an operator their sessions). A hash only says where to look: names
 * are equal where their bytes are.
 */
export interface NameTable {
  readonly hashing: NameHashing
  /** Pairs of a hash and the place of its entry; place 0: vacant. A power of two of them. */
  cells: Int32Array
  /** Entries one after the other: number, owner, length in bytes, then the bytes in words, the last one filled up. */
  entries: Int32Array
  /** Where the next entry will begin, and how many words before it belong to names that are forgotten. */
  end: number
  dead: number
  /** By number the place of its entry; 0: the number is free. */
  places: Int32Array
  readonly free: number[]
  /** Numbers that were ever given out. */
  given: number
  /** Names that are known. */
  count: number
  readonly scratch: Scratch
}

/** Names of several records as places in bytes; at least three bytes stand after the end of each. */
export interface NamePlaces {
  readonly view: DataView
  readonly length: number
  readonly start: Int32Array
  readonly end: Int32Array
  /** As `hashOfBytes` makes them with the table's hashing. */
  readonly hash: Int32Array
}

/** A text's bytes, for lookups by text. */
interface Scratch {
  bytes: Uint8Array
  view: DataView
}

const headWords = 3
const smallest = 16

export function createNameTable(hashing: NameHashing, capacity = smallest): NameTable {
  let cells = smallest
  while (isFull(capacity, cells)) cells *= 2
  return {
    hashing,
    cells: new Int32Array(cells * 2),
    entries: new Int32Array(Math.max(smallest, capacity) * (headWords + 3)),
    end: 1,
    dead: 0,
    places: new Int32Array(Math.max(smallest, capacity)),
    free: [],
    given: 0,
    count: 0,
    scratch: scratchOf(64),
  }
}

/** The name's number, or -1. */
export function numberOfText(table: NameTable, owner: number, text: string): number {
  const range = intoScratch(table, text)
  const { view } = table.scratch
  return findName(table, { view, ...range, owner, hash: hashOfBytes(table.hashing, view, range) })
}

/** The name's number, a new one where it was not known. */
export function numberForText(table: NameTable, owner: number, text: string): number {
  const range = intoScratch(table, text)
  const { view } = table.scratch
  return numberForName(table, { view, ...range, owner, hash: hashOfBytes(table.hashing, view, range) })
}

/** A name as bytes; `hash` without the owner. */
export interface OwnedName {
  readonly view: DataView
  readonly start: number
  readonly end: number
  readonly owner: number
  readonly hash: number
}

/** The name's number, a new one where it was not known. Its bytes are copied. */
export function numberForName(table: NameTable, name: OwnedName): number {
  const known = findName(table, name)
  return known === -1 ? addName(table, name) : known
}

export function findName({ cells, entries }: NameTable, name: OwnedName): number {
  const hash = ownedHash(name.hash, name.owner)
  const mask = cells.length - 1
  for (let cell = (hash << 1) & mask; ; cell = (cell + 2) & mask) {
    const place = cells[cell + 1] as number
    if (place === 0) return -1
    if (cells[cell] === hash && isEntryOf(entries, place, name)) return entries[place] as number
  }
}

/**
 * Finds many names at once: -1 for the unknown ones and for an owner below zero. First all cells are looked at, then
 * all entries, so that waiting for memory overlaps.
 */
export function findNames(table: NameTable, names: NamePlaces, owners: Int32Array, into: Int32Array): void {
  lookAtCells(table, names, owners, into)
  const { entries } = table
  const { view, start, end } = names
  for (let index = 0; index < names.length; index++) {
    const place = into[index] as number
    if (place === 0) into[index] = -1
    else if (
      entries[place + 1] === owners[index] &&
      standsAt(entries, place, view, start[index] as number, end[index] as number)
    )
      into[index] = entries[place] as number
    else into[index] = findName(table, nameAt(names, index, owners[index] as number))
  }
}

/** One of several names, as `findName` wants it. */
export function nameAt(names: NamePlaces, index: number, owner: number): OwnedName {
  const { view, start, end, hash } = names
  return { view, start: start[index] as number, end: end[index] as number, hash: hash[index] as number, owner }
}

/** The name with this number, which must be in use. */
export function nameOf(table: NameTable, number: number): string {
  const { entries, scratch } = table
  const place = table.places[number] as number
  const length = entries[place + 2] as number
  makeRoom(scratch, length + 3)
  for (let word = 0; word < words(length); word++)
    scratch.view.setInt32(word * 4, entries[place + headWords + word] as number, true)
  return decodeName(scratch.bytes, 0, length)
}

/** Its number may be given to another name afterwards. */
export function forgetName(table: NameTable, number: number): void {
  const { entries, places } = table
  const place = places[number] as number
  vacate(table, cellOf(table, place))
  places[number] = 0
  table.free.push(number)
  table.count--
  table.dead += headWords + words(entries[place + 2] as number)
  if (table.dead > table.end / 2 && table.dead > 1024) compact(table)
}

function lookAtCells({ cells }: NameTable, names: NamePlaces, owners: Int32Array, into: Int32Array): void {
  const mask = cells.length - 1
  for (let index = 0; index < names.length; index++) {
    const owner = owners[index] as number
    const hash = ownedHash(names.hash[index] as number, owner)
    let cell = (hash << 1) & mask
    while (cells[cell] !== hash && cells[cell + 1] !== 0) cell = (cell + 2) & mask
    into[index] = owner < 0 ? 0 : (cells[cell + 1] as number)
  }
}

function isEntryOf(entries: Int32Array, place: number, name: OwnedName): boolean {
  return entries[place + 1] === name.owner && standsAt(entries, place, name.view, name.start, name.end)
}

function standsAt(entries: Int32Array, place: number, view: DataView, start: number, end: number): boolean {
  if (entries[place + 2] !== end - start) return false
  let word = place + headWords
  let position = start
  for (; position + 4 <= end; position += 4) if (entries[word++] !== view.getInt32(position, true)) return false
  return position === end || entries[word] === tailWord(view, position, end - position)
}

function addName(table: NameTable, name: OwnedName): number {
  if (isFull(table.count + 1, table.cells.length / 2)) spreadOut(table)
  const number = table.free.pop() ?? table.given++
  if (number >= table.places.length) table.places = grown(table.places, table.places.length * 2)
  const place = table.end
  writeEntry(table, number, name)
  table.places[number] = place
  settle(table.cells, ownedHash(name.hash, name.owner), place)
  table.count++
  return number
}

function writeEntry(table: NameTable, number: number, { view, start, end, owner }: OwnedName): void {
  const size = headWords + words(end - start)
  if (table.end + size > table.entries.length)
    table.entries = grown(table.entries, Math.max(table.end + size, Math.ceil(table.entries.length * 1.5)))
  const { entries } = table
  let word = table.end
  entries[word++] = number
  entries[word++] = owner
  entries[word++] = end - start
  let position = start
  for (; position + 4 <= end; position += 4) entries[word++] = view.getInt32(position, true)
  if (position < end) entries[word++] = tailWord(view, position, end - position)
  table.end = word
}

/** Puts an entry into the first vacant cell from where its hash says. */
function settle(cells: Int32Array, hash: number, place: number): void {
  const mask = cells.length - 1
  let cell = (hash << 1) & mask
  while (cells[cell + 1] !== 0) cell = (cell + 2) & mask
  cells[cell] = hash
  cells[cell + 1] = place
}

function spreadOut(table: NameTable): void {
  const { cells } = table
  const wider = new Int32Array(cells.length * 2)
  for (let cell = 0; cell < cells.length; cell += 2)
    if (cells[cell + 1] !== 0) settle(wider, cells[cell] as number, cells[cell + 1] as number)
  table.cells = wider
}

/** The cell that leads to the entry at `place`. */
function cellOf({ cells, entries, hashing }: NameTable, place: number): number {
  let hash = hashing.start
  const length = words(entries[place + 2] as number)
  for (let word = 0; word < length; word++)
    hash = mixWord(hash, entries[place + headWords + word] as number, hashing.factor)
  const mask = cells.length - 1
  let cell = (ownedHash(finishHash(hash), entries[place + 1] as number) << 1) & mask
  while (cells[cell + 1] !== place) cell = (cell + 2) & mask
  return cell
}

/** Empties a cell and moves up what stands behind it only because it was taken (Knuth, volume 3, algorithm 6.4 R). */
function vacate({ cells }: NameTable, taken: number): void {
  const mask = cells.length - 1
  let vacant = taken
  for (let cell = (taken + 2) & mask; cells[cell + 1] !== 0; cell = (cell + 2) & mask) {
    const wanted = ((cells[cell] as number) << 1) & mask
    if (((cell - wanted) & mask) < ((cell - vacant) & mask)) continue
    cells[vacant] = cells[cell] as number
    cells[vacant + 1] = cells[cell + 1] as number
    vacant = cell
  }
  cells[vacant + 1] = 0
}

/** Closes the gaps that forgotten names left between the entries. */
function compact(table: NameTable): void {
  const { cells, entries, places } = table
  const packed = new Int32Array(table.end - table.dead + Math.max(smallest, table.count) * headWords)
  let end = 1
  for (let cell = 0; cell < cells.length; cell += 2) {
    const place = cells[cell + 1] as number
    if (place === 0) continue
    const size = headWords + words(entries[place + 2] as number)
    packed.set(entries.subarray(place, place + size), end)
    places[entries[place] as number] = end
    cells[cell + 1] = end
    end += size
  }
  Object.assign(table, { entries: packed, end, dead: 0 })
}

function intoScratch({ scratch }: NameTable, text: string): { start: number; end: number } {
  makeRoom(scratch, text.length * 3 + 3)
  return { start: 0, end: encodeName(text, scratch.bytes, 0) }
}

function makeRoom(scratch: Scratch, bytes: number): void {
  if (scratch.bytes.length < bytes + 4) Object.assign(scratch, scratchOf(bytes * 2))
}

function scratchOf(length: number): Scratch {
  const bytes = new Uint8Array(length)
  return { bytes, view: new DataView(bytes.buffer) }
}

function words(bytes: number): number {
  return (bytes + 3) >> 2
}

/** Above two thirds probing takes too long. */
function isFull(count: number, cells: number): boolean {
  return count * 3 > cells * 2
}

function grown(column: Int32Array, length: number): Int32Array {
  const copy = new Int32Array(length)
  copy.set(column)
  return copy
}
