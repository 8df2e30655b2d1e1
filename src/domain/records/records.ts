import type { NameHashing } from '../names/nameHash.ts'
import type { PairPlaces } from '../names/namePlaces.ts'

/** What a feed record says. The numbers index typed arrays and stay inside the program. */
export const recordKinds = [
  'open',
  'beat',
  'close',
  'status',
  'dialogue-open',
  'dialogue-close',
  'tick',
  'inquiry',
] as const
export type RecordKind = (typeof recordKinds)[number]

export const kindOpen = 0
export const kindBeat = 1
export const kindClose = 2
export const kindStatus = 3
export const kindDialogueOpen = 4
export const kindDialogueClose = 5
export const kindTick = 6
export const kindInquiry = 7
/** A status record whose choice is in the history already: a sign of life alone. No line of a feed is of this kind. */
export const kindSeen = 8

/** Why a line of the feed is passed over (contract §3, §6). */
export const skipReasons = [
  'malformed',
  'tooLong',
  'future',
  'unknownEvent',
  'unknownOperator',
  'unknownStatus',
] as const
export type SkipReason = (typeof skipReasons)[number]
export type SkippedCounts = Record<SkipReason, number>

export function noneSkipped(): SkippedCounts {
  return {
    malformed: 0,
    tooLong: 0,
    future: 0,
    unknownEvent: 0,
    unknownOperator: 0,
    unknownStatus: 0,
  }
}

/** Turns the names in records into small numbers, as the presence state knows them. */
export interface RecordNames {
  /** The operator's index, or -1 where no such operator is in the roster. */
  operatorIndex(id: string): number
  /** The status's index by id or name in any case, or -1. */
  statusIndex(reference: string): number
  sessionSlot(operator: number, session: string): number
  dialogueSlot(operator: number, dialogue: string): number
  inquiryIndex(inquiry: string): number
  /** The same for many names at once, by their bytes: saves the strings. Where absent, the strings are used. */
  readonly byBytes?: NamesByBytes
}

/** Names are valid UTF-8 and may be overwritten after the call. */
export interface NamesByBytes {
  /** How the places' hashes are made. */
  readonly hashing: NameHashing
  /**
   * By pair of operator and session the operator's index, -1 where no such operator is in the roster, and the session's
   * slot, -1 where it was not heard of yet. Both columns are as long as there are pairs.
   */
  findSessions(names: PairPlaces, operators: Int32Array, slots: Int32Array): void
  /** The slot of one of the pairs, a new one where there is none. */
  addSession(names: PairPlaces, at: { readonly index: number; readonly operator: number }): number
}

/**
 * Records in columns, in the order in which they were read. `subject` is the session's or dialogue's slot, the
 * status's or the inquiry's index, by kind; -1 for a tick. `operator` is -1 for a tick or an inquiry.
 */
export interface RecordBatch {
  length: number
  /** Epoch milliseconds. */
  at: Float64Array
  kind: Uint8Array
  operator: Int32Array
  subject: Int32Array
}

export function createBatch(capacity: number): RecordBatch {
  return {
    length: 0,
    at: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
    operator: new Int32Array(capacity),
    subject: new Int32Array(capacity),
  }
}

/** Appends one record, growing the columns by doubling. */
export function pushRecord(
  batch: RecordBatch,
  record: { at: number; kind: number; operator: number; subject: number },
): void {
  makeRoomFor(batch, 1)
  const index = batch.length++
  batch.at[index] = record.at
  batch.kind[index] = record.kind
  batch.operator[index] = record.operator
  batch.subject[index] = record.subject
}

/** The columns have room for so many more records afterwards. */
export function makeRoomFor(batch: RecordBatch, more: number): void {
  const wanted = batch.length + more
  if (wanted <= batch.at.length) return
  const grown = createBatch(Math.max(16, wanted, batch.at.length * 2))
  grown.at.set(batch.at)
  grown.kind.set(batch.kind)
  grown.operator.set(batch.operator)
  grown.subject.set(batch.subject)
  batch.at = grown.at
  batch.kind = grown.kind
  batch.operator = grown.operator
  batch.subject = grown.subject
}

/** Puts records in order of their stamps, ties in the order given: a scenario's order (contract §4.6). */
export function sortedByTime(batch: RecordBatch): RecordBatch {
  const order = Array.from({ length: batch.length }, (_, index) => index)
  order.sort((a, b) => (batch.at[a] as number) - (batch.at[b] as number) || a - b)
  const sorted: RecordBatch = {
    ...batch,
    length: 0,
    at: batch.at.slice(),
    kind: batch.kind.slice(),
    operator: batch.operator.slice(),
    subject: batch.subject.slice(),
  }
  for (const index of order) {
    pushRecord(sorted, {
      at: batch.at[index] as number,
      kind: batch.kind[index] as number,
      operator: batch.operator[index] as number,
      subject: batch.subject[index] as number,
    })
  }
  return sorted
}

/** A record with names, as it is written to a feed. */
export type FeedRecord =
  | {
      readonly at: number
      readonly event: 'open' | 'beat' | 'close'
      readonly operator: string
      readonly session: string
    }
  | {
      readonly at: number
      readonly event: 'status'
      readonly operator: string
      readonly status: string
    }
  | {
      readonly at: number
      readonly event: 'dialogue-open' | 'dialogue-close'
      readonly operator: string
      readonly dialogue: string
    }
  | { readonly at: number; readonly event: 'tick' }
  | {
      readonly at: number
      readonly event: 'inquiry'
      readonly inquiry: string
    }
