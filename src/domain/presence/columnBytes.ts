/** Columns of numbers, as they are kept: each in the form in which it is worked with. */
export type NumberColumn = Float64Array | Int32Array | Uint8Array

/** Which columns stand in bytes, one after the other: wide numbers before narrow ones, so that each is well aligned. */
export type ColumnLayout = readonly (readonly [name: string, kind: ColumnKind, length: number])[]

const kinds = { f64: Float64Array, i32: Int32Array, u8: Uint8Array } as const
type ColumnKind = keyof typeof kinds
const inOrder = Object.keys(kinds) as ColumnKind[]

/** The columns' bytes, in the machine's own order of bytes: they are a cache of this very machine. */
export function packColumns(columns: Readonly<Record<string, NumberColumn>>): {
  readonly layout: ColumnLayout
  readonly bytes: Uint8Array
} {
  const entries = inOrder.flatMap((kind) =>
    Object.entries(columns).filter(([, column]) => column.constructor === kinds[kind]),
  )
  const bytes = new Uint8Array(entries.reduce((sum, [, column]) => sum + column.byteLength, 0))
  let place = 0
  const layout = entries.map(([name, column]) => {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), place)
    place += column.byteLength
    return [name, kindOf(column), column.length] as const
  })
  return { layout, bytes }
}

/** The columns by name, as a copy that may be changed; null where the bytes are not those of the layout. */
export function unpackColumns(layout: ColumnLayout, bytes: Uint8Array): ReadonlyMap<string, NumberColumn> | null {
  const columns = new Map<string, NumberColumn>()
  const { buffer } = new Uint8Array(bytes)
  let place = 0
  for (const [name, kind, length] of layout) {
    const size = kinds[kind].BYTES_PER_ELEMENT * length
    if (place + size > bytes.length) return null
    columns.set(name, new kinds[kind](buffer, place, length))
    place += size
  }
  return place === bytes.length ? columns : null
}

export function isColumnLayout(value: unknown): value is ColumnLayout {
  return Array.isArray(value) && value.every(isLayoutEntry)
}

function isLayoutEntry(entry: unknown): boolean {
  if (!Array.isArray(entry)) return false
  const [name, kind, length] = entry as unknown[]
  return (
    typeof name === 'string' &&
    inOrder.some((known) => known === kind) &&
    Number.isSafeInteger(length) &&
    (length as number) >= 0
  )
}

function kindOf(column: NumberColumn): ColumnKind {
  return inOrder.find((kind) => column.constructor === kinds[kind]) as ColumnKind
}
