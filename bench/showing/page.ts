import { type Absent, type Group, groups, type Row, verdictOf } from '../row.ts'
import type { Machine } from './machine.ts'
import { tableMarkdown } from './tableText.ts'

/** A whole run of the benchmarks. */
export interface BenchRun {
  readonly rows: readonly Row[]
  readonly absent: readonly Absent[]
  readonly machine: Machine
  /** The date, `2026-01-31`. */
  readonly day: string
  /** The machine's load before and after. */
  readonly load: readonly [before: number, after: number]
  readonly size: 'full' | 'quick'
}

const headings: Readonly<Record<Group, string>> = {
  start: 'Start-up',
  records: 'Records',
  store: 'The store',
}

/** docs/performance.md, written by the benchmarks themselves. */
export function performancePage(run: BenchRun): string {
  const judged = run.rows.filter(({ goal }) => goal !== null)
  const met = judged.filter((row) => verdictOf(row) === 'met').length
  const { machine, load } = run
  return [
    '# Performance',
    '',
    'Written by `npm run bench -- --to docs`; nothing here is typed by hand. Every figure is compared with something else that was measured in the same run, in turn with it, so that neither a slow machine nor a busy one moves the ratio. Ratios are medians of the ratios of the pairs, of CPU time (user and system) of the whole process, unless the row says otherwise; `NODE_EXTRA_CA_CERTS` is unset.',
    '',
    ...(run.size === 'quick' ? ['**Measured with small sizes: a first look, no proof of anything.**', ''] : []),
    `${met} of ${judged.length} goals are met. Measured on ${run.day} on ${machine.cores} shared cores (${machine.processor}), ${machine.memoryGiB} GiB of memory, ${machine.system}, Node ${machine.node}; the machine's load was ${load[0].toFixed(1)} before and ${load[1].toFixed(1)} after.`,
    '',
    ...groups.flatMap((group) => [`## ${headings[group]}`, '', tableMarkdown(run.rows.filter(inGroup(group))), '']),
    ...(run.absent.length === 0
      ? []
      : ['Not measured here:', '', ...run.absent.map(({ what, why }) => `- ${what}: ${why}`), '']),
    '## Curves',
    '',
    'How costs grow with operators and with records. Both axes of each chart are logarithmic.',
    '',
    `![Cost curves: a heartbeat against operators, a replay against records, commands against operators](performance.svg)`,
    '',
    '## How to measure',
    '',
    '```',
    'npm run bench                                  # everything',
    'npm run bench -- --only start                  # or records, or store',
    'npm run bench -- --quick                       # small sizes: a first look whose figures prove nothing',
    'npm run bench -- --to docs                     # everything, and writes this page and its picture',
    'npm run bench -- generate feed --operators 100000 --records 10000000 --out feed.jsonl',
    '```',
    '',
    'It needs python3, which asks the kernel what an ended program has cost, and a few gigabytes in the temporary folder. Redis, `gh`, `kubectl` and twilio-cli are measured where they are on the PATH; the benchmark installs nothing.',
    '',
  ].join('\n')
}

function inGroup(group: Group): (row: Row) => boolean {
  return (row) => row.group === group
}
