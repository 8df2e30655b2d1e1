import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Recorded } from '../history/recorded.ts'
import { columnsOfNames } from '../names/nameTableColumns.ts'
import { type ColumnLayout, isColumnLayout, packColumns } from './columnBytes.ts'
import type { OperatorColumns } from './operatorColumns.ts'
import { operatorNamed, type PresenceState } from './presenceState.ts'
import { columnsOfSlots } from './slotColumns.ts'

/**
 * What the feed has told so far: a cache, so that nothing is read twice. Many numbers stand in columns beside it, in
 * bytes, as they are worked with. Times in epoch milliseconds, null for never.
 */
export interface Checkpoint {
  readonly version: 2
  readonly clock: number | null
  readonly tickedFrom: number | null
  readonly gaps: readonly (readonly [start: number, end: number])[]
  readonly layout: ColumnLayout
  /** The operators' ids by index, with blanks between them, for no id holds one. */
  readonly ids: string
  /** Their names, with line feeds between them; empty for those who left. */
  readonly names: string
  /** The ids of the statuses by index. */
  readonly statuses: readonly string[]
  /**
   * The history's entry up to which the columns `status`, `since` and `switchDue` say where everybody in the roster
   * is. The history alone says so: it is spared to be asked where nothing but such entries came after.
   */
  readonly seq: number
  /** That entry's hash. */
  readonly head: string
}

/** What of a presence is the catalogue's and the history's, and not the feed's. */
export interface Grounds {
  readonly catalogue: Catalogue
  readonly recorded: Pick<Recorded, 'stays' | 'seq' | 'head'>
}

export function toCheckpoint(
  state: PresenceState,
  grounds: Grounds,
): { readonly checkpoint: Checkpoint; readonly columns: Uint8Array } {
  const { coverage, sessions, dialogues, operatorIds, operators } = state
  const { layout, bytes } = packColumns({
    ...ownColumns(state, grounds.recorded),
    ...prefixed('names', columnsOfNames(operatorIds)),
    ...prefixed('sessions', columnsOfSlots(sessions, operators.length)),
    ...prefixed('dialogues', columnsOfSlots(dialogues, operators.length)),
  })
  const checkpoint: Checkpoint = {
    version: 2,
    clock: Number.isFinite(state.clock) ? state.clock : null,
    tickedFrom: coverage.tickedFrom,
    gaps: coverage.starts.map((start, index) => [start, coverage.ends[index] as number]),
    layout,
    ids: operators.join(' '),
    names: namesByIndex(state, grounds.catalogue).join('\n'),
    statuses: state.statuses.map(({ id }) => id),
    seq: grounds.recorded.seq,
    head: grounds.recorded.head,
  }
  return { checkpoint, columns: bytes }
}

/** Is this what `toCheckpoint` made? A cache that is anything else is passed over. */
export function isCheckpoint(value: unknown): value is Checkpoint {
  if (typeof value !== 'object' || value === null) return false
  const { version, clock, tickedFrom, gaps, layout, ids, names, statuses, seq, head } = value as Partial<
    Record<keyof Checkpoint, unknown>
  >
  return (
    version === 2 &&
    [clock, tickedFrom].every((at) => at === null || typeof at === 'number') &&
    Array.isArray(gaps) &&
    gaps.every((gap) => Array.isArray(gap) && typeof gap[0] === 'number' && typeof gap[1] === 'number') &&
    isColumnLayout(layout) &&
    typeof ids === 'string' &&
    typeof names === 'string' &&
    Array.isArray(statuses) &&
    statuses.every((id) => typeof id === 'string') &&
    typeof seq === 'number' &&
    typeof head === 'string'
  )
}

/** Of the operators' columns those that are kept. `ripeAt` is found out anew. */
export const keptColumns = [
  'present',
  'status',
  'since',
  'lastSeen',
  'lastDialogueAt',
  'openDialogues',
  'switchDue',
  'heldFrom',
] as const satisfies readonly (keyof OperatorColumns)[]

/** A status that nobody has met, or no stay. */
export const noStatus = -1

/** The columns that the feed moves as they are; the others as the history has them. */
function ownColumns(state: PresenceState, { stays }: Pick<Recorded, 'stays'>) {
  const count = state.operators.length
  const { present, lastSeen, lastDialogueAt, openDialogues, heldFrom } = state.columns
  const feeds = { present, lastSeen, lastDialogueAt, openDialogues, heldFrom }
  const kept = Object.entries(feeds).map(([name, column]) => [name, column.subarray(0, count)] as const)
  const status = new Int32Array(count).fill(noStatus)
  const since = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  const switchDue = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  for (let index = 0; index < count; index++) {
    const stay = present[index] === 1 ? stays.get(state.operators[index] as string) : undefined
    if (stay === undefined) continue
    status[index] = state.statusIndexById.get(stay.status) ?? noStatus
    since[index] = stay.since
    if (stay.cause === 'auto-offline' && stay.due !== null) switchDue[index] = stay.due
  }
  return { ...Object.fromEntries(kept), status, since, switchDue }
}

function namesByIndex(state: PresenceState, { operators }: Catalogue): string[] {
  const names = new Array<string>(state.operators.length).fill('')
  for (const [place, { id, name }] of operators.entries()) {
    const index = state.operators[place] === id ? place : operatorNamed(state, id)
    if (index !== -1) names[index] = name
  }
  return names
}

function prefixed<Column>(prefix: string, columns: Readonly<Record<string, Column>> | object): Record<string, Column> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${prefix}.${name}`, column as Column]))
}
