/**
 * A list for programs whose rows are made one by one while they are written, so that they never stand in memory all at
 * once. It can be gone through again.
 */
export interface Rows extends Iterable<unknown> {
  /** How `JSON.stringify` sees it. */
  toJSON(): unknown[]
}

/** What `source` answers, in rows of another form. */
export function rowsOf<Source>(source: () => Iterable<Source>, form: (one: Source) => unknown): Rows {
  return {
    *[Symbol.iterator]() {
      for (const one of source()) yield form(one)
    },
    toJSON() {
      return [...this]
    },
  }
}

export function isRows(value: unknown): value is Rows {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'toJSON' in value
}

/** So few rows that their text is gone before it is taken for something that lasts. */
const piece = 32

/** The same in small arrays, to be made and written at once. */
export function* inPieces<Value>(values: Iterable<Value>): Iterable<Value[]> {
  let some: Value[] = []
  for (const value of values) {
    some.push(value)
    if (some.length < piece) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}
