import type { Catalogue, Status } from '../catalogue/catalogue.ts'
import { type Span, spansOf, sumTime, type TimeSums } from '../history/accounting.ts'
import type { Transition } from '../history/history.ts'
import { staysOf, transitionsByOperator } from '../history/stayLines.ts'
import { inOrder } from '../history/transitionOrder.ts'
import { compareIds } from '../order.ts'
import { type PresenceRow, presenceRows } from '../presence/presence.ts'
import { countReceiving, createPresenceState, operatorNamed, type PresenceState } from '../presence/presenceState.ts'
import type { RecordBatch } from '../records/records.ts'
import { isCovered } from '../rule/coverage.ts'
import { decideUpTo, replayRecord } from '../rule/engine.ts'
import type { PresenceEvent } from '../rule/events.ts'
import { foldQuietly, quietBefore } from '../rule/foldQuietly.ts'
import { armEverybody } from '../rule/triggers.ts'

export interface ReplaySetup {
  readonly catalogue: Catalogue
  /** Null: the replay starts at the first record. */
  readonly start: number | null
  /** The last instant that is played, itself included; null: until nothing can happen any more. */
  readonly until: number | null
  /** Where operators start instead of their initial status, by operator id. */
  readonly initial: ReadonlyMap<string, string>
}

/** A replay under way. What `simulate` reports is collected here; the presence itself is in `state`. */
export interface Replay {
  readonly setup: ReplaySetup
  readonly state: PresenceState
  /** Null until the first record, unless the setup names a start. */
  from: number | null
  /** Where everybody starts: status indexes, taken when the replay begins. */
  readonly startStatus: Int32Array
  played: number
  /** Records after `until`. */
  beyond: number
  readonly transitions: Transition[]
  readonly dialogueEdges: Map<string, { at: number; open: boolean }[]>
  readonly inquiries: { at: number; inquiry: string; eligible: readonly string[]; absent: readonly string[] }[]
  readonly problems: PresenceEvent[]
}

/** A row of time per operator and status entered (contract §7). */
export interface TimeRow extends TimeSums {
  readonly operator: string
  readonly name: string
}

export interface ReplayResult {
  /** Null where there was neither a start nor a record. */
  readonly from: number | null
  readonly to: number | null
  readonly records: number
  readonly beyond: number
  readonly late: number
  /** The status each operator started in, by operator id. */
  readonly startStatus: ReadonlyMap<string, string>
  readonly transitions: readonly Transition[]
  readonly operators: readonly PresenceRow[]
  readonly time: readonly TimeRow[]
  readonly inquiries: Replay['inquiries']
  readonly problems: readonly PresenceEvent[]
}

export function createReplay(setup: ReplaySetup): Replay {
  const state = createPresenceState(setup.catalogue)
  for (const [operator, status] of setup.initial) {
    const index = operatorNamed(state, operator)
    if (index !== -1) state.columns.status[index] = state.statusIndexById.get(status) as number
  }
  countReceiving(state)
  const replay: Replay = {
    setup,
    state,
    from: null,
    startStatus: state.columns.status.slice(),
    played: 0,
    beyond: 0,
    transitions: [],
    dialogueEdges: new Map(),
    inquiries: [],
    problems: [],
  }
  if (setup.start !== null) begin(replay, setup.start)
  return replay
}

/** Plays a batch, wherever the input was cut. Answers the transitions it brought, in the order they came about. */
export function replayBatch(replay: Replay, batch: RecordBatch): readonly Transition[] {
  const { state, setup } = replay
  const events: PresenceEvent[] = []
  const beyondAt = setup.until === null ? Number.POSITIVE_INFINITY : setup.until + 1
  for (let index = 0; index < batch.length; index++) {
    if (replay.from !== null) {
      const quiet = foldQuietly(state, batch, { from: index, before: Math.min(quietBefore(state), beyondAt) })
      replay.played += quiet - index
      index = quiet
      if (index === batch.length) break
    }
    const at = batch.at[index] as number
    if (at >= beyondAt) {
      replay.beyond++
      continue
    }
    if (replay.from === null) begin(replay, at)
    replay.played++
    replayRecord(state, batch, index, events)
  }
  return collect(replay, events)
}

