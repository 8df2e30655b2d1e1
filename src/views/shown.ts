import type { Paint } from './painting/paint.ts'

export const outputFormats = ['table', 'json', 'jsonl', 'yaml', 'csv', 'name'] as const
export type OutputFormat = (typeof outputFormats)[number]

export type Cell = string | number | boolean | null

/** What a command shows, as one value with its views. */
export interface Shown {
  /** Printed for json and yaml; an array also for jsonl. `undefined`: the command has written all it had to say. */
  readonly value: unknown
  /** `value` as indented JSON, line feed at the end, in pieces: for lists so long that making the value takes longer. */
  readonly json?: (() => Iterable<string>) | undefined
  /** The text for people, without a newline at the end; empty: nothing. */
  readonly human: (paint: Paint) => string
  /** Columns and cells for csv; where absent, the keys and values of `value`. */
  readonly sheet?: { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  /** The lines of `-o name`: one identifier each. */
  readonly names?: readonly string[]
  /** A line, or several, on stderr for people, unless `--quiet`: what was done and what can be done next. */
  readonly note?: string | readonly string[]
  /** Of a list: what its entries can have, also where none of them has it now. */
  readonly fields?: readonly string[]
  /** Of a list: the same with only the rows at these places, in this order. */
  readonly pick?: (places: readonly number[]) => Shown
  /** 0 where absent; 10 where differences were found. */
  readonly exitCode?: number
}
