import { ok, type Result, refuse } from '../../result.ts'
import { foldCase } from '../catalogue.ts'
import type { NameFlaw } from './problem.ts'

/** Characters are counted as code points after NFC, so an emoji family counts for each of its members. */
export const longestName = 64

// Latin and Cyrillic letters: nothing to refuse, nothing to compose.
const plain = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0400-\u052f]*$/
// Made for the names that need them: parsing Unicode's properties takes longer than everything else here.
const control = () => /[\p{Cc}\u2028\u2029]/u
const loneSurrogate = () => /\p{Cs}/u
const bidirectional = () => /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const zeroWidth = () => /\p{Default_Ignorable_Code_Point}/u
// A pictograph with what may follow it, joined to others by ZWJ, or a keycap: the only places for ZWJ and VS16.
const emoji = () =>
  /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*|[0-9#*]\ufe0f\u20e3/gu

/** What a name may not hold, and where it may all the same: for the JSON Schema, which says the rule in its own way. */
export const nameForms = { hidden: [control, loneSurrogate, bidirectional, zeroWidth], emoji } as const

/**
 * A name as it is kept (contract §1): trimmed, in NFC, 1–64 characters, nothing that hides or reorders text. Every
 * default-ignorable character of Unicode counts as zero-width; ZWJ and VS16 are only accepted inside emoji.
 */
export function parseName(text: string): Result<string, NameFlaw> {
  const name = text.trim()
  if (name === '') return refuse('empty')
  if (plain.test(name)) return name.length > longestName ? refuse('too-long') : ok(name)
  if (loneSurrogate().test(name)) return refuse('lone-surrogate')
  const composed = name.normalize('NFC')
  if (control().test(composed)) return refuse('control')
  if (bidirectional().test(composed)) return refuse('bidirectional')
  if (zeroWidth().test(composed) && zeroWidth().test(composed.replace(emoji(), ''))) return refuse('zero-width')
  return countCharacters(composed) > longestName ? refuse('too-long') : ok(composed)
}

/** The length of a text in code points. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** Up to three candidates that the reference may have been meant for, nearest first; ties stay in order. */
export function similarTo(reference: string, candidates: Iterable<string>): string[] {
  const wanted = foldCase(reference.trim().normalize('NFC')).slice(0, longestName)
  const bound = wanted.length <= 2 ? 1 : Math.min(3, Math.ceil(wanted.length / 3))
  const found: { candidate: string; distance: number }[] = []
  for (const candidate of candidates) {
    const folded = foldCase(candidate)
    const begins = wanted.length >= 2 && (folded.startsWith(wanted) || wanted.startsWith(folded))
    const isWordOfIt = wanted.length >= 3 && folded.split(/[\s_-]+/).includes(wanted)
    const distance = begins || isWordOfIt ? 0.5 : distanceWithin(wanted, folded, bound)
    if (distance <= bound) found.push({ candidate, distance })
  }
  found.sort((one, other) => one.distance - other.distance)
  return [...new Set(found.map(({ candidate }) => candidate))].slice(0, 3)
}

/** Was the one meant by the key? In another case, or off by a letter or two of several. */
export function isMistyped(key: string, meant: string): boolean {
  const bound = meant.length <= 3 ? 0 : meant.length <= 5 ? 1 : 2
  return distanceWithin(foldCase(key), foldCase(meant), bound) <= bound
}

/**
 * Edits between two texts, a swap of neighbours being one; above `bound` any number above it. Source: optimal
 * string alignment, L. Boytsov, "Indexing methods for approximate dictionary searching", 2011.
 */
function distanceWithin(one: string, other: string, bound: number): number {
  if (Math.abs(one.length - other.length) > bound) return bound + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      let edits = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (swapped) edits = Math.min(edits, (beforeLast[column - 2] ?? 0) + 1)
      current.push(edits)
    }
    if (Math.min(...current) > bound) return bound + 1
    beforeLast = last
    last = current
  }
  return last[other.length] ?? bound + 1
}
