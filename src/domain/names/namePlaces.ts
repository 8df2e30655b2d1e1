import { hashOfBytes, hashOfPair, type NameHashing } from './nameHash.ts'
import { encodeName } from './nameText.ts'

/** Names of several records as places in bytes; at least three bytes stand after the end of each. */
export interface NamePlaces {
  readonly view: DataView
  readonly length: number
  readonly start: Int32Array
  readonly end: Int32Array
  /** As `hashOfBytes` makes them with the table's hashing. */
  readonly hash: Int32Array
}

/** The places of both parts of several names (an operator's id and their session's name). */
export interface PairPlaces {
  readonly first: NamePlaces
  readonly second: NamePlaces
}

/** One of several names. */
export interface NameAt {
  readonly names: PairPlaces
  readonly index: number
}

/** The hash of both parts of a name. */
export function hashAt({ first, second }: PairPlaces, index: number): number {
  return hashOfPair(first.hash[index] as number, second.hash[index] as number)
}

/** First parts for names that have none. */
export function emptyPlaces(hashing: NameHashing, length: number): NamePlaces {
  const nothing = new DataView(new ArrayBuffer(4))
  const hash = new Int32Array(length).fill(hashOfBytes(hashing, nothing, { start: 0, end: 0 }))
  return { view: nothing, length, start: new Int32Array(length), end: new Int32Array(length), hash }
}

/** Where the two parts of one name are put as bytes to be looked up. */
export interface Scratch extends PairPlaces {
  readonly bytes: Uint8Array
}

export function createScratch(length: number): Scratch {
  const bytes = new Uint8Array(length + 4)
  const view = new DataView(bytes.buffer)
  const part = () => ({ view, length: 1, start: new Int32Array(1), end: new Int32Array(1), hash: new Int32Array(1) })
  return { bytes, first: part(), second: part() }
}

/** The same scratch where it has room for so many bytes, else a larger one. */
export function roomyScratch(scratch: Scratch, bytes: number): Scratch {
  return scratch.bytes.length < bytes + 4 ? createScratch(bytes * 2) : scratch
}

/** Both texts as the one name that stands in a scratch with room for them. */
export function putTexts(scratch: Scratch, hashing: NameHashing, [one, other]: readonly [string, string]): NameAt {
  const { bytes, first, second } = scratch
  const middle = encodeName(one, bytes, 0)
  putPlace(first, hashing, { start: 0, end: middle })
  putPlace(second, hashing, { start: middle, end: encodeName(other, bytes, middle) })
  return { names: scratch, index: 0 }
}

function putPlace(part: NamePlaces, hashing: NameHashing, range: { start: number; end: number }): void {
  part.start[0] = range.start
  part.end[0] = range.end
  part.hash[0] = hashOfBytes(hashing, part.view, range)
}
