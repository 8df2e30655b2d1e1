import { parseArgs } from 'node:util'
import { type Group, groups } from './row.ts'

export interface BenchOptions {
  readonly only: readonly Group[]
  readonly size: 'full' | 'quick'
  /** Null: as many as suit each row. */
  readonly pairs: number | null
  /** The folder that the page and its picture are written into; null: they are not. */
  readonly to: string | null
}

export const usage = `npm run bench -- [--only ${groups.join('|')}] [--quick] [--pairs N] [--to FOLDER]
npm run bench -- generate catalogue|feed --out FILE

Measures every figure that opstat is to reach, each against something else in the same run, and prints a table.
  --only GROUP  only these rows; may be given again
  --quick       sizes a hundred times smaller and few pairs: a first look, no proof of anything
  --pairs N     so many pairs for every row
  --to FOLDER   draws the cost curves too, and writes performance.md and performance.svg there (the project's: docs)

Takes half an hour, a few gigabytes in the temporary folder, and python3 to ask the kernel what a program has cost.
Redis, gh, kubectl and twilio-cli are measured where they are on the PATH; nothing is installed.`

/** Null: not understood, or help is wanted. */
export function readOptions(words: readonly string[]): BenchOptions | null {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        only: { type: 'string', multiple: true, default: [...groups] },
        quick: { type: 'boolean', default: false },
        pairs: { type: 'string' },
        to: { type: 'string' },
      },
    })
    const only = groups.filter((group) => values.only.includes(group))
    const pairs = values.pairs === undefined ? null : Number(values.pairs)
    if (values.only.some((name) => !groups.some((group) => group === name))) return null
    if (pairs !== null && !(Number.isInteger(pairs) && pairs > 0)) return null
    return { only, size: values.quick ? 'quick' : 'full', pairs, to: values.to ?? null }
  } catch {
    return null
  }
}
