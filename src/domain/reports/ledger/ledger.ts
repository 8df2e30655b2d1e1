import type { Catalogue, Operator, Status } from '../../catalogue/catalogue.ts'
import { type CalendarJson, calendarToJson } from '../../catalogue/document.ts'
import { earliestFed, fedAt } from '../../history/fedAt.ts'
import type { HistoryEntry, Transition } from '../../history/history.ts'
import { unreachable } from '../../result.ts'
import { createTimeline, holdFrom, type Timeline } from './timeline.ts'

/** One uninterrupted period in a status, as the history tells it; half-open, epoch milliseconds. */
export interface RecordedPeriod {
  readonly status: string
  readonly from: number
  /** Infinity: not ended yet. */
  to: number
  /** The entry that began it. */
  readonly enteredBy: Transition
  /** The entry that ended it; null where it is open or the operator was removed. */
  endedBy: Transition | null
}

/** What the history says about one operator. */
export interface OperatorLedger {
  readonly id: string
  /** The last known name. */
  name: string
  /** In the roster now? */
  present: boolean
  /** In order of time, without overlaps; where there is none the status is unknown. */
  readonly periods: RecordedPeriod[]
  /** When the number of open dialogues left or reached zero; instants never decrease. */
  readonly dialogues: { readonly at: number; readonly open: boolean }[]
  /** The calendar assigned from an instant on; null: none. */
  readonly calendar: Timeline<string | null>
}

/** The history as the reports need it: who was where, and what statuses and calendars were at the time. */
export interface Ledger {
  readonly operators: Map<string, OperatorLedger>
  /** Every status that ever was, with its flags from an instant on. A deleted one can't receive any more. */
  readonly statuses: Map<string, Timeline<Status>>
  /** The calendars from an instant on, by id. */
  readonly calendars: Timeline<ReadonlyMap<string, CalendarJson>>
  /** The first stay's beginning; null where there is none. */
  firstAt: number | null
  /** The oldest stamp that came from the feed; null where none did. Older than the kept feed: some of it is gone. */
  firstFedAt: number | null
  /** When the last entry was written: up to then at least the history is known. */
  recordedUntil: number
  /** Entries dated before an earlier entry about the same thing, taken as dated at that one. */
  outOfOrder: number
}

export function createLedger(): Ledger {
  return {
    operators: new Map(),
    statuses: new Map(),
    calendars: createTimeline(),
    firstAt: null,
    firstFedAt: null,
    recordedUntil: Number.NEGATIVE_INFINITY,
    outOfOrder: 0,
  }
}

/** Enters one entry of the history, in the history's order. */
export function enterEntry(ledger: Ledger, entry: HistoryEntry): void {
  ledger.recordedUntil = Math.max(ledger.recordedUntil, entry.recordedAt)
  ledger.firstFedAt = earliestFed(ledger.firstFedAt, fedAt(entry))
  switch (entry.type) {
    case 'status-entered':
      enterPeriod(ledger, entry)
      return
    case 'dialogues':
      noteDialogues(ledger, entry)
      return
    case 'status-created':
      changeStatus(ledger, entry.at, entry.status)
      return
    case 'status-edited':
      // What it was before the first change that the history knows of.
      if (!ledger.statuses.has(entry.before.id)) changeStatus(ledger, Number.NEGATIVE_INFINITY, entry.before)
      changeStatus(ledger, entry.at, entry.after)
      return
    case 'status-deleted':
      changeStatus(ledger, entry.at, { ...entry.status, canReceive: false })
      return
    case 'operator-added':
      changeOperator(ledger, entry.at, entry.operator)
      return
    case 'operator-edited':
      changeOperator(ledger, entry.at, entry.after)
      return
    case 'operator-removed':
      removeOperator(ledger, entry.at, entry.operator)
      return
    case 'calendars-changed':
      holdFrom(ledger.calendars, entry.at, new Map(entry.after.map((calendar) => [calendar.id, calendar])))
      return
    case 'settings-changed':
    case 'applied':
    case 'history-altered':
      return
    default:
      unreachable(entry)
  }
}

