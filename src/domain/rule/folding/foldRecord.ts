import type { PresenceState } from '../../presence/presenceState.ts'
import {
  kindBeat,
  kindClose,
  kindDialogueClose,
  kindDialogueOpen,
  kindOpen,
  kindSeen,
  kindStatus,
  kindTick,
  type RecordBatch,
} from '../../records/records.ts'
import type { EventSink } from '../events.ts'
import { enterStatus } from '../stays.ts'
import { clearDecision } from '../undecided.ts'

/**
 * One record acts (contract §3, §4), whatever drives the engine. The caller has moved the clock and decided what had
 * to be decided before. Events are appended. An inquiry changes nobody: only a replay tells of it (`inquiry.ts`).
 */
export function foldRecord(state: PresenceState, batch: RecordBatch, index: number, events: EventSink): void {
  const at = batch.at[index] as number
  const operator = batch.operator[index] as number
  const subject = batch.subject[index] as number
  switch (batch.kind[index]) {
    case kindOpen:
    case kindBeat:
    case kindClose:
      if (seeOperator(state, operator, at)) state.late++
      hearSession(state, subject, at, batch.kind[index] !== kindClose)
      return
    case kindStatus: {
      const lateSign = seeOperator(state, operator, at)
      const lateChoice = at < (state.columns.since[operator] as number)
      if (lateSign || lateChoice) state.late++
      if (!lateChoice) chooseStatus(state, { operator, status: subject, at }, events)
      return
    }
    case kindDialogueOpen:
    case kindDialogueClose:
      foldDialogue(
        state,
        {
          operator,
          slot: subject,
          at,
          opens: batch.kind[index] === kindDialogueOpen,
        },
        events,
      )
      return
    case kindSeen:
      seeOperator(state, operator, at)
      return
    case kindTick:
      if (state.coverage.tickedFrom === null) state.coverage.tickedFrom = Math.max(at, state.clock)
      return
  }
}

/**
 * A sign of life (contract §4.1): moves lastSeen on, never back; where that moves the deadline on, a decision that
 * was held or not yet carried out is void. Answers whether it came too late to matter: older than lastSeen, or
 * stamped at or before the deadline of the switch that was made.
 */
function seeOperator(state: PresenceState, operator: number, at: number): boolean {
  const { lastSeen, since, switchDue } = state.columns
  const before = lastSeen[operator] as number
  if (at > before) {
    lastSeen[operator] = at
    if (at > (since[operator] as number)) clearDecision(state, operator)
  }
  return at < before || at <= (switchDue[operator] as number)
}

/** A session's own latest record decides; an older one is passed over. */
function hearSession(state: PresenceState, slot: number, at: number, open: boolean): void {
  if (at < (state.sessions.at[slot] as number)) return
  state.sessions.at[slot] = at
  state.sessions.open[slot] = open ? 1 : 0
}

function chooseStatus(
  state: PresenceState,
  choice: { operator: number; status: number; at: number },
  events: EventSink,
): void {
  const { operator, status, at } = choice
  const from = state.columns.status[operator] as number
  if (from === status) return
  enterStatus(state, operator, status, at)
  const id = state.operators[operator] as string
  events.push({
    type: 'status-entered',
    at,
    operator: id,
    from: state.statuses[from]?.id ?? null,
    to: (state.statuses[status] as { id: string }).id,
    cause: 'panel',
    due: null,
    lastSeen: null,
    by: id,
  })
}

/** Doubles and unknown closes are ignored; a record acts no earlier than the operator's last one (contract §3, §4.6). */
function foldDialogue(
  state: PresenceState,
  record: { operator: number; slot: number; at: number; opens: boolean },
  events: EventSink,
): void {
  const { columns, dialogues } = state
  const { operator, slot, opens } = record
  const last = columns.lastDialogueAt[operator] as number
  if (record.at < last) state.late++
  const at = Math.max(record.at, last)
  columns.lastDialogueAt[operator] = at
  if ((dialogues.open[slot] === 1) === opens) return
  dialogues.open[slot] = opens ? 1 : 0
  dialogues.at[slot] = at
  const open = (columns.openDialogues[operator] as number) + (opens ? 1 : -1)
  columns.openDialogues[operator] = open
  if (open === 0 || (open === 1 && opens)) {
    const id = state.operators[operator] as string
    events.push({ type: 'dialogues', at, operator: id, open, by: id })
  }
}

/** How many sessions of an operator are open and were heard within the time-out, that instant included. */
export function activeSessions(state: PresenceState, operator: number, now: number): number {
  const { sessions, rule } = state
  let count = 0
  for (let slot = sessions.first[operator] as number; slot !== -1; slot = sessions.next[slot] as number) {
    if (sessions.open[slot] === 1 && now - (sessions.at[slot] as number) <= rule.sessionTimeoutMs) count++
  }
  return count
}
