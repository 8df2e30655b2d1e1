import type { Transition } from '../../src/domain/history.ts'
import { type PresenceState, recordNames } from '../../src/domain/presenceState.ts'
import { createBatch, type FeedRecord, pushRecord, type RecordBatch, recordKinds } from '../../src/domain/records.ts'
import { createReplay, finishReplay, type ReplayResult, replayBatch } from '../../src/domain/replay.ts'
import type { OracleInput } from './oracle.ts'

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

  function subjectOf(record: FeedRecord, operator: number): number {
    if ('session' in record) return names.sessionSlot(operator, record.session)
    if ('dialogue' in record) return names.dialogueSlot(operator, record.dialogue)
    if ('status' in record) return names.statusIndex(record.status)
    return 'inquiry' in record ? names.inquiryIndex(record.inquiry) : -1
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
