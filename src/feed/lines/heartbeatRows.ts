import { hashOfBytes } from '../../domain/names/nameHash.ts'
import { makeRoomFor, type NamesByBytes, type RecordBatch, type SkipReason } from '../../domain/records/records.ts'
import type { LineBytes, RecordSpan } from './recordSpan.ts'

/**
 * Heartbeats that are read but whose names are still places in the lines: the names of many are looked up together,
 * which is several times as fast as one by one. Stamps and kinds stand in the batch already, behind its last record.
 */
export interface HeartbeatRows {
  readonly names: NamesByBytes
  length: number
  batch: RecordBatch
  /** By row where its line begins. */
  readonly line: Int32Array
  readonly operators: NameColumns
  readonly sessions: NameColumns
}

/** By row the place of a name in the lines, and its hash. */
interface NameColumns {
  readonly start: Int32Array
  readonly end: Int32Array
  readonly hash: Int32Array
}

/** Enough for the waiting for memory to overlap, few enough for the columns to stay in the fastest cache. */
export const mostRows = 512

export function createHeartbeatRows(names: NamesByBytes, batch: RecordBatch): HeartbeatRows {
  const column = () => new Int32Array(mostRows)
  const columns = () => ({ start: column(), end: column(), hash: column() })
  return { names, length: 0, batch, line: column(), operators: columns(), sessions: columns() }
}

/** Rows are read into this batch from now on. There are none at present. */
export function startRows(rows: HeartbeatRows, batch: RecordBatch): void {
  makeRoomFor(batch, mostRows)
  rows.batch = batch
}

/** Adds the heartbeat of the line at `line`; there is room for it. */
export function addRow(rows: HeartbeatRows, lines: LineBytes, line: number, span: RecordSpan): void {
  const { batch, operators, sessions, names } = rows
  const row = rows.length++
  rows.line[row] = line
  batch.at[batch.length + row] = span.at
  batch.kind[batch.length + row] = span.kind
  operators.start[row] = span.operatorStart
  operators.end[row] = span.operatorEnd
  operators.hash[row] = hashOfBytes(names.hashing, lines.view, { start: span.operatorStart, end: span.operatorEnd })
  sessions.start[row] = span.subjectStart
  sessions.end[row] = span.subjectEnd
  sessions.hash[row] = hashOfBytes(names.hashing, lines.view, { start: span.subjectStart, end: span.subjectEnd })
}

/** No operator has an index like this: one who is known, but whose record is stamped too far ahead. */
const tooEarly = -2

/**
 * Looks the names up and makes the rows records of the batch, in their order; where some are passed over, all are told
 * one by one. Sessions are added last: a line that is passed over leaves no trace.
 */
export function placeRows(
  rows: HeartbeatRows,
  { view }: LineBytes,
  placing: { readonly futureLimit: number; readonly onRow: (reason: SkipReason | null, line: number) => void },
): 'all' | 'told' {
  const { names, batch, length } = rows
  const from = batch.length
  const operator = batch.operator.subarray(from, from + length)
  const subject = batch.subject.subarray(from, from + length)
  const pairs = { first: { view, length, ...rows.operators }, second: { view, length, ...rows.sessions } }
  names.findSessions(pairs, operator, subject)
  let passedOver = 0
  for (let row = 0; row < length; row++) {
    if ((operator[row] as number) < 0) passedOver++
    else if ((batch.at[from + row] as number) > placing.futureLimit) {
      operator[row] = tooEarly
      passedOver++
    } else if (subject[row] === -1)
      subject[row] = names.addSession(pairs, { index: row, operator: operator[row] as number })
  }
  rows.length = 0
  if (passedOver === 0) {
    batch.length += length
    return 'all'
  }
  for (let row = 0; row < length; row++) {
    const index = operator[row] as number
    placing.onRow(index === tooEarly ? 'future' : index < 0 ? 'unknownOperator' : null, rows.line[row] as number)
    if (index >= 0) moveRecord(batch, from + row, batch.length++)
  }
  return 'told'
}

function moveRecord({ at, kind, operator, subject }: RecordBatch, from: number, to: number): void {
  at[to] = at[from] as number
  kind[to] = kind[from] as number
  operator[to] = operator[from] as number
  subject[to] = subject[from] as number
}
