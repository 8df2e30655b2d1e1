import { findRest, type NameSearch } from './manyNames.ts'
import { standsAt, toHash } from './nameEntries.ts'
import { hashAt } from './namePlaces.ts'
import type { NameTable } from './nameTable.ts'

/**
 * What is said again and again, as heartbeats are, is mostly said in the same order, or about the same. So the name
 * after the one found last, by their numbers, is tried first. Where that fails too often, those that follow are kept
 * where the processor finds them at once. Only guesses: each is compared byte by byte, and who was not expected is
 * looked up as any other name.
 */
export interface ExpectedNames {
  /** The number after that of the name found last. */
  next: number
  /** By some bits of a hash the two names expected last: their hashes and numbers. */
  readonly soon: Int32Array
  /** The number after the last one that is kept there. */
  keptUpTo: number
}

/** So often the next name may be another one before the names are taken to come in another order. */
const mostWrong = 16
/** So many names are kept: those of some tens of milliseconds where there are a million operators. */
const mostKept = 2048
const buckets = 8192
const bucketWords = 4

export function expectNames(): ExpectedNames {
  return { next: 0, soon: new Int32Array(buckets * bucketWords).fill(-1), keptUpTo: 0 }
}

/** Finds many names at once: their numbers, or -1. */
export function findExpected(table: NameTable, expected: ExpectedNames, search: NameSearch): void {
  const { numbers } = search
  const { length } = search.names.second
  if (length === 0) return
  const isInOrder = followOrder(table, expected.next, search)
  if (!isInOrder) {
    lookAmongKept(table, expected, search)
    findRest(table, search)
  }
  const last = numbers[length - 1] as number
  expected.next = last + 1
  if (!isInOrder && last !== -1) keepAfter(table, expected, last)
}

/** Tries the numbers in order, each time the next and the one after it. Answers whether all were found. */
function followOrder({ places, entries }: NameTable, first: number, { names, numbers }: NameSearch): boolean {
  const { words } = entries
  const { length } = names.second
  let next = first
  let wrong = 0
  for (let index = 0; index < length; index++) {
    numbers[index] = -1
    if (wrong > mostWrong) continue
    const place = places[next] ?? 0
    if (place !== 0 && standsAt(words, place, { names, index })) {
      numbers[index] = next++
      continue
    }
    const after = places[next + 1] ?? 0
    if (after !== 0 && standsAt(words, after, { names, index })) {
      numbers[index] = next + 1
      next += 2
    } else wrong++
  }
  return wrong === 0
}

function lookAmongKept({ places, entries }: NameTable, { soon }: ExpectedNames, { names, numbers }: NameSearch): void {
  const { words } = entries
  for (let index = 0; index < names.second.length; index++) {
    if (numbers[index] !== -1) continue
    const hash = hashAt(names, index)
    const bucket = bucketOf(hash)
    let number = -1
    if (soon[bucket] === hash) number = soon[bucket + 1] as number
    else if (soon[bucket + 2] === hash) number = soon[bucket + 3] as number
    const place = places[number] ?? 0
    if (place !== 0 && standsAt(words, place, { names, index })) numbers[index] = number
  }
}

/** Keeps the names that follow this one, as far as they are not kept already. */
function keepAfter({ places, entries, given }: NameTable, expected: ExpectedNames, number: number): void {
  const { soon } = expected
  const { words } = entries
  const most = Math.min(mostKept, given)
  const already = (expected.keptUpTo - number + given) % given
  const isElsewhere = already > most
  let next = isElsewhere ? (number + 1) % given : expected.keptUpTo % given
  for (let count = isElsewhere ? most : most - already; count > 0; count--) {
    const place = places[next] as number
    if (place !== 0) {
      const hash = words[place + toHash] as number
      const bucket = bucketOf(hash)
      soon[bucket + 2] = soon[bucket] as number
      soon[bucket + 3] = soon[bucket + 1] as number
      soon[bucket] = hash
      soon[bucket + 1] = next
    }
    next = next + 1 === given ? 0 : next + 1
  }
  expected.keptUpTo = next
}

function bucketOf(hash: number): number {
  return ((hash >>> 5) & (buckets - 1)) * bucketWords
}
