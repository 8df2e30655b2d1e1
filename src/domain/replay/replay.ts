import type { Catalogue } from '../catalogue/catalogue.ts'
import { forgetClosedDialogues } from '../presence/forgetting.ts'
import { countReceiving, createPresenceState, operatorNamed, type PresenceState } from '../presence/presenceState.ts'
import type { RecordBatch } from '../records/records.ts'
import { isCovered } from '../rule/coverage.ts'
import { decideUpTo, replayRecord } from '../rule/engine.ts'
import type { EventSink, PresenceEvent } from '../rule/events.ts'
import { foldQuietly, quietBefore } from '../rule/folding/foldQuietly.ts'
import { armEverybody } from '../rule/triggers.ts'
import { type ReplayResult, resultOf } from './replayResult.ts'
import {
  createTransitionLog,
  logTransition,
  orderOfLog,
  type TransitionLog,
  type Transitions,
  transitionsBetween,
} from './transitionLog.ts'

export type { ReplayResult, TimeRow } from './replayResult.ts'

export interface ReplaySetup {
  readonly catalogue: Catalogue
  /** Null: the replay starts at the first record. */
  readonly start: number | null
  /** The last instant that is played, itself included; null: until nothing can happen any more. */
  readonly until: number | null
  /** Where operators start instead of their initial status, by operator id. */
  readonly initial: ReadonlyMap<string, string>
  /** Mixed into the hashes of names (`nameHash.ts`); 0 where absent. */
  readonly secret?: number
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
  readonly log: TransitionLog
  /** The log's places in the order of contract §6, once the replay is finished. */
  order: Int32Array
  readonly dialogueEdges: Map<string, { at: number; open: boolean }[]>
  readonly inquiries: { at: number; inquiry: string; eligible: readonly string[]; absent: readonly string[] }[]
  readonly problems: PresenceEvent[]
  /** Takes what the engine finds to where it is collected. */
  readonly events: EventSink
}

export function createReplay(setup: ReplaySetup): Replay {
  const state = createPresenceState(setup.catalogue, setup.secret)
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
    log: createTransitionLog(state),
    order: new Int32Array(0),
    dialogueEdges: new Map(),
    inquiries: [],
    problems: [],
    events: { push: (event) => collect(replay, event) },
  }
  if (setup.start !== null) begin(replay, setup.start)
  return replay
}

/** Plays a batch, wherever the input was cut. Answers the transitions it brought, in the order they came about. */
export function replayBatch(replay: Replay, batch: RecordBatch): Transitions {
  const { state, setup, log } = replay
  const before = log.length
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
    replayRecord(state, batch, index, replay.events)
  }
  forgetClosedDialogues(state)
  return transitionsBetween(log, before, log.length)
}

/**
 * Ends the replay: decides what can still happen (up to `until`, that instant included) and sums up. `atLeastTo` is
 * the last expectation's instant, or null. `last`: the transitions that this brought.
 */
export function finishReplay(
  replay: Replay,
  atLeastTo: number | null,
): { readonly last: Transitions; readonly result: ReplayResult } {
  const { state, setup, log } = replay
  const before = log.length
  if (replay.from === null && setup.until !== null) begin(replay, setup.until)
  if (!isCovered(state)) decideUpTo(state, setup.until ?? Number.POSITIVE_INFINITY, 'reached', replay.events)
  replay.order = orderOfLog(log)
  const to = setup.until ?? endOf(replay, atLeastTo)
  return { last: transitionsBetween(log, before, log.length), result: resultOf(replay, to) }
}

function begin(replay: Replay, from: number): void {
  replay.from = from
  replay.state.columns.since.fill(from)
  armEverybody(replay.state)
}

function endOf({ log, order, state, from }: Replay, atLeastTo: number | null): number | null {
  const never = Number.NEGATIVE_INFINITY
  const lastSwitch = log.at[order.at(-1) ?? -1] ?? never
  const to = Math.max(state.clock, lastSwitch, atLeastTo ?? never, from ?? never)
  return Number.isFinite(to) ? to : null
}

function collect(replay: Replay, event: PresenceEvent): void {
  if (event.type === 'status-entered') logTransition(replay.log, event)
  else if (event.type === 'dialogues') {
    const edges = replay.dialogueEdges.get(event.operator) ?? []
    edges.push({ at: event.at, open: event.open > 0 })
    replay.dialogueEdges.set(event.operator, edges)
  } else if (event.type === 'inquired') {
    const { type: _, ...inquiry } = event
    replay.inquiries.push(inquiry)
  } else replay.problems.push(event)
}
