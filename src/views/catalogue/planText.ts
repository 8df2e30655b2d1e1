import type { MistypedKey } from '../../domain/manifest/mistypedKeys.ts'
import type { FieldChange, PlannedChange } from '../../domain/manifest/plan.ts'
import { unreachable } from '../../domain/result.ts'
import type { Paint } from '../painting/paint.ts'
import { printable } from '../painting/printable.ts'
import { swatch } from '../painting/table.ts'
import type { Shown } from '../shown.ts'
import { mistypedNotes } from './mistypedNotes.ts'
import { counted, type Effect, listed, outcomeNote, pluralOf } from './outcome.ts'

/** How many of each action there are. */
export type PlanCounts = Readonly<Record<PlannedChange['action'], number>>

export function countsOf(changes: readonly PlannedChange[]): PlanCounts {
  const counts = { create: 0, edit: 0, delete: 0 }
  for (const { action } of changes) counts[action]++
  return counts
}

/** What `apply` would do; exit 10 where that is something. */
export function showDiff(
  changes: readonly PlannedChange[],
  { source, mistyped }: { readonly source: string; readonly mistyped: readonly MistypedKey[] },
): Shown {
  const note =
    changes.length === 0
      ? `${source}: nothing to change`
      : `${source}: ${countWords(countsOf(changes), 'to create, to change, to delete')}; do it with opstat apply`
  return {
    ...showPlan(changes, 'planned'),
    note: [note, ...mistypedNotes(mistyped)],
    ...(changes.length === 0 ? {} : { exitCode: 10 }),
  }
}

/** What `apply` did, or would have done. */
export function showApplied(
  changes: readonly PlannedChange[],
  {
    source,
    effect,
    mistyped,
  }: { readonly source: string; readonly effect: Effect; readonly mistyped: readonly MistypedKey[] },
): Shown {
  const counts = countsOf(changes)
  const note = outcomeNote(effect, {
    made: `applied ${source}: ${countWords(counts, 'created, changed, deleted')}`,
    would: `apply ${source}: ${countWords(counts, 'to create, to change, to delete')}`,
    none: `${source}: nothing to change`,
  })
  return { ...showPlan(changes, effect === 'made' ? 'applied' : 'planned'), note: [note, ...mistypedNotes(mistyped)] }
}

/** "delete the status lunch and 2 operators". */
export function deletionWords(changes: readonly PlannedChange[]): string {
  const words = (['status', 'operator', 'calendar'] as const).flatMap((kind) => {
    const ids = changes.filter((change) => change.action === 'delete' && change.kind === kind).map(({ id }) => id)
    if (ids.length === 0) return []
    if (ids.length > 3) return [counted(ids.length, kind)]
    return [`the ${ids.length === 1 ? kind : pluralOf(kind)} ${listed(ids)}`]
  })
  return `delete ${listed(words)}`
}

/** A line for each change, with a line for each field that differs below what is changed. */
export function planText(changes: readonly PlannedChange[], paint: Paint): string {
  return changes.map((change) => changeText(change, paint)).join('\n')
}

function showPlan(changes: readonly PlannedChange[], state: 'planned' | 'applied'): Shown {
  return {
    value: { applied: state === 'applied', ...countsOf(changes), changes },
    human: (paint) => planText(changes, paint),
    sheet: {
      columns: ['action', 'kind', 'id', 'field', 'before', 'after'],
      rows: changes.flatMap(({ action, kind, id, fields }) => {
        const lines = fields.map(({ field, before, after }) => [field, cellOf(before), cellOf(after)])
        return (lines.length === 0 ? [[null, null, null]] : lines).map((line) => [action, kind, id, ...line])
      }),
    },
    names: changes.map(({ kind, id }) => (kind === 'settings' ? kind : `${kind}/${id}`)),
  }
}

function changeText({ action, kind, id, fields }: PlannedChange, paint: Paint): string {
  const name = printable(kind === 'settings' ? kind : `${kind} ${id}`)
  switch (action) {
    case 'create': {
      const said = fields.filter(({ field, after }) => saysSomething(field, after))
      const words = said.map(({ field, after }) => `${printable(field)} ${valueText(field, after, paint)}`)
      return `${markOf('create', paint)} ${name}${words.length === 0 ? '' : `: ${words.join(', ')}`}`
    }
    case 'edit':
      return [`${markOf('edit', paint)} ${name}`, ...fields.map((field) => fieldText(field, paint))].join('\n')
    case 'delete':
      return `${markOf('delete', paint)} ${name}`
    default:
      return unreachable(action)
  }
}

function markOf(action: PlannedChange['action'], { chalk, plain }: Paint): string {
  switch (action) {
    case 'create':
      return plain ? 'create' : chalk.green('+')
    case 'edit':
      return plain ? 'change' : chalk.yellow('~')
    case 'delete':
      return plain ? 'delete' : chalk.red('-')
    default:
      return unreachable(action)
  }
}

function fieldText({ field, before, after }: FieldChange, paint: Paint): string {
  const [was, is] = [valueText(field, before, paint), valueText(field, after, paint)]
  return `    ${printable(field)}: ${paint.plain ? `from ${was} to ${is}` : `${was} → ${is}`}`
}

/** Of what is new, what it has by default is not worth a word. */
function saysSomething(field: string, value: unknown): boolean {
  if (value === null || value === false || (field === 'role' && value === 'operator')) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function valueText(field: string, value: unknown, paint: Paint): string {
  if (value === null) return 'none'
  if (field === 'color' && typeof value === 'string') return swatch(value, paint)
  return printable(JSON.stringify(value))
}

function cellOf(value: unknown): string | number | boolean | null {
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : (value as string | number | boolean | null)
}

/** "1 created, 2 changed, 0 deleted". */
function countWords(counts: PlanCounts, words: string): string {
  const [create, edit, remove] = words.split(', ')
  return `${counts.create} ${create}, ${counts.edit} ${edit}, ${counts.delete} ${remove}`
}
