import type { Span } from '../../history/accounting.ts'
import type { StatePiece } from '../ledger/statePieces.ts'
import type { LocalDate } from '../localTime.ts'
import type { Schedule, Shift } from './schedule.ts'
import { cursorOf, cutsOf } from './sweep.ts'
import { isIn, isWorking } from './working.ts'

/** What the days of a schedule add up to. Milliseconds. */
export interface ComplianceSums {
  scheduledMs: number
  plannedWorkMs: number
  adherentMs: number
  workedMs: number
  lateMs: number
  earlyLeaveMs: number
  unknownMs: number
  knownMs: number
}

export function emptySums(): ComplianceSums {
  return {
    scheduledMs: 0,
    plannedWorkMs: 0,
    adherentMs: 0,
    workedMs: 0,
    lateMs: 0,
    earlyLeaveMs: 0,
    unknownMs: 0,
    knownMs: 0,
  }
}

interface Lived {
  readonly schedule: Schedule
  readonly pieces: readonly StatePiece[]
  readonly dialogues: readonly Span[]
  readonly window: Span
}

/**
 * Cuts the window wherever plan or state may change and adds each stretch to the day it belongs to: that of the shift
 * it lies in, else of the break, else the local day.
 */
export function addTimes(
  sums: ReadonlyMap<LocalDate, ComplianceSums>,
  { schedule, pieces, dialogues, window }: Lived,
): void {
  const lists = [schedule.shifts, schedule.breaks, schedule.days, pieces, dialogues] as const
  const cuts = cutsOf(lists, window)
  const [shiftAt, breakAt, dayAt, pieceAt, dialogueAt] = [
    cursorOf(schedule.shifts),
    cursorOf(schedule.breaks),
    cursorOf(schedule.days),
    cursorOf(pieces),
    cursorOf(dialogues),
  ]
  for (let index = 0; index + 1 < cuts.length; index++) {
    const at = cuts[index] as number
    const lengthMs = (cuts[index + 1] as number) - at
    const [shift, pause, day] = [shiftAt(at), breakAt(at), dayAt(at)]
    const piece = pieceAt(at)
    const talks = dialogueAt(at) !== null
    const date = (shift ?? pause ?? day)?.date
    const sum = date === undefined ? undefined : sums.get(date)
    if (sum === undefined) continue
    const planned = pause === null ? (shift === null ? null : 'work') : 'break'
    const works = piece !== null && isWorking({ piece, talks })
    if (piece !== null) sum.knownMs += lengthMs
    if (works) sum.workedMs += lengthMs
    if (planned === null) continue
    sum.scheduledMs += lengthMs
    if (planned === 'work') sum.plannedWorkMs += lengthMs
    if (piece === null) sum.unknownMs += lengthMs
    else if (planned === 'work' ? works : isIn(pause?.status, { piece, talks })) sum.adherentMs += lengthMs
  }
}

/** Lateness and early leaving of each shift, the part that lies in the window. */
export function addAbsences(
  sums: ReadonlyMap<LocalDate, ComplianceSums>,
  shifts: readonly Shift[],
  {
    worked,
    window,
    knownUntil,
  }: { readonly worked: readonly Span[]; readonly window: Span; readonly knownUntil: number },
): void {
  let next = 0
  for (const shift of shifts) {
    const sum = sums.get(shift.date)
    if (sum === undefined) continue
    while (next < worked.length && (worked[next] as Span).to <= shift.from) next++
    let end = next
    while (end < worked.length && (worked[end] as Span).from < shift.to) end++
    if (end === next) {
      // Who never came was late all the time, and can't have left early.
      sum.lateMs += overlapMs(shift, window)
      continue
    }
    sum.lateMs += overlapMs({ from: shift.from, to: (worked[next] as Span).from }, window)
    // A shift that is not over yet can't have been left early.
    if (shift.to > knownUntil) continue
    sum.earlyLeaveMs += overlapMs({ from: (worked[end - 1] as Span).to, to: shift.to }, window)
  }
}

function overlapMs(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from))
}