/**
 * Ends the replay: decides what can still happen (up to `until`, that instant included) and sums up. `atLeastTo` is
 * the last expectation's instant, or null. The last element of the transitions may be new to the caller.
 */
export function finishReplay(
  replay: Replay,
  atLeastTo: number | null,
): { readonly last: readonly Transition[]; readonly result: ReplayResult } {
  const { state, setup } = replay
  const events: PresenceEvent[] = []
  if (replay.from === null && setup.until !== null) begin(replay, setup.until)
  if (!isCovered(state)) decideUpTo(state, setup.until ?? Number.POSITIVE_INFINITY, 'reached', events)
  const last = collect(replay, events)
  const to = setup.until ?? endOf(replay, atLeastTo)
  return { last, result: resultOf(replay, to) }
}

function begin(replay: Replay, from: number): void {
  replay.from = from
  replay.state.columns.since.fill(from)
  armEverybody(replay.state)
}

function endOf(replay: Replay, atLeastTo: number | null): number | null {
  const lastSwitch = replay.transitions.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY)
  const to = Math.max(
    replay.state.clock,
    lastSwitch,
    atLeastTo ?? Number.NEGATIVE_INFINITY,
    replay.from ?? Number.NEGATIVE_INFINITY,
  )
  return Number.isFinite(to) ? to : null
}

function collect(replay: Replay, events: readonly PresenceEvent[]): Transition[] {
  const transitions: Transition[] = []
  for (const event of events) {
    if (event.type === 'status-entered') {
      const { type: _, ...transition } = event
      transitions.push(transition)
    } else if (event.type === 'dialogues') {
      const edges = replay.dialogueEdges.get(event.operator) ?? []
      edges.push({ at: event.at, open: event.open > 0 })
      replay.dialogueEdges.set(event.operator, edges)
    } else if (event.type === 'inquired') {
      const { type: _, ...inquiry } = event
      replay.inquiries.push(inquiry)
    } else replay.problems.push(event)
  }
  for (const transition of transitions) replay.transitions.push(transition)
  return transitions
}

function resultOf(replay: Replay, to: number | null): ReplayResult {
  const { state, setup } = replay
  const transitions = inOrder(replay.transitions)
  return {
    from: replay.from,
    to,
    records: replay.played,
    beyond: replay.beyond,
    late: state.late,
    startStatus: new Map(
      state.operators.map((id, index) => [id, state.statuses[replay.startStatus[index] as number]?.id ?? '']),
    ),
    transitions,
    operators: to === null ? [] : presenceRows(state, setup.catalogue, to),
    time: to === null || replay.from === null ? [] : timeRows(replay, transitions, { from: replay.from, to }),
    inquiries: replay.inquiries,
    problems: replay.problems,
  }
}

function timeRows(replay: Replay, transitions: readonly Transition[], window: Span): TimeRow[] {
  const byOperator = transitionsByOperator(transitions)
  const { state } = replay
  return [...state.operators].sort(compareIds).flatMap((operator) => {
    const start = state.statuses[replay.startStatus[operatorNamed(state, operator)] as number]
    if (start === undefined) return []
    const stays = staysOf({
      start,
      transitions: byOperator.get(operator) ?? [],
      window,
      statusOf: (id) => statusOf(state, id),
    })
    const spans = spansOf(replay.dialogueEdges.get(operator) ?? [], window.to)
    return sumTime(stays, spans, window)
      .sort((a, b) => compareIds(a.status, b.status))
      .map((row) => ({ operator, name: statusOf(state, row.status).name, ...row }))
  })
}

function statusOf(state: PresenceState, id: string): Status {
  return state.statuses[state.statusIndexById.get(id) as number] as Status
}
