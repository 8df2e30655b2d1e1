import { tailWord } from './nameHash.ts'
import { hashAt, type NameAt, type NamePlaces } from './namePlaces.ts'

/** Names one after the other in the order in which they were added, so that what belongs together lies together. */
export interface NameEntries {
  /**
   * Of each name its number, owner, hash and the lengths of both parts in bytes; then the bytes in words, each part's
   * last one filled up.
   */
  words: Int32Array
  /** Where the next entry will begin, and how many words before it belong to names that are forgotten. */
  end: number
  dead: number
}

/** From an entry's place to its parts: its number stands at the place itself. */
export const toOwner = 1
export const toHash = 2
const toLengths = 3
const headWords = 4

/** Both lengths stand in one word, the first part's, which is an id, in the upper half. */
const longestPart = 0xffff

/** Entries begin here: no place is 0. */
export const firstPlace = 1

/** Room for so many names of about `bytes` bytes each. */
export function createEntries(names: number, bytes: number): NameEntries {
  return { words: new Int32Array(firstPlace + names * (headWords + wordsOf(bytes))), end: firstPlace, dead: 0 }
}

/** Does the name fit in without moving the others? */
export function hasRoom({ words, end }: NameEntries, { names, index }: NameAt): boolean {
  const { first, second } = names
  const firstLength = (first.end[index] as number) - (first.start[index] as number)
  const length = (second.end[index] as number) - (second.start[index] as number)
  return end + headWords + wordsOf(firstLength) + wordsOf(length) <= words.length
}

/** Copies the name's bytes; answers the entry's place. */
export function addEntry(
  entries: NameEntries,
  { names, index }: NameAt,
  { number, owner }: { readonly number: number; readonly owner: number },
): number {
  const [first, second] = [partAt(names.first, index), partAt(names.second, index)]
  const firstLength = first.end - first.start
  const length = second.end - second.start
  if (firstLength > longestPart || length > longestPart) throw new RangeError('a name longer than a line of a feed')
  const place = entries.end
  const from = place + headWords
  const between = from + wordsOf(firstLength)
  const end = between + wordsOf(length)
  if (end > entries.words.length) entries.words = grown(entries.words, Math.ceil(Math.max(end, place * 1.25)))
  const { words } = entries
  words[place] = number
  words[place + toOwner] = owner
  words[place + toHash] = hashAt(names, index)
  words[place + toLengths] = (firstLength << 16) | length
  writePart(words, from, first)
  writePart(words, between, second)
  entries.end = end
  return place
}

/** Is this the entry of that name? */
export function standsAt(words: Int32Array, place: number, { names, index }: NameAt): boolean {
  const { first, second } = names
  const firstStart = first.start[index] as number
  const firstEnd = first.end[index] as number
  const start = second.start[index] as number
  const end = second.end[index] as number
  if (words[place + toLengths] !== (((firstEnd - firstStart) << 16) | (end - start))) return false
  const from = place + headWords
  return (
    isPart(words, from + wordsOf(firstEnd - firstStart), { view: second.view, start, end }) &&
    isPart(words, from, { view: first.view, start: firstStart, end: firstEnd })
  )
}

/** Where the bytes of the name's second part stand, in words, and how many they are. */
export function secondPart(words: Int32Array, place: number): { readonly from: number; readonly length: number } {
  const lengths = words[place + toLengths] as number
  return { from: place + headWords + wordsOf(lengths >>> 16), length: lengths & longestPart }
}

export function sizeOfEntry(words: Int32Array, place: number): number {
  const lengths = words[place + toLengths] as number
  return headWords + wordsOf(lengths >>> 16) + wordsOf(lengths & longestPart)
}

export function wordsOf(bytes: number): number {
  return (bytes + 3) >> 2
}

export function grown(column: Int32Array, length: number): Int32Array {
  const copy = new Int32Array(length)
  copy.set(column)
  return copy
}

interface Part {
  readonly view: DataView
  readonly start: number
  readonly end: number
}

function partAt({ view, start, end }: NamePlaces, index: number): Part {
  return { view, start: start[index] as number, end: end[index] as number }
}

function isPart(words: Int32Array, from: number, { view, start, end }: Part): boolean {
  let word = from
  let position = start
  for (; position + 4 <= end; position += 4) if (words[word++] !== view.getInt32(position, true)) return false
  return position === end || words[word] === tailWord(view, position, end - position)
}

function writePart(words: Int32Array, from: number, { view, start, end }: Part): void {
  let word = from
  let position = start
  for (; position + 4 <= end; position += 4) words[word++] = view.getInt32(position, true)
  if (position < end) words[word] = tailWord(view, position, end - position)
}
