import { type Catalogue, foldCase, initialStatusOf, type Status, targetOf } from '../catalogue/catalogue.ts'
import { type NameHashing, nameHashing } from '../names/nameHash.ts'
import { createNameTable, type NameTable, numberForText, numberOfText } from '../names/nameTable.ts'
import { type Coverage, createCoverage } from '../rule/coverage.ts'
import { createDeadlines, type Deadlines } from '../rule/deadlines.ts'
import { createColumns, grownColumns, type OperatorColumns } from './operatorColumns.ts'
import { type RuleInForce, ruleWithoutTarget } from './ruleInForce.ts'
import { createSlots, growSlotOperators, type Slots } from './slots.ts'

/**
 * Who is where, who was seen when, which deadlines are ahead. Deliberately changed in place and kept in columns
 * indexed by operator: copying it, or an object per operator, would cost more than everything else at 100,000
 * operators. No time in it comes from a clock.
 */
export interface PresenceState {
  readonly operators: string[]
  /** The operators' indexes by their ids. */
  readonly operatorIds: NameTable
  /** Every status ever met, by index; one that vanished from the catalogue stays and can't receive. */
  readonly statuses: Status[]
  readonly statusIndexById: Map<string, number>
  readonly statusIndexByReference: Map<string, number>
  readonly receives: boolean[]
  /** By the number that a record has. */
  readonly inquiries: string[]
  rule: RuleInForce
  /** The latest stamp read so far; minus infinity before the first record. */
  clock: number
  late: number
  receivingCount: number
  /** How many are in the roster. */
  presentCount: number
  readonly coverage: Coverage
  readonly deadlines: Deadlines
  readonly sessions: Slots
  readonly dialogues: Slots
  /** Operators whose covered time is complete, waiting for the decision of a live turn. */
  ripe: number[]
  /** How many operators are held or ripe: while there are none, a sign of life has no decision to undo. */
  undecided: number
  /** The latest deadline of all switches that were made; minus infinity before the first. */
  latestSwitchDue: number
  columns: OperatorColumns
}

/** So many panels has an operator open, mostly. */
const usualSessions = 2

/**
 * Everybody in their initial status, never seen, the stay not begun. `secret`: a whole number that nobody can foresee,
 * where names come from outside and there are many (`nameHash.ts`).
 */
export function createPresenceState(catalogue: Catalogue, secret = 0): PresenceState {
  const capacity = Math.max(16, catalogue.operators.length)
  const hashing: NameHashing = nameHashing(secret)
  const state: PresenceState = {
    operators: [],
    operatorIds: createNameTable(hashing, capacity),
    statuses: [],
    statusIndexById: new Map(),
    statusIndexByReference: new Map(),
    receives: [],
    inquiries: [],
    rule: ruleWithoutTarget(catalogue),
    clock: Number.NEGATIVE_INFINITY,
    late: 0,
    receivingCount: 0,
    presentCount: 0,
    coverage: createCoverage(),
    deadlines: createDeadlines(capacity),
    sessions: createSlots(capacity, hashing, capacity * usualSessions),
    dialogues: createSlots(capacity, hashing),
    ripe: [],
    undecided: 0,
    latestSwitchDue: Number.NEGATIVE_INFINITY,
    columns: createColumns(capacity),
  }
  configure(state, catalogue)
  return state
}

/**
 * Takes over a catalogue: its statuses, flags, settings and roster. Operators new to the state start in their
 * initial status with no stay recorded; one who left the roster is no longer subject to anything. The caller arms
 * the deadlines anew afterwards (`armEverybody`).
 */
export function configure(state: PresenceState, catalogue: Catalogue): void {
  configureStatuses(state, catalogue.statuses)
  const target = targetOf(catalogue)
  state.rule = {
    ...ruleWithoutTarget(catalogue),
    target: target.status === null ? -1 : (state.statusIndexById.get(target.status) as number),
    targetSource: target.source,
  }
  state.columns.present.fill(0)
  for (const operator of catalogue.operators) {
    const index = numberForText(state.operatorIds, noOwner, ['', operator.id])
    if (index === state.operators.length) {
      const initial = initialStatusOf(catalogue, operator)
      addOperator(state, operator.id, initial === null ? -1 : (state.statusIndexById.get(initial) as number))
    }
    state.columns.present[index] = 1
  }
  state.presentCount = catalogue.operators.length
  countReceiving(state)
}

/** The operator's index, also of one who left the roster; -1 where there never was one of that id. */
export function operatorNamed(state: PresenceState, id: string): number {
  return numberOfText(state.operatorIds, id)
}

const noOwner = 0

/** The index of a status that may be gone from the catalogue; it is added as not receiving where it is new. */
export function statusIndexOfId(state: PresenceState, id: string, lastKnown: Status | undefined): number {
  const known = state.statusIndexById.get(id)
  if (known !== undefined) return known
  const vanished = lastKnown ?? {
    id,
    name: id,
    color: '#757575',
    canReceive: false,
    countAfterClose: false,
  }
  const index = state.statuses.push(vanished) - 1
  state.receives.push(false)
  state.statusIndexById.set(id, index)
  return index
}

/** Is this operator in the roster and in a receiving status, and so subject to the rule? */
export function isReceiving(state: PresenceState, operator: number): boolean {
  const status = state.columns.status[operator] as number
  return state.columns.present[operator] === 1 && status !== -1 && state.receives[status] === true
}

export function countReceiving(state: PresenceState): void {
  let count = 0
  for (let operator = 0; operator < state.operators.length; operator++) if (isReceiving(state, operator)) count++
  state.receivingCount = count
}

/** References are looked up by name first, then overwritten by ids: where both could be meant, the id wins. */
function configureStatuses(state: PresenceState, statuses: readonly Status[]): void {
  state.receives.fill(false)
  state.statusIndexByReference.clear()
  for (const status of statuses) {
    const index = statusIndexOfId(state, status.id, status)
    state.statuses[index] = status
    state.receives[index] = status.canReceive
    state.statusIndexByReference.set(foldCase(status.name), index)
  }
  for (const status of statuses)
    state.statusIndexByReference.set(status.id, state.statusIndexById.get(status.id) as number)
}

function addOperator(state: PresenceState, id: string, status: number): void {
  const index = state.operators.push(id) - 1
  if (index >= state.columns.status.length) growOperators(state, state.columns.status.length * 2)
  state.columns.status[index] = status
}

function growOperators(state: PresenceState, capacity: number): void {
  state.columns = grownColumns(state.columns, capacity)
  const deadlines = createDeadlines(capacity)
  deadlines.heap.set(state.deadlines.heap)
  deadlines.key.set(state.deadlines.key)
  deadlines.place.set(state.deadlines.place)
  Object.assign(state.deadlines, deadlines, { size: state.deadlines.size, behindMs: state.deadlines.behindMs })
  growSlotOperators(state.sessions, capacity)
  growSlotOperators(state.dialogues, capacity)
}
