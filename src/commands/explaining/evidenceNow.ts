import type { ExplainingEvidence } from '../../domain/explaining/explainingEvidence.ts'
import { createTrace, traceBatch } from '../../domain/explaining/trace.ts'
import type { Failure } from '../../domain/failure.ts'
import { lostBefore } from '../../domain/history/fedAt.ts'
import type { Transition } from '../../domain/history/history.ts'
import { createPresenceState, operatorNamed } from '../../domain/presence/presenceState.ts'
import { recordNames } from '../../domain/presence/recordNames.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'
import { type PresenceNow, readPresenceNow } from '../live/presenceNow.ts'
import { readWholeFeed } from '../reporting/feedReading.ts'
import type { StoredPast } from './storedPast.ts'

export interface Gathered {
  readonly evidence: ExplainingEvidence
  /** Sentences about what could not be used. */
  readonly notes: readonly string[]
}

/** The present, from the same state that `presence show` prints, and the operator's records of the whole feed. */
export async function gatherNow(
  globals: Globals,
  system: System,
  { operator, past }: StoredPast,
): Promise<Result<Gathered, Failure>> {
  const read = await readPresenceNow(globals, system)
  if (!read.ok) return read
  const { state, catalogue, now, notes } = read.value
  const index = operatorNamed(state, operator.id)
  const reader = createPresenceState(catalogue)
  const trace = createTrace(operatorNamed(reader, operator.id))
  const feed = await readWholeFeed(globals, system, {
    names: recordNames(reader),
    onBatch: (batch) => traceBatch(trace, reader, batch),
  })
  if (!feed.ok) return feed
  const unread = unreadChoice(read.value, index, past.transitions.at(-1) ?? null)
  const evidence: ExplainingEvidence = {
    ...{ operator, at: now, source: 'recorded', state, catalogue, start: null, next: null, held: null },
    transitions: unread === null ? past.transitions : [...past.transitions, unread],
    rulesAtSwitch: past.rulesAtSwitch,
    concerning: past.concerning,
    trace: feed.value.span === null ? null : trace,
    // The present is known from the checkpoint too.
    lostBefore: Math.min(now, lostBefore(feed.value.span, past.firstFedAt)),
  }
  return ok({ evidence, notes })
}

/** The choice in the unread rest of the feed that the present stay comes from; null: the history has it. */
function unreadChoice({ state }: PresenceNow, index: number, recorded: Transition | null): Transition | null {
  const status = state.statuses[state.columns.status[index] as number]
  const since = state.columns.since[index] as number
  if (status === undefined || since === Number.NEGATIVE_INFINITY) return null
  if (recorded !== null && recorded.to === status.id && recorded.at === since) return null
  const operator = state.operators[index] as string
  return {
    ...{ at: since, operator, from: recorded?.to ?? null, to: status.id, cause: 'panel', due: null, lastSeen: null },
    by: operator,
  }
}
