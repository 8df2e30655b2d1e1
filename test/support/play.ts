import { isDeepStrictEqual } from 'node:util'
import { type Catalogue, initialStatusOf } from '../../src/domain/catalogue/catalogue.ts'
import type { HistoryEntry, Transition } from '../../src/domain/history/history.ts'
import { createRecorded, type Recorded, recordEntry } from '../../src/domain/history/recorded.ts'
import { type Grounds, isCheckpoint, toCheckpoint } from '../../src/domain/presence/checkpoint.ts'
import { type KeptPresence, keptPresence, restorePresence } from '../../src/domain/presence/keptPresence.ts'
import { presenceOf } from '../../src/domain/presence/live.ts'
import { presenceRows } from '../../src/domain/presence/presence.ts'
import type { PresenceState } from '../../src/domain/presence/presenceState.ts'
import { type Recalling, recallPresence } from '../../src/domain/presence/recalledPresence.ts'
import { recordNames } from '../../src/domain/presence/recordNames.ts'
import { slotsInUse } from '../../src/domain/presence/slots.ts'
import {
  createBatch,
  type FeedRecord,
  pushRecord,
  type RecordBatch,
  recordKinds,
} from '../../src/domain/records/records.ts'
import { createReplay, finishReplay, type ReplayResult, replayBatch } from '../../src/domain/replay/replay.ts'
import { applySwitch, decideLive, foldLive } from '../../src/domain/rule/engine.ts'
import type { PresenceEvent } from '../../src/domain/rule/events.ts'
import { armEverybody } from '../../src/domain/rule/triggers.ts'
import { inOrder } from './inOrder.ts'
import type { OracleInput, Turn } from './oracle.ts'

/** Records with names as the engine takes them: columns of numbers. Throws where a record names somebody unknown. */
export function batchOf(state: PresenceState, records: readonly FeedRecord[]): RecordBatch {
  const names = recordNames(state)
  const batch = createBatch(records.length)
  for (const record of records) {
    const operator = 'operator' in record ? names.operatorIndex(record.operator) : -1
    if ('operator' in record && operator === -1) throw new Error(`no operator ${record.operator}`)
    const subject = subjectOf(record, operator)
    if (subject === -1 && record.event !== 'tick') throw new Error(`no such status: ${JSON.stringify(record)}`)
    pushRecord(batch, { at: record.at, kind: recordKinds.indexOf(record.event), operator, subject })
  }
  return batch

  /** By the event: a record may name a session and mean something else. */
  function subjectOf(record: FeedRecord, operator: number): number {
    switch (record.event) {
      case 'open':
      case 'beat':
      case 'close':
        return names.sessionSlot(operator, record.session)
      case 'status':
        return names.statusIndex(record.status)
      case 'dialogue-open':
      case 'dialogue-close':
        return names.dialogueSlot(operator, record.dialogue)
      case 'inquiry':
        return names.inquiryIndex(record.inquiry)
      case 'tick':
        return -1
    }
  }
}

/** Plays the records through the engine, cut before each index in `cuts` (ascending). */
export function play(
  input: OracleInput,
  cuts: readonly number[],
): { result: ReplayResult; streamed: readonly Transition[] } {
  const initial = new Map(Object.entries(input.initial))
  const replay = createReplay({ catalogue: input.catalogue, start: input.start, until: input.until, initial })
  const streamed: Transition[] = []
  const edges = [0, ...cuts, input.records.length]
  for (const [index, edge] of edges.entries()) {
    const piece = input.records.slice(edge, edges[index + 1])
    streamed.push(...replayBatch(replay, batchOf(replay.state, piece)))
  }
  const { last, result } = finishReplay(replay, null)
  return { result, streamed: [...streamed, ...last] }
}

/**
 * Watches the records in turns (contract §4.8), every decision carried out at once. `restarted`: between any two
 * turns the presence is thrown away and made anew from the recorded stays and a checkpoint. `recalled`: the same
 * where the catalogue is known to be the same.
 */
