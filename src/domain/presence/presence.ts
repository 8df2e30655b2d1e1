import { compareIds } from '../order.ts'
import { isCovered } from '../rule/coverage.ts'
import { activeSessions } from '../rule/folding/foldRecord.ts'
import { deadlineOf, triggerOf } from '../rule/triggers.ts'
import { isReceiving, operatorNamed, type PresenceState } from './presenceState.ts'

export type Presence = 'connected' | 'waiting' | 'overdue' | 'away'

/** A row of `presence list` (contract §6). Times in epoch milliseconds. */
export interface PresenceRow {
  readonly operator: string
  readonly name: string
  readonly status: string | null
  readonly statusName: string | null
  readonly canReceive: boolean
  /** Null: no stay was recorded yet. */
  readonly since: number | null
  readonly presence: Presence
  /** Active sessions alone. */
  readonly sessions: number
  readonly lastSeen: number | null
  readonly dialogues: number
  readonly switchAt: number | null
  readonly switchTo: string | null
}

/** Who there is. */
export interface Roster {
  readonly operators: readonly Named[]
}

interface Named {
  readonly id: string
  readonly name: string
}

/** Everybody in the roster by operator id, as they are at `now`. Changes nothing. */
export function presenceRows(state: PresenceState, roster: Roster, now: number): PresenceRow[] {
  return inOrder(roster).map((operator, place) =>
    rowAt(state, operator, { index: indexAt(state, operator, place), now }),
  )
}

/** The same rows, each made when it is looked at. */
export function* eachPresence(state: PresenceState, roster: Roster, now: number): Iterable<PresenceRow> {
  for (const [place, operator] of inOrder(roster).entries())
    yield rowAt(state, operator, { index: indexAt(state, operator, place), now })
}

export function presenceRow(state: PresenceState, operator: Named, now: number): PresenceRow {
  return rowAt(state, operator, { index: operatorNamed(state, operator.id), now })
}

/** Most rosters are in order already. */
function inOrder({ operators }: Roster): readonly Named[] {
  const isSorted = operators.every(
    ({ id }, place) => place === 0 || compareIds((operators[place - 1] as Named).id, id) < 0,
  )
  return isSorted ? operators : [...operators].sort((a, b) => compareIds(a.id, b.id))
}

/** In most rosters an operator has their place for an index; then no name is looked up. */
function indexAt(state: PresenceState, { id }: Named, place: number): number {
  return state.operators[place] === id ? place : operatorNamed(state, id)
}

function rowAt(
  state: PresenceState,
  operator: Named,
  { index, now }: { readonly index: number; readonly now: number },
): PresenceRow {
  const { columns, rule } = state
  const status = state.statuses[columns.status[index] as number]
  const receiving = isReceiving(state, index)
  const sessions = activeSessions(state, index, now)
  const switchAt = switchAtOf(state, index, now)
  return {
    operator: operator.id,
    name: operator.name,
    status: status?.id ?? null,
    statusName: status?.name ?? null,
    canReceive: receiving,
    since: finiteOrNull(columns.since[index] as number),
    presence: sessions > 0 ? 'connected' : !receiving ? 'away' : isOverdue(state, index, now) ? 'overdue' : 'waiting',
    sessions,
    lastSeen: finiteOrNull(columns.lastSeen[index] as number),
    dialogues: columns.openDialogues[index] as number,
    switchAt,
    switchTo: switchAt === null ? null : (state.statuses[rule.target]?.id ?? null),
  }
}

/** A feed that proves itself alive is silent when its last record is longer ago than `feedTimeout` (contract §5). */
export function isSilent(state: PresenceState, now: number): boolean {
  return isCovered(state) && now - state.clock > (state.rule.feedTimeoutMs as number)
}

function switchAtOf(state: PresenceState, index: number, now: number): number | null {
  if (state.rule.target === -1 || !hasBegun(state, index) || isSilent(state, now)) return null
  return finiteOrNull(triggerOf(state, index))
}

/** The rule applies to recorded stays: one that is not recorded yet begins when somebody records it (contract §4.2). */
function hasBegun({ columns }: PresenceState, index: number): boolean {
  return Number.isFinite(columns.since[index])
}

function isOverdue(state: PresenceState, index: number, now: number): boolean {
  if (!hasBegun(state, index) || isSilent(state, now)) return false
  const deadline = deadlineOf(state, index)
  return isCovered(state) ? deadline <= state.clock : deadline < now
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
