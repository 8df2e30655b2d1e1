import type { Transition } from '../../domain/history/history.ts'
import type { PresenceRow } from '../../domain/presence/presence.ts'
import type { TimeRow } from '../../domain/replay/replay.ts'
import { formatTime } from '../../domain/time.ts'

/** The shapes of contract §6 and §7 for programs: times as UTC text with milliseconds. */

export function transitionShape(transition: Transition): Record<string, unknown> {
  return {
    at: formatTime(transition.at),
    operator: transition.operator,
    from: transition.from,
    to: transition.to,
    cause: transition.cause,
    due: timeOrNull(transition.due),
    lastSeen: timeOrNull(transition.lastSeen),
    by: transition.by,
  }
}

export function presenceShape(row: PresenceRow): Record<string, unknown> {
  return {
    operator: row.operator,
    name: row.name,
    status: row.status,
    statusName: row.statusName,
    canReceive: row.canReceive,
    since: timeOrNull(row.since),
    presence: row.presence,
    sessions: row.sessions,
    lastSeen: timeOrNull(row.lastSeen),
    dialogues: row.dialogues,
    switchAt: timeOrNull(row.switchAt),
    switchTo: row.switchTo,
  }
}

export function timeRowShape(row: TimeRow): Record<string, unknown> {
  return {
    operator: row.operator,
    status: row.status,
    name: row.name,
    stays: row.stays,
    wallMs: row.wallMs,
    dialogueMs: row.dialogueMs,
    countedMs: row.countedMs,
    absentMs: row.absentMs,
  }
}

export function timeOrNull(at: number | null): string | null {
  return at === null ? null : formatTime(at)
}
