import { parseArgs } from 'node:util'
import { type Group, groups } from './row.ts'

export interface BenchOptions {
  readonly only: readonly Group[]
  readonly size: 'full' | 'quick'
  readonly pairs: number | null
}

export const usage = `npm run bench -- [--only ${groups.join('|')}] [--quick] [--pairs N]
npm run bench -- generate --help

Measures every figure that opstat is to reach, each against something else in the same run, and prints a table.
  --only GROUP  only these rows; may be given again
  --quick       sizes a hundred times smaller and few pairs: a first look whose figures prove nothing
  --pairs N     so many pairs for every row

Takes about half an hour, 3 GB in the temporary folder, and python3 to ask the kernel what a program has cost.
Redis, gh, kubectl and twilio-cli are measured where they are on the PATH.`

/** Null: not understood. */
export function readOptions(words: readonly string[]): BenchOptions | null {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        only: { type: 'string', multiple: true, default: [...groups] },
        quick: { type: 'boolean', default: false },
        pairs: { type: 'string' },
      },
    })
    const only = groups.filter((group) => values.only.includes(group))
    const pairs = values.pairs === undefined ? null : Number(values.pairs)
    if (values.only.some((name) => !groups.some((group) => group === name))) return null
    if (pairs !== null && !(Number.isInteger(pairs) && pairs > 0)) return null
    return { only, size: values.quick ? 'quick' : 'full', pairs }
  } catch {
    return null
  }
}
