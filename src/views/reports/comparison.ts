import type { ComparedSwitches, Comparison, SwitchSums } from '../../domain/reports/absence/comparison.ts'
import { formatTime } from '../../domain/time.ts'
import { durationText } from '../painting/durationText.ts'
import type { Paint } from '../painting/paint.ts'
import { type Column, renderTable, type TableCell } from '../painting/table.ts'
import { transitionShape } from '../presence/presenceShapes.ts'

/** The changed settings beside the present ones, per operator and in total. */
export function comparisonShape({ operators, ...total }: Comparison): Record<string, unknown> {
  return {
    ...comparedShape(total),
    operators: operators.map(({ operator, ...compared }) => ({ operator, ...comparedShape(compared) })),
  }
}

export function comparisonText(comparison: Comparison, paint: Paint): string {
  const rows = [
    ...comparison.operators.map(({ operator, ...compared }) => [operator, ...comparedCells(compared)]),
    ['all', ...comparedCells(comparison)],
  ]
  const changes = changeRows(comparison)
  return [
    `Beside the present settings (now, and the change):\n${renderTable(comparedColumns, rows, paint)}`,
    ...(changes.length === 0
      ? ['The same switches at the same times.']
      : [
          renderTable(
            ['switch', 'operator', 'present settings', 'changed settings'].map((header) => ({ header })),
            changes,
            paint,
          ),
        ]),
  ].join('\n\n')
}

/** The switches that were added, removed and moved stand below, one by one. */
const comparedColumns: readonly Column[] = [
  { header: 'operator', shrinksTo: 12 },
  { header: 'switches', align: 'right' },
  { header: 'added', align: 'right', leaves: 3 },
  { header: 'removed', align: 'right', leaves: 2 },
  { header: 'moved', align: 'right', leaves: 1 },
  { header: 'ghost time', align: 'right' },
  { header: 'false offline', align: 'right' },
  { header: 'false offline time', align: 'right', leaves: 4 },
]

function comparedShape({ before, after, added, removed, moved }: ComparedSwitches): Record<string, unknown> {
  return {
    before,
    after,
    change: {
      switches: after.switches - before.switches,
      ghostMs: after.ghostMs - before.ghostMs,
      falseOffline: after.falseOffline - before.falseOffline,
      falseOfflineMs: after.falseOfflineMs - before.falseOfflineMs,
    },
    added: added.map(transitionShape),
    removed: removed.map(transitionShape),
    moved: moved.map((one) => ({ before: transitionShape(one.before), after: transitionShape(one.after) })),
  }
}

function comparedCells({ before, after, added, removed, moved }: ComparedSwitches): TableCell[] {
  const counts = (key: 'switches' | 'falseOffline') => `${before[key]} ${signed(after[key] - before[key], String)}`
  const times = (key: 'ghostMs' | 'falseOfflineMs') => `${durationText(before[key])} ${changeOf(before, after, key)}`
  return [
    ...[counts('switches'), added.length, removed.length, moved.length],
    ...[times('ghostMs'), counts('falseOffline'), times('falseOfflineMs')],
  ]
}

function changeOf(before: SwitchSums, after: SwitchSums, key: 'ghostMs' | 'falseOfflineMs'): string {
  return signed(after[key] - before[key], durationText)
}

/** `+3`, `-0:05:00`, `±0`. */
function signed(change: number, text: (amount: number) => string): string {
  if (change === 0) return '±0'
  return `${change > 0 ? '+' : '-'}${text(Math.abs(change))}`
}

function changeRows({ added, removed, moved }: ComparedSwitches): TableCell[][] {
  const rows = [
    ...added.map(({ at, operator }) => ({ at, cells: ['added', operator, null, formatTime(at)] })),
    ...removed.map(({ at, operator }) => ({ at, cells: ['removed', operator, formatTime(at), null] })),
    ...moved.map(({ before, after }) => ({
      at: before.at,
      cells: ['moved', before.operator, formatTime(before.at), formatTime(after.at)],
    })),
  ]
  return rows.sort((a, b) => a.at - b.at).map(({ cells }) => cells)
}