export function watchTurns(input: OracleInput, turns: readonly Turn[], between: 'kept' | 'restarted' | 'recalled') {
  const { catalogue } = input
  const recorded = createRecorded()
  const initial = new Map(Object.entries(input.initial))
  for (const operator of catalogue.operators) {
    const status = initial.get(operator.id) ?? initialStatusOf(catalogue, operator)
    if (status === null) throw new Error(`no status for ${operator.id}`)
    recorded.stays.set(operator.id, { status, since: input.start as number, cause: 'admin', due: null })
  }
  const events: PresenceEvent[] = []
  let state = startedPresence(catalogue, recorded)
  let late = 0
  let next = 0
  let told = 0
  for (const { reads, now } of turns) {
    if (between !== 'kept') {
      const kept = throughDisk(state, { catalogue, recorded })
      late += state.late
      const newEntries = events.slice(told).flatMap((event) => recordStay(recorded, event))
      told = events.length
      state = presenceOf(catalogue, recorded)
      restorePresence(state, kept)
      if (between === 'recalled') state = recalledLike(state, kept, { catalogue, recorded, newEntries })
    }
    foldLive(state, batchOf(state, input.records.slice(next, next + reads)), now, events)
    next += reads
    for (const due of decideLive(state, now, events)) events.push(applySwitch(state, due))
  }
  const lastNow = (turns.at(-1) as Turn).now
  return {
    late: late + state.late,
    transitions: inOrder(events.filter((event) => event.type === 'status-entered').map(withoutType)),
    held: events.filter((event) => event.type === 'held'),
    operators: presenceRows(state, catalogue, lastNow),
  }
}

function startedPresence(catalogue: Catalogue, recorded: Recorded): PresenceState {
  const state = presenceOf(catalogue, recorded)
  armEverybody(state)
  return state
}

/** Writes an event into a history of stays; its entry, where it is one. */
function recordStay(recorded: Recorded, event: PresenceEvent): HistoryEntry[] {
  if (event.type !== 'status-entered') return []
  const entry: HistoryEntry = { ...event, seq: recorded.seq + 1, recordedAt: event.at, prev: recorded.head }
  recordEntry(recorded, entry, `hash of ${entry.seq}`)
  return [entry]
}

/** What is left of a presence in a checkpoint that was written and read again. */
export function throughDisk(state: PresenceState, grounds: Grounds): KeptPresence {
  const { checkpoint, columns } = toCheckpoint(state, grounds)
  const read: unknown = JSON.parse(JSON.stringify(checkpoint))
  const kept = isCheckpoint(read) ? keptPresence(read, Buffer.from(columns)) : null
  if (kept === null) throw new Error('not a checkpoint')
  return kept
}

/** The presence recalled at once; throws where it is not the one that was made step by step. */
function recalledLike(made: PresenceState, kept: KeptPresence, recalling: Recalling): PresenceState {
  const recalled = recallPresence(kept, recalling)
  if (recalled === null) throw new Error('could not be recalled')
  const both = [made, recalled].map((state) => ({
    ...pick(state, ['operators', 'rule', 'clock', 'receivingCount', 'coverage', 'undecided', 'latestSwitchDue']),
    sessions: slotsInUse(state.sessions),
    armed: state.operators.map((_, operator) =>
      state.deadlines.place[operator] === -1 ? null : state.deadlines.key[operator],
    ),
    columns: Object.entries(state.columns).map(([name, column]) => [
      name,
      [...column].slice(0, state.operators.length),
    ]),
  }))
  if (!isDeepStrictEqual(both[0], both[1])) throw new Error('recalled otherwise than it was')
  return recalled
}

function pick<Key extends keyof PresenceState>(state: PresenceState, keys: readonly Key[]): object {
  return Object.fromEntries(keys.map((key) => [key, state[key]]))
}

function withoutType({ type: _, ...transition }: Extract<PresenceEvent, { type: 'status-entered' }>): Transition {
  return transition
}
