import type { Transition } from '../history/history.ts'
import { orderOfTransitions } from '../history/transitionOrder.ts'
import { operatorNamed, type PresenceState } from '../presence/presenceState.ts'
import type { PresenceEvent } from '../rule/events.ts'

/**
 * The transitions of a replay in columns, as they came about: in a long replay they are what takes the most room.
 * Nobody but the operators themselves and the rule moves anybody there.
 */
export interface TransitionLog {
  readonly state: PresenceState
  length: number
  at: Float64Array
  operator: Int32Array
  /** Status indexes; -1: none. */
  from: Int32Array
  to: Int32Array
  /** NaN: the operator chose the status; else the rule did. */
  due: Float64Array
  /** NaN: never, or not asked. */
  lastSeen: Float64Array
}

/** Some transitions of a log one after the other, each made when it is looked at. */
export interface Transitions extends Iterable<Transition> {
  readonly length: number
}

/** With room for a transition of everybody from the start. */
export function createTransitionLog(state: PresenceState): TransitionLog {
  return { state, length: 0, ...columnsOf(Math.max(64, state.operators.length)) }
}

export function logTransition(log: TransitionLog, event: Extract<PresenceEvent, { type: 'status-entered' }>): void {
  if (log.length === log.at.length) grow(log)
  const { state } = log
  const index = log.length++
  log.at[index] = event.at
  log.operator[index] = operatorNamed(state, event.operator)
  log.from[index] = event.from === null ? -1 : (state.statusIndexById.get(event.from) as number)
  log.to[index] = state.statusIndexById.get(event.to) as number
  log.due[index] = event.due ?? Number.NaN
  log.lastSeen[index] = event.lastSeen ?? Number.NaN
}

export function transitionAt(log: TransitionLog, index: number): Transition {
  const operator = operatorAt(log, index)
  const due = numberOrNull(log.due[index] as number)
  return {
    at: log.at[index] as number,
    operator,
    from: statusIdAt(log, log.from[index] as number),
    to: statusIdAt(log, log.to[index] as number) as string,
    cause: due === null ? 'panel' : 'auto-offline',
    due,
    lastSeen: numberOrNull(log.lastSeen[index] as number),
    by: due === null ? operator : 'opstat',
  }
}

/** Those from one place in the log to before another, as they came about. */
export function transitionsBetween(log: TransitionLog, start: number, end: number): Transitions {
  return {
    length: end - start,
    *[Symbol.iterator]() {
      for (let index = start; index < end; index++) yield transitionAt(log, index)
    },
  }
}

/** Places in the log in the order of contract §6. */
export function orderOfLog(log: TransitionLog): Int32Array {
  return orderOfTransitions({
    length: log.length,
    at: (index) => log.at[index] as number,
    isAutomatic: (index) => !Number.isNaN(log.due[index] as number),
    operator: (index) => operatorAt(log, index),
    from: (index) => statusIdAt(log, log.from[index] as number),
    to: (index) => statusIdAt(log, log.to[index] as number) as string,
  })
}

function operatorAt({ state, operator }: TransitionLog, index: number): string {
  return state.operators[operator[index] as number] as string
}

function statusIdAt({ state }: TransitionLog, status: number): string | null {
  return state.statuses[status]?.id ?? null
}

function grow(log: TransitionLog): void {
  const { at, operator, from, to, due, lastSeen } = log
  const grown = columnsOf(log.length * 2)
  grown.at.set(at)
  grown.operator.set(operator)
  grown.from.set(from)
  grown.to.set(to)
  grown.due.set(due)
  grown.lastSeen.set(lastSeen)
  Object.assign(log, grown)
}

function columnsOf(capacity: number): Omit<TransitionLog, 'state' | 'length'> {
  return {
    at: new Float64Array(capacity),
    operator: new Int32Array(capacity),
    from: new Int32Array(capacity),
    to: new Int32Array(capacity),
    due: new Float64Array(capacity),
    lastSeen: new Float64Array(capacity),
  }
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
