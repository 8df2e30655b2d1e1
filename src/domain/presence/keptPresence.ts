import type { NameHashing } from '../names/nameHash.ts'
import { nameHashing } from '../names/nameHash.ts'
import { type NameTable, numberOfText } from '../names/nameTable.ts'
import { type NameTableColumns, namesOfColumns } from '../names/nameTableColumns.ts'
import { armEverybody } from '../rule/triggers.ts'
import { type Checkpoint, keptColumns } from './checkpoint.ts'
import { type NumberColumn, unpackColumns } from './columnBytes.ts'
import type { OperatorColumns } from './operatorColumns.ts'
import { operatorNamed, type PresenceState } from './presenceState.ts'
import { type SlotColumns, slotsOfColumns } from './slotColumns.ts'
import { type Slots, slotName, slotOf, slotsOfOperator } from './slots.ts'

/** A checkpoint with its columns, as the one who wrote it had them: everybody by the index of then. */
export interface KeptPresence {
  readonly checkpoint: Checkpoint
  readonly operators: string[]
  readonly operatorIds: NameTable
  readonly columns: Omit<OperatorColumns, 'ripeAt'>
  readonly sessions: Slots
  readonly dialogues: Slots
}

/** Names that come from the store's own operators and their panels. */
const hashing: NameHashing = nameHashing(0)

/** Null where the columns are not those of the checkpoint, or of another version of the program. */
export function keptPresence(checkpoint: Checkpoint, bytes: Uint8Array): KeptPresence | null {
  const found = unpackColumns(checkpoint.layout, bytes)
  if (found === null) return null
  const operators = checkpoint.ids === '' ? [] : checkpoint.ids.split(' ')
  const operatorIds = namesOfColumns(hashing, under<NameTableColumns>(found, 'names'))
  const last = operators.at(-1)
  // Hashed otherwise, or by a machine with another order of bytes, they would not find each other.
  if (last !== undefined && numberOfText(operatorIds, last) !== operators.length - 1) return null
  const sessions = slotsOfColumns(hashing, under<SlotColumns>(found, 'sessions'))
  const dialogues = slotsOfColumns(hashing, under<SlotColumns>(found, 'dialogues'))
  const columns = Object.fromEntries(keptColumns.map((name) => [name, found.get(name)]))
  const isWhole = keptColumns.every((name) => found.get(name)?.length === operators.length)
  if (!isWhole) return null
  return { checkpoint, operators, operatorIds, columns: columns as unknown as OperatorColumns, sessions, dialogues }
}

/** Puts it back into a state whose statuses come from the history. Operators who left are passed over. */
export function restorePresence(state: PresenceState, kept: KeptPresence): void {
  restoreTime(state, kept.checkpoint)
  for (const [from, id] of kept.operators.entries()) {
    const index = kept.columns.present[from] === 0 ? -1 : operatorNamed(state, id)
    if (index !== -1) restoreOperator(state, index, { kept, from })
  }
  armEverybody(state)
}

/** The feed's clock, and what of its time counts. */
export function restoreTime(state: PresenceState, { clock, tickedFrom, gaps }: Checkpoint): void {
  const { coverage } = state
  state.clock = clock ?? Number.NEGATIVE_INFINITY
  coverage.tickedFrom = tickedFrom
  coverage.starts.length = 0
  coverage.ends.length = 0
  for (const [start, end] of gaps) {
    coverage.starts.push(start)
    coverage.ends.push(end)
  }
}

function restoreOperator(
  state: PresenceState,
  index: number,
  { kept, from }: { readonly kept: KeptPresence; readonly from: number },
): void {
  const { columns } = state
  const operator = { index, id: state.operators[index] as string }
  for (const name of ['lastSeen', 'lastDialogueAt', 'heldFrom', 'openDialogues'] as const)
    columns[name][index] = kept.columns[name][from] as number
  for (const known of slotsOfOperator(kept.sessions, from)) {
    const slot = slotOf(state.sessions, operator, slotName(kept.sessions, known))
    state.sessions.at[slot] = kept.sessions.at[known] as number
    state.sessions.open[slot] = kept.sessions.open[known] as number
  }
  for (const known of slotsOfOperator(kept.dialogues, from)) {
    if (kept.dialogues.open[known] !== 1) continue
    const slot = slotOf(state.dialogues, operator, slotName(kept.dialogues, known))
    state.dialogues.at[slot] = kept.dialogues.at[known] as number
    state.dialogues.open[slot] = 1
  }
}

/** The roster as it was when the checkpoint was made. */
export function rosterOf({ operators, columns, checkpoint }: KeptPresence): { id: string; name: string }[] {
  const names = checkpoint.names.split('\n')
  const everybody = operators.map((id, index) => ({ id, name: names[index] as string }))
  return everybody.filter((_, index) => columns.present[index] === 1)
}

/** The columns whose names begin so. */
function under<Columns>(found: ReadonlyMap<string, NumberColumn>, prefix: string): Columns {
  const start = `${prefix}.`
  const own = [...found].filter(([name]) => name.startsWith(start))
  return Object.fromEntries(own.map(([name, column]) => [name.slice(start.length), column])) as Columns
}
