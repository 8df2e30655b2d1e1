import { compareIds } from '../order.ts'
import { isReceiving, type PresenceState } from '../presence/presenceState.ts'
import { arm, earliestKey, popEarliest, postponeEarliest } from './deadlines.ts'
import type { EventSink, PresenceEvent } from './events.ts'
import { holdWaves, waveMs } from './massGuard.ts'
import { deadlineOf, triggerOf } from './triggers.ts'
import { clearDecision, noteRipe } from './undecided.ts'

/** A switch that is due but not made yet. Epoch milliseconds; `at` is the instant it will be dated at. */
export interface DueSwitch {
  readonly operator: number
  readonly due: number
  readonly at: number
  /** The first deadline of the wave in which the guard held it; null where it was not held. */
  readonly heldFrom: number | null
}

export interface Ripening {
  readonly upTo: number
  /** `past`: a deadline at `upTo` itself may still be met. `reached`: it is over. */
  readonly reach: 'past' | 'reached'
  /** The stamp of the record that completes covered time and dates the switch; null: dated at the deadline. */
  readonly completedAt: number | null
  /** A sign of life about to act: it spares its operator at or before their deadline, or before their release. */
  readonly exempt: { readonly operator: number; readonly at: number } | null
}

/** Moves the operators whose time is over from the deadlines to `state.ripe`; the guard may hold them instead. */
export function ripen(state: PresenceState, ripening: Ripening, events: EventSink): void {
  const found = takeUpcoming(state, ripening.upTo + (state.rule.guard === null ? 0 : waveMs))
  if (found.length === 0) return
  const isOver = (operator: number, trigger: number): boolean => {
    if (trigger > ripening.upTo) return false
    const released = trigger > deadlineOf(state, operator)
    const { exempt } = ripening
    if (exempt?.operator === operator && (exempt.at < trigger || (exempt.at === trigger && !released))) return false
    return released || ripening.reach === 'reached' || trigger < ripening.upTo
  }
  if (state.rule.target !== -1) holdWaves(state, found, isOver, events)
  for (const operator of found) {
    const trigger = triggerOf(state, operator)
    if (!isOver(operator, trigger)) arm(state.deadlines, operator, trigger)
    else if (state.rule.target === -1)
      events.push({
        type: 'unswitchable',
        at: trigger,
        operator: state.operators[operator] as string,
      })
    else {
      noteRipe(state, operator, Math.max(ripening.completedAt ?? trigger, trigger))
    }
  }
}

/** The ripe switches in the order of contract §6; an operator whose deadline moved on meanwhile is asked again later. */
export function ripeSwitches(state: PresenceState, upTo: number): readonly DueSwitch[] {
  return ripeInOrder(state, upTo).map((operator) => dueSwitchOf(state, operator))
}

/** Their operators. */
export function ripeInOrder(state: PresenceState, upTo: number): readonly number[] {
  const { operators, columns } = state
  const { ripeAt } = columns
  const ripe = state.ripe.filter((operator) => {
    if (Number.isNaN(ripeAt[operator] as number) || !isReceiving(state, operator)) return false
    if (triggerOf(state, operator) <= upTo) return true
    clearDecision(state, operator)
    return false
  })
  ripe.sort(
    (a, b) =>
      (ripeAt[a] as number) - (ripeAt[b] as number) || compareIds(operators[a] as string, operators[b] as string),
  )
  // Whoever came back and went silent again within a turn stands there twice.
  state.ripe = ripe.filter((operator, index) => operator !== ripe[index - 1])
  return state.ripe
}

/** The switch of a ripe operator. */
export function dueSwitchOf(state: PresenceState, operator: number): DueSwitch {
  const heldFrom = state.columns.heldFrom[operator] as number
  return {
    operator,
    due: deadlineOf(state, operator),
    at: state.columns.ripeAt[operator] as number,
    heldFrom: Number.isNaN(heldFrom) ? null : heldFrom,
  }
}

/** Takes everybody out whose trigger is at or before `horizon`; entries that came up too early are set anew. */
function takeUpcoming(state: PresenceState, horizon: number): number[] {
  const { deadlines } = state
  const found: number[] = []
  while (deadlines.size > 0 && earliestKey(deadlines) <= horizon) {
    const operator = deadlines.heap[0] as number
    const trigger = triggerOf(state, operator)
    if (trigger === Number.POSITIVE_INFINITY) popEarliest(deadlines)
    else if (trigger > horizon) postponeEarliest(deadlines, trigger)
    else found.push(popEarliest(deadlines))
  }
  return found
}

/** The guard's releases among switches that were made, one event a wave. */
export function releasesOf(state: PresenceState, switches: readonly DueSwitch[]): PresenceEvent[] {
  const waves = new Map<number, { at: number; operators: string[] }>()
  for (const { operator, at, heldFrom } of switches) {
    if (heldFrom === null) continue
    const wave = waves.get(heldFrom) ?? { at, operators: [] }
    wave.operators.push(state.operators[operator] as string)
    waves.set(heldFrom, wave)
  }
  return [...waves].map(([heldFrom, wave]) => ({
    type: 'released',
    heldFrom,
    ...wave,
  }))
}
