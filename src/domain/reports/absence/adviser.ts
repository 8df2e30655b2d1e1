import type { Catalogue } from '../../catalogue/catalogue.ts'
import {
  countReceiving,
  createPresenceState,
  operatorNamed,
  type PresenceState,
  statusIndexOfId,
} from '../../presence/presenceState.ts'
import { kindStatus, type RecordBatch, type RecordNames } from '../../records/records.ts'
import { isCovered } from '../../rule/coverage.ts'
import { decideUpTo, replayRecord } from '../../rule/engine.ts'
import type { PresenceEvent } from '../../rule/events.ts'
import { enterStatus } from '../../rule/stays.ts'
import { armEverybody } from '../../rule/triggers.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { backSoonMs } from './absence.ts'
import { sharedNames } from './sharedNames.ts'

/** What another `offline-after` would have done to the whole feed. Milliseconds. */
export interface Advice {
  readonly offlineAfterMs: number
  /** Automatic switches it would have made. */
  readonly switches: number
  /** Of them those followed by a sign of life within ten minutes. */
  readonly returned: number
  /** How long operators who were not there would have counted as receiving before they were switched. */
  readonly ghostMs: number
}

/** The waits that are tried, in minutes. */
export const advisedMinutes = [3, 5, 10, 15, 30] as const

/** A feed being played under several settings at once, by the very engine that `watch` runs. */
export interface AdviceRun {
  readonly names: RecordNames
  readonly trials: readonly Trial[]
  readonly moves: readonly Move[]
  readonly ledger: Ledger
  nextMove: number
  begun: boolean
}

interface Trial {
  readonly offlineAfterMs: number
  readonly state: PresenceState
  switches: number
  returned: number
  ghostMs: number
  /** By operator index: the latest stamp that is a return after the last switch, and the silence's beginning. */
  readonly backUntil: Float64Array
  readonly base: Float64Array
  /** By operator index: when the replay began, or an administrator's last move. */
  readonly since: Float64Array
}

/** An administrator put somebody somewhere: in the history alone, so a replay of the feed has to be told. */
interface Move {
  readonly at: number
  readonly operator: string
  readonly status: string
}

export function startAdvice(ledger: Ledger, catalogue: Catalogue): AdviceRun {
  const trials = advisedMinutes.map((minutes): Trial => {
    const offlineAfterMs = minutes * 60_000
    const state = createPresenceState({ ...catalogue, settings: { ...catalogue.settings, offlineAfterMs } })
    return {
      offlineAfterMs,
      state,
      ...{ switches: 0, returned: 0, ghostMs: 0 },
      backUntil: new Float64Array(state.operators.length).fill(Number.NEGATIVE_INFINITY),
      base: new Float64Array(state.operators.length),
      since: new Float64Array(state.operators.length),
    }
  })
  const names = sharedNames(trials.map(({ state }) => state))
  return { names, trials, moves: movesOf(ledger), ledger, nextMove: 0, begun: false }
}

/** Plays a batch of the feed, its names turned into numbers by `run.names`, under every setting. */
export function adviseBatch(run: AdviceRun, batch: RecordBatch): void {
  for (let index = 0; index < batch.length; index++) {
    const at = batch.at[index] as number
    if (!run.begun) begin(run, at)
    makeMoves(run, at)
    for (const trial of run.trials) {
      const events: PresenceEvent[] = []
      replayRecord(trial.state, batch, index, events)
      noteSwitches(trial, events)
      if ((batch.kind[index] as number) <= kindStatus) noteSign(trial, batch.operator[index] as number, at)
    }
  }
}

/** Decides what can still happen up to `now`. Null where the feed had no record. */
export function finishAdvice(run: AdviceRun, now: number): readonly Advice[] | null {
  if (!run.begun) return null
  makeMoves(run, now)
  for (const trial of run.trials) {
    const events: PresenceEvent[] = []
    if (!isCovered(trial.state)) decideUpTo(trial.state, Math.max(now, trial.state.clock), 'reached', events)
    noteSwitches(trial, events)
  }
  return run.trials.map(({ offlineAfterMs, switches, returned, ghostMs }) => ({
    offlineAfterMs,
    switches,
    returned,
    ghostMs,
  }))
}

/** Everybody stands where the history has them at the feed's first record; who came later is nowhere yet. */
function begin(run: AdviceRun, at: number): void {
  run.begun = true
  while (run.nextMove < run.moves.length && (run.moves[run.nextMove] as Move).at <= at) run.nextMove++
  for (const { state, since } of run.trials) {
    since.fill(at)
    for (const [index, id] of state.operators.entries()) {
      const periods = run.ledger.operators.get(id)?.periods ?? []
      const period = periods.find(({ from, to }) => from <= at && at < to)
      if (period !== undefined) state.columns.status[index] = indexOf(state, run.ledger, period.status)
      else if (periods.length > 0) state.columns.status[index] = -1
    }
    state.columns.since.fill(at)
    countReceiving(state)
    armEverybody(state)
  }
}

/** Makes the administrators' moves up to an instant; what was due before each of them is decided first. */
function makeMoves(run: AdviceRun, upTo: number): void {
  for (; run.nextMove < run.moves.length; run.nextMove++) {
    const { at, operator, status } = run.moves[run.nextMove] as Move
    if (at > upTo) return
    for (const trial of run.trials) {
      const { state } = trial
      const index = operatorNamed(state, operator)
      if (index === -1) continue
      const events: PresenceEvent[] = []
      if (!isCovered(state)) decideUpTo(state, at, 'past', events)
      noteSwitches(trial, events)
      enterStatus(state, index, indexOf(state, run.ledger, status), at)
      trial.since[index] = at
    }
  }
}

function noteSwitches(trial: Trial, events: readonly PresenceEvent[]): void {
  const { state, backUntil, base, since } = trial
  for (const event of events) {
    if (event.type !== 'status-entered' || event.cause !== 'auto-offline') continue
    const operator = operatorNamed(state, event.operator)
    // A stay chosen in the panel begins with a sign of life, so only the others' beginnings have to be known.
    const silentFrom = Math.max(event.lastSeen ?? Number.NEGATIVE_INFINITY, since[operator] as number)
    trial.switches++
    trial.ghostMs += event.at - silentFrom
    base[operator] = silentFrom
    backUntil[operator] = event.at + backSoonMs
  }
}

/** A sign of life after a switch, and newer than the last one that the switch knew of. */
function noteSign(trial: Trial, operator: number, at: number): void {
  const { backUntil, base } = trial
  if (at > (backUntil[operator] as number) || at <= (base[operator] as number)) return
  trial.returned++
  backUntil[operator] = Number.NEGATIVE_INFINITY
}

function indexOf(state: PresenceState, ledger: Ledger, status: string): number {
  return statusIndexOfId(state, status, ledger.statuses.get(status)?.values.at(-1))
}

function movesOf(ledger: Ledger): Move[] {
  return [...ledger.operators.values()]
    .flatMap(({ id, periods }) =>
      periods
        .filter(({ enteredBy }) => enteredBy.cause === 'admin' || enteredBy.cause === 'status-deleted')
        .map(({ from, status }): Move => ({ at: from, operator: id, status })),
    )
    .sort((a, b) => a.at - b.at)
}
