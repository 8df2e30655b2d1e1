import { firstCandidate } from './nameCells.ts'
import { standsAt } from './nameEntries.ts'
import { hashAt, type PairPlaces } from './namePlaces.ts'
import { findAt, type NameTable } from './nameTable.ts'

/** Many names and, after a search, their numbers; -1 for those that are not known. */
export interface NameSearch {
  readonly names: PairPlaces
  readonly numbers: Int32Array
}

/**
 * Finds those of many names for which there is a -1. First all cells are looked at, then all entries, so that the
 * waiting for memory overlaps.
 */
export function findRest(table: NameTable, { names, numbers }: NameSearch): void {
  lookAtCells(table, { names, numbers })
  const { words } = table.entries
  for (let index = 0; index < names.second.length; index++) {
    const number = numbers[index] as number
    if (number >= -1) continue
    const place = -1 - number
    numbers[index] = standsAt(words, place, { names, index })
      ? (words[place] as number)
      : findAt(table, { names, index })
  }
}

/** By name with -1: that minus the place of the first entry that may be its own, as far as cells tell it. */
function lookAtCells({ cells }: NameTable, { names, numbers }: NameSearch): void {
  for (let index = 0; index < names.second.length; index++)
    if (numbers[index] === -1) numbers[index] = -1 - firstCandidate(cells, hashAt(names, index))
}
