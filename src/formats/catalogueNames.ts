import { readFileSync } from 'node:fs'

/** An id with the name that goes with it. */
export interface Named {
  readonly id: string
  readonly name: string
}

export interface CatalogueNames {
  readonly statuses: readonly (Named & { readonly canReceive: boolean })[]
  readonly operators: readonly Named[]
  readonly calendars: readonly Named[]
}

/**
 * The ids and names in a catalogue's file, for completing them while somebody types: nothing is checked, and what can't
 * be read is taken for empty.
 */
export function readCatalogueNames(file: string): CatalogueNames {
  const document = readObject(file)
  const statuses = entriesOf(document.statuses)
  return {
    statuses: statuses.flatMap((one) => named(one).map((names) => ({ ...names, canReceive: one.canReceive === true }))),
    operators: entriesOf(document.operators).flatMap(named),
    calendars: entriesOf(document.calendars).flatMap(named),
  }
}

type Loose = Readonly<Record<string, unknown>>

/** Deliberately read at once: loading the promises would take longer than reading. */
function readObject(file: string): Loose {
  try {
    const document: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
    return typeof document === 'object' && document !== null ? (document as Loose) : {}
  } catch {
    // Deliberately silent: a message would land in the middle of the line that is being typed.
    return {}
  }
}

function entriesOf(list: unknown): Loose[] {
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'object' && entry !== null) : []
}

/** None for an entry without an id: only those that the store wrote can be completed. */
function named({ id, name }: Loose): Named[] {
  return typeof id === 'string' ? [{ id, name: typeof name === 'string' ? name : id }] : []
}