/**
 * Adds the present catalogue: what the history never mentioned was always so; what differs from the history's last
 * word was changed by hand and not recorded yet, and holds from `now` on.
 */
export function completeLedger(ledger: Ledger, catalogue: Catalogue, now: number): void {
  for (const status of catalogue.statuses) {
    const known = ledger.statuses.get(status.id)?.values.at(-1)
    if (known === undefined) changeStatus(ledger, Number.NEGATIVE_INFINITY, status)
    else if (!isSame(known, status)) changeStatus(ledger, now, status)
  }
  for (const operator of catalogue.operators) {
    const own = operatorLedger(ledger, operator.id)
    own.name = operator.name
    own.present = true
    const { values } = own.calendar
    if (values.length === 0) holdFrom(own.calendar, Number.NEGATIVE_INFINITY, operator.calendar)
    else if (values.at(-1) !== operator.calendar) holdFrom(own.calendar, now, operator.calendar)
  }
  const calendars = catalogue.calendars.map(calendarToJson)
  const present = new Map(calendars.map((calendar) => [calendar.id, calendar]))
  const known = ledger.calendars.values.at(-1)
  if (known === undefined) holdFrom(ledger.calendars, Number.NEGATIVE_INFINITY, present)
  else if (!isSame([...known.values()], calendars)) holdFrom(ledger.calendars, now, present)
}

export function operatorLedger(ledger: Ledger, id: string): OperatorLedger {
  let own = ledger.operators.get(id)
  if (own === undefined) {
    own = { id, name: id, present: false, periods: [], dialogues: [], calendar: createTimeline() }
    ledger.operators.set(id, own)
  }
  return own
}

function enterPeriod(ledger: Ledger, transition: Transition): void {
  const own = operatorLedger(ledger, transition.operator)
  const last = own.periods.at(-1)
  const floor =
    last === undefined ? Number.NEGATIVE_INFINITY : last.to === Number.POSITIVE_INFINITY ? last.from : last.to
  if (transition.at < floor) ledger.outOfOrder++
  const at = Math.max(transition.at, floor)
  if (last !== undefined && last.to === Number.POSITIVE_INFINITY) {
    last.to = at
    last.endedBy = transition
  }
  own.periods.push({
    status: transition.to,
    from: at,
    to: Number.POSITIVE_INFINITY,
    enteredBy: transition,
    endedBy: null,
  })
  if (ledger.firstAt === null || at < ledger.firstAt) ledger.firstAt = at
}

function noteDialogues(ledger: Ledger, { operator, at, open }: Extract<HistoryEntry, { type: 'dialogues' }>): void {
  const { dialogues } = operatorLedger(ledger, operator)
  const last = dialogues.at(-1)
  if (last !== undefined && at < last.at) ledger.outOfOrder++
  dialogues.push({ at: Math.max(at, last?.at ?? at), open: open > 0 })
}

function changeStatus(ledger: Ledger, at: number, status: Status): void {
  let timeline = ledger.statuses.get(status.id)
  if (timeline === undefined) {
    timeline = createTimeline()
    ledger.statuses.set(status.id, timeline)
  }
  if (holdFrom(timeline, at, status) > at) ledger.outOfOrder++
}

function changeOperator(ledger: Ledger, at: number, operator: Operator): void {
  const own = operatorLedger(ledger, operator.id)
  own.name = operator.name
  if (holdFrom(own.calendar, at, operator.calendar) > at) ledger.outOfOrder++
}

/** Nothing is known of somebody who has left; whoever comes back starts anew. */
function removeOperator(ledger: Ledger, at: number, operator: Operator): void {
  const own = operatorLedger(ledger, operator.id)
  const last = own.periods.at(-1)
  if (last !== undefined && last.to === Number.POSITIVE_INFINITY) last.to = Math.max(at, last.from)
  const lastEdge = own.dialogues.at(-1)
  if (lastEdge?.open === true) own.dialogues.push({ at: Math.max(at, lastEdge.at), open: false })
  if (holdFrom(own.calendar, at, null) > at) ledger.outOfOrder++
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
