import type { Status } from '../../domain/catalogue/catalogue.ts'
import type { StatusRow } from '../../domain/catalogue/occupancy.ts'
import type { Deletion } from '../../domain/edits/statusDeletion.ts'
import type { StatusInUse, StatusUse } from '../../domain/failure.ts'
import { listFields } from '../listFields.ts'
import type { Paint } from '../painting/paint.ts'
import { type Column, renderTable, swatchCell } from '../painting/table.ts'
import type { Shown } from '../shown.ts'
import { counted, type Effect, listed, outcomeNote } from './outcome.ts'

const columns: readonly Column[] = [
  { header: 'id', shrinksTo: 8 },
  { header: 'name', shrinksTo: 8 },
  { header: 'color' },
  { header: 'receive' },
  { header: 'after close', leaves: 3 },
  { header: 'operators', align: 'right', leaves: 1 },
  { header: 'used as', shrinksTo: 12, leaves: 2 },
]

/** The catalogue's statuses, in display order. */
export function showStatuses(rows: readonly StatusRow[]): Shown {
  return {
    value: rows,
    human: (paint) => (rows.length === 0 ? '' : statusTable(rows, paint)),
    sheet: sheetOf(rows),
    names: rows.map((row) => row.id),
    fields: listFields['status list'],
    pick: (places) => showStatuses(places.flatMap((place) => rows[place] ?? [])),
    ...(rows.length === 0 ? { note: 'there is no status yet; add one: opstat status create NAME' } : {}),
  }
}

/** One status. */
export function showStatus(row: StatusRow): Shown {
  return { value: row, human: (paint) => statusTable([row], paint), sheet: sheetOf([row]), names: [row.id] }
}

/** A status as it is after a command. */
export interface ChangedStatus {
  readonly row: StatusRow
  readonly effect: Effect
  /** A second note, about its colour; null where there is none to make. */
  readonly remark: string | null
}

export function showCreatedStatus({ row, effect, remark }: ChangedStatus): Shown {
  const what = `the status ${statusWords(row)}`
  const note = outcomeNote(effect, { made: `created ${what}`, would: `create ${what}`, none: '' })
  return { ...showStatus(row), note: [note, remark ?? []].flat() }
}

export function showEditedStatus({ row, effect, remark }: ChangedStatus): Shown {
  const what = `the status ${statusWords(row)}`
  const note = outcomeNote(effect, {
    made: `changed ${what}`,
    would: `change ${what}`,
    none: `${what} is like that already; nothing to change`,
  })
  return { ...showStatus(row), note: [note, remark ?? []].flat() }
}

/** What was deleted, and who went where with it. */
export function showDeletion(deletion: Deletion, effect: Effect): Shown {
  const { deleted, moves, startMoves } = deletion
  const moved = movedWords(deletion)
  const made = `deleted ${statusesWords(deleted)}${moved === '' ? '' : `; moved ${moved}`}`
  return {
    value: { deleted, moved: moves, restarted: startMoves },
    human: () => '',
    sheet: { columns: ['id', 'name'], rows: deleted.map(({ id, name }) => [id, name]) },
    names: deleted.map((status) => status.id),
    note: outcomeNote(effect, { made, would: deletionWords(deletion), none: '' }),
  }
}

/** "delete the status lunch (Lunch) and move 2 operators to offline". */
export function deletionWords(deletion: Deletion): string {
  const moved = movedWords(deletion)
  return `delete ${statusesWords(deletion.deleted)}${moved === '' ? '' : ` and move ${moved}`}`
}

/** Who is in the statuses or starts in them, and where they are to go. */
export function targetQuestion(failure: { readonly others: readonly StatusInUse[] } & StatusInUse): string {
  const kept = [failure, ...failure.others].map(({ status, name, uses }) => {
    return `${statusWords({ id: status, name })} has ${listed(uses.flatMap(occupants))}`
  })
  return `${listed(kept)}. Where do they go?`
}

function occupants(use: StatusUse): string[] {
  if (use.by === 'operators-in') return [`${counted(use.operators.length, 'operator')} in it (${some(use.operators)})`]
  if (use.by !== 'operators-start') return []
  return [`${counted(use.operators.length, 'operator')} starting there (${some(use.operators)})`]
}

/** The first three of them by name. */
function some(ids: readonly string[]): string {
  return ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`
}

/** "2 operators and the start of 1 operator to offline"; empty where nobody moves. */
function movedWords({ moves, startMoves }: Deletion): string {
  const to = (moves[0] ?? startMoves[0])?.to
  if (to === undefined) return ''
  const moved = moves.length === 0 ? [] : [counted(moves.length, 'operator')]
  const restarted = startMoves.length === 0 ? [] : [`the start of ${counted(startMoves.length, 'operator')}`]
  return `${listed([...moved, ...restarted])} to ${to}`
}

function statusesWords(statuses: readonly Status[]): string {
  return `the status${statuses.length === 1 ? '' : 'es'} ${listed(statuses.map(statusWords))}`
}

/** As notes and questions call a status: its id, and its name where that says more. */
export function statusWords({ id, name }: Pick<Status, 'id' | 'name'>): string {
  return id === name ? id : `${id} (${name})`
}

function statusTable(rows: readonly StatusRow[], paint: Paint): string {
  const cells = rows.map((row) => [
    row.id,
    row.name,
    swatchCell(row.color, paint),
    row.canReceive,
    row.countAfterClose,
    row.operators,
    row.usedAs.length === 0 ? null : row.usedAs.join(', '),
  ])
  return renderTable(columns, cells, paint)
}

function sheetOf(rows: readonly StatusRow[]): NonNullable<Shown['sheet']> {
  return {
    columns: ['id', 'name', 'color', 'canReceive', 'countAfterClose', 'operators', 'usedAs'],
    rows: rows.map((row) => [
      row.id,
      row.name,
      row.color,
      row.canReceive,
      row.countAfterClose,
      row.operators,
      row.usedAs.join(' '),
    ]),
  }
}
