import { armEverybody } from '../rule/triggers.ts'
import { operatorNamed, type PresenceState } from './presenceState.ts'
import { slotName, slotOf, slotsOfOperator } from './slots.ts'

/**
 * What the feed has told so far, as plain JSON: a cache, so that nothing is read twice. Statuses are not in it: they
 * come from the history. Times in epoch milliseconds, null for never.
 */
export interface Checkpoint {
  readonly version: 1
  readonly clock: number | null
  readonly tickedFrom: number | null
  readonly gaps: readonly (readonly [start: number, end: number])[]
  readonly operators: readonly OperatorCheckpoint[]
}

type OperatorCheckpoint = readonly [
  id: string,
  lastSeen: number | null,
  lastDialogueAt: number | null,
  heldFrom: number | null,
  sessions: readonly (readonly [name: string, at: number, open: 0 | 1])[],
  dialogues: readonly (readonly [name: string, at: number])[],
]

export function toCheckpoint(state: PresenceState): Checkpoint {
  const { coverage, columns, sessions, dialogues } = state
  const operators: OperatorCheckpoint[] = []
  for (const [index, id] of state.operators.entries()) {
    if (columns.present[index] === 0) continue
    const open = slotsOfOperator(dialogues, index).filter((slot) => dialogues.open[slot] === 1)
    const heard = slotsOfOperator(sessions, index).filter((slot) => Number.isFinite(sessions.at[slot] as number))
    const entry: OperatorCheckpoint = [
      id,
      finiteOrNull(columns.lastSeen[index] as number),
      finiteOrNull(columns.lastDialogueAt[index] as number),
      finiteOrNull(columns.heldFrom[index] as number),
      heard.map((slot) => [slotName(sessions, slot), sessions.at[slot] as number, sessions.open[slot] === 1 ? 1 : 0]),
      open.map((slot) => [slotName(dialogues, slot), dialogues.at[slot] as number]),
    ]
    if (entry[1] !== null || entry[2] !== null || entry[3] !== null) operators.push(entry)
  }
  return {
    version: 1,
    clock: finiteOrNull(state.clock),
    tickedFrom: coverage.tickedFrom,
    gaps: coverage.starts.map((start, index) => [start, coverage.ends[index] as number]),
    operators,
  }
}

/** Puts a checkpoint back into a state whose statuses come from the history. Operators who left are passed over. */
export function restoreCheckpoint(state: PresenceState, checkpoint: Checkpoint): void {
  const { coverage, columns, sessions, dialogues } = state
  state.clock = checkpoint.clock ?? Number.NEGATIVE_INFINITY
  coverage.tickedFrom = checkpoint.tickedFrom
  coverage.starts.length = 0
  coverage.ends.length = 0
  for (const [start, end] of checkpoint.gaps) {
    coverage.starts.push(start)
    coverage.ends.push(end)
  }
  for (const [id, lastSeen, lastDialogueAt, heldFrom, heard, open] of checkpoint.operators) {
    const index = operatorNamed(state, id)
    if (index === -1) continue
    columns.lastSeen[index] = lastSeen ?? Number.NEGATIVE_INFINITY
    columns.lastDialogueAt[index] = lastDialogueAt ?? Number.NEGATIVE_INFINITY
    columns.heldFrom[index] = heldFrom ?? Number.NaN
    columns.openDialogues[index] = open.length
    for (const [name, at, isOpen] of heard) {
      const slot = slotOf(sessions, { index, id }, name)
      sessions.at[slot] = at
      sessions.open[slot] = isOpen
    }
    for (const [name, at] of open) {
      const slot = slotOf(dialogues, { index, id }, name)
      dialogues.at[slot] = at
      dialogues.open[slot] = 1
    }
  }
  armEverybody(state)
}

/** Is this what `toCheckpoint` made? A cache that is anything else is passed over. */
export function isCheckpoint(value: unknown): value is Checkpoint {
  if (typeof value !== 'object' || value === null) return false
  const { version, clock, tickedFrom, gaps, operators } = value as Partial<Record<keyof Checkpoint, unknown>>
  return (
    version === 1 &&
    isTimeOrNull(clock) &&
    isTimeOrNull(tickedFrom) &&
    Array.isArray(gaps) &&
    gaps.every((gap) => Array.isArray(gap) && typeof gap[0] === 'number' && typeof gap[1] === 'number') &&
    Array.isArray(operators) &&
    operators.every(isOperatorCheckpoint)
  )
}

function isOperatorCheckpoint(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 6 || typeof value[0] !== 'string') return false
  const [, lastSeen, lastDialogueAt, heldFrom, sessions, dialogues] = value
  return [lastSeen, lastDialogueAt, heldFrom].every(isTimeOrNull) && [sessions, dialogues].every(isNamedTimes)
}

function isNamedTimes(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((item) => Array.isArray(item) && typeof item[0] === 'string' && typeof item[1] === 'number')
  )
}

function isTimeOrNull(value: unknown): boolean {
  return value === null || typeof value === 'number'
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
