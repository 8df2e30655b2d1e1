import type { OperatorRow } from '../../domain/catalogue/occupancy.ts'
import { listFields } from '../listFields.ts'
import type { Paint } from '../painting/paint.ts'
import { type Column, renderTable } from '../painting/table.ts'
import { timeText } from '../painting/timeText.ts'
import { timeOrNull } from '../presence/presenceShapes.ts'
import type { Shown } from '../shown.ts'
import { type Effect, listed, outcomeNote } from './outcome.ts'

interface OperatorColumn extends Column {
  readonly cell: (row: OperatorRow, paint: Paint) => string | null
  /** Left out where nobody has it. */
  readonly rare?: true
}

const columns: readonly OperatorColumn[] = [
  { header: 'id', shrinksTo: 12, cell: (row) => row.id },
  { header: 'name', shrinksTo: 8, cell: (row) => row.name },
  { header: 'role', leaves: 4, cell: (row) => row.role },
  { header: 'status', shrinksTo: 8, cell: (row) => row.statusName },
  { header: 'since', leaves: 5, cell: (row, paint) => (row.since === null ? null : timeText(row.since, paint)) },
  { header: 'starts in', shrinksTo: 8, leaves: 1, cell: (row) => row.initialStatus, rare: true },
  { header: 'account', shrinksTo: 7, leaves: 3, cell: (row) => row.account, rare: true },
  { header: 'calendar', shrinksTo: 8, leaves: 2, cell: (row) => row.calendar, rare: true },
]

/** The roster, each operator with the status they are in as far as recorded. */
export function showOperators(rows: readonly OperatorRow[]): Shown {
  return {
    value: rows.map(operatorShape),
    human: (paint) => (rows.length === 0 ? '' : operatorTable(rows, paint)),
    sheet: sheetOf(rows),
    names: rows.map((row) => row.id),
    fields: listFields['operator list'],
    pick: (places) => showOperators(places.flatMap((place) => rows[place] ?? [])),
    ...(rows.length === 0 ? { note: 'there is no operator yet; add one: opstat operator add ID' } : {}),
  }
}

/** One operator. */
export function showOperator(row: OperatorRow): Shown {
  return {
    value: operatorShape(row),
    human: (paint) => operatorTable([row], paint),
    sheet: sheetOf([row]),
    names: [row.id],
  }
}

/** An operator as they are after a command. */
export interface ChangedOperator {
  readonly row: OperatorRow
  readonly effect: Effect
}

export function showAddedOperator({ row, effect }: ChangedOperator): Shown {
  const what = `the operator ${operatorWords(row)}`
  const place = row.status === null ? '' : `, who starts in ${row.status}`
  const note = outcomeNote(effect, { made: `added ${what}${place}`, would: `add ${what}${place}`, none: '' })
  return { ...showOperator(row), note }
}

export function showEditedOperator({ row, effect }: ChangedOperator): Shown {
  const what = `the operator ${operatorWords(row)}`
  const note = outcomeNote(effect, {
    made: `changed ${what}`,
    would: `change ${what}`,
    none: `${what} is like that already; nothing to change`,
  })
  return { ...showOperator(row), note }
}

/** "remove the operators ana (Ana Kovalenko) and ben". */
export function removalWords(operators: readonly Pick<OperatorRow, 'id' | 'name'>[]): string {
  return `remove the operator${operators.length === 1 ? '' : 's'} ${listed(operators.map(operatorWords))}`
}

/** Who was removed; the history keeps them. */
export function showRemovedOperators(rows: readonly OperatorRow[], effect: Effect): Shown {
  const would = removalWords(rows)
  return {
    value: rows.map(operatorShape),
    human: () => '',
    sheet: sheetOf(rows),
    names: rows.map((row) => row.id),
    note: outcomeNote(effect, {
      made: `${would.replace('remove', 'removed')}; the history keeps what they did`,
      would,
      none: '',
    }),
  }
}

/** An operator who was put into a status; `from` is where they were. */
export function showStatusSet(
  { row, from }: { readonly row: OperatorRow; readonly from: string | null },
  effect: Effect,
): Shown {
  const words = `${row.id} into ${row.status}${from === null || from === row.status ? '' : `, from ${from}`}`
  const note = outcomeNote(effect, {
    made: `put ${words}`,
    would: `put ${words}`,
    none: `${row.id} is in ${row.status} already; nothing to change`,
  })
  return { ...showOperator(row), note }
}

/** As notes and questions call an operator. */
export function operatorWords({ id, name }: Pick<OperatorRow, 'id' | 'name'>): string {
  return id === name ? id : `${id} (${name})`
}

/** The operator as the catalogue has them, with status and since beside it. */
function operatorShape(row: OperatorRow): Record<string, unknown> {
  return { ...row, since: timeOrNull(row.since) }
}

function operatorTable(rows: readonly OperatorRow[], paint: Paint): string {
  const shown = columns.filter(({ rare, cell }) => rare !== true || rows.some((row) => cell(row, paint) !== null))
  return renderTable(
    shown,
    rows.map((row) => shown.map(({ cell }) => cell(row, paint))),
    paint,
  )
}

function sheetOf(rows: readonly OperatorRow[]): NonNullable<Shown['sheet']> {
  return {
    columns: ['id', 'name', 'role', 'account', 'initialStatus', 'calendar', 'status', 'statusName', 'since'],
    rows: rows.map((row) => [
      row.id,
      row.name,
      row.role,
      row.account,
      row.initialStatus,
      row.calendar,
      row.status,
      row.statusName,
      timeOrNull(row.since),
    ]),
  }
}
