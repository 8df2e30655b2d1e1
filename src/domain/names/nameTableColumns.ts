import { grown } from './nameEntries.ts'
import type { NameHashing } from './nameHash.ts'
import { createNameTable, type NameTable } from './nameTable.ts'

/** A name table as columns, to be kept and taken up again without looking at the names. */
export interface NameTableColumns {
  readonly cells: Int32Array
  readonly entries: Int32Array
  readonly places: Int32Array
  readonly free: Int32Array
  /** One number: how many words belong to names that are forgotten. */
  readonly dead: Int32Array
}

export function columnsOfNames({ cells, entries, places, free, given }: NameTable): NameTableColumns {
  return {
    cells,
    entries: entries.words.subarray(0, entries.end),
    places: places.subarray(0, given),
    free: Int32Array.from(free),
    dead: Int32Array.of(entries.dead),
  }
}

/** The table works on in the columns themselves; they were made with this hashing. */
export function namesOfColumns(hashing: NameHashing, columns: NameTableColumns): NameTable {
  const { cells, entries: words, places, free, dead } = columns
  const table = createNameTable(hashing)
  const given = places.length
  Object.assign(table.entries, { words, end: words.length, dead: dead[0] ?? 0 })
  const roomy = given < table.places.length ? grown(places, table.places.length) : places
  Object.assign(table, { cells, places: roomy, given, count: given - free.length })
  for (const number of free) table.free.push(number)
  return table
}
