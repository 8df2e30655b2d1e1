import { isObject } from '../domain/fields.ts'
import { createRecorded } from '../domain/recorded.ts'
import { type Disk, type FileStat, openForReading, openForWriting } from './disk/disk.ts'
import { createDurably, readFully, readWhole, requireFile, stagedName, writeFully } from './disk/durableFile.ts'
import { attempt, attemptQuietly, attemptQuietlyAsync, unlessMissing } from './disk/refusal.ts'
import type { HistoryFold } from './history/historyFile.ts'
import { sha256 } from './history/historyLine.ts'
import type { HistoryHead } from './history/verifyHistory.ts'

/*
 * The state is one JSON object in three lines. The first has a fixed length, so that each commit can note the history's
 * head in place; the other two, the folded history and the watcher's checkpoint, are replaced together and are only
 * believed where their hash is right.
 */

export interface StoredState {
  readonly fold: HistoryFold | null
  readonly checkpoint: StoredCheckpoint | null
}

export interface StoredCheckpoint {
  /** The checkpoint as JSON, parsed only for who asks. */
  readonly text: string
  /** What the watcher knew of the history: its bytes up to here, this many entries. */
  readonly offset: number
  readonly seq: number
}

const stateVersion = 1
const headBytes = 256

/** Null where there is no state, or none that can be used: it is only a cache. */
export function readState(disk: Disk, file: string): StoredState | null {
  return quietly(() => {
    const bytes = readWhole(disk, file)?.bytes
    const head = bytes && parseHead(bytes.subarray(0, headBytes))
    if (!bytes || !head || sha256(bytes.subarray(headBytes)) !== head.sha256) return null
    const [fold, checkpoint] = bytes.toString('utf8', headBytes).split('\n')
    if (fold === undefined || checkpoint === undefined) return null
    return {
      fold: readFold(JSON.parse(fold.slice('"fold":'.length, -1))),
      checkpoint: readCheckpoint(checkpoint.slice('"checkpoint":'.length, -1)),
    }
  })
}

/** The history's last line as the last commit noted it; null where there is no state. */
export function readHead(disk: Disk, file: string): HistoryHead | null {
  return quietly(() => {
    const fd = unlessMissing(() => disk.open(file, openForReading, 0))
    if (fd === null) return null
    try {
      return readHeadLine(disk, fd)
    } finally {
      disk.close(fd)
    }
  })
}

/** Notes the history's last line; a commit's last step. Not durable, and lost without harm. */
export async function noteHead(disk: Disk, file: string, { seq, head }: HistoryHead): Promise<void> {
  const noted = quietly(() => {
    const fd = unlessMissing(() => disk.open(file, openForWriting, 0))
    if (fd === null) return null
    try {
      requireFile(file, disk.stat(fd))
      const old = readHeadLine(disk, fd)
      if (old !== null) writeFully(disk, fd, formatHead({ seq, head, sha256: old.sha256 }), 0)
      return old
    } finally {
      disk.close(fd)
    }
  })
  if (noted !== null) return
  await attemptQuietlyAsync(() =>
    writeState(disk, file, { state: { fold: null, checkpoint: null }, head: { seq, head } }),
  )
}

/** Replaces the state whole. Readers see the old one or the new one. */
export async function writeState(
  disk: Disk,
  file: string,
  { state, head }: { readonly state: StoredState; readonly head: HistoryHead },
): Promise<void> {
  const body = Buffer.from(`"fold":${formatFold(state.fold)},\n"checkpoint":${formatCheckpoint(state.checkpoint)}}\n`)
  const bytes = Buffer.concat([formatHead({ ...head, sha256: sha256(body) }), body])
  const staged = stagedName(file)
  await createDurably(disk, { file: staged, named: file, bytes, like: existingFile(disk, file), action: 'create' })
  try {
    attempt({ file, action: 'write' }, () => disk.rename(staged, file))
  } catch (error) {
    attemptQuietly(() => disk.unlink(staged))
    throw error
  }
}

function existingFile(disk: Disk, file: string): FileStat | null {
  const stat = attempt({ file, action: 'read' }, () => unlessMissing(() => disk.statName(file)))
  return stat?.kind === 'file' ? stat : null
}

interface StateHead extends HistoryHead {
  /** Of the bytes after the first line. */
  readonly sha256: string
}

function formatHead({ seq, head, sha256: body }: StateHead): Buffer {
  const text = JSON.stringify({ version: stateVersion, seq, head, sha256: body }).slice(0, -1)
  return Buffer.from(`${text.padEnd(headBytes - 2)},\n`)
}

function readHeadLine(disk: Disk, fd: number): StateHead | null {
  const bytes = Buffer.alloc(headBytes)
  return readFully(disk, fd, bytes, 0) < headBytes ? null : parseHead(bytes)
}

function parseHead(bytes: Buffer): StateHead | null {
  const match = /^\{"version":(\d+),"seq":(\d{1,15}),"head":"([0-9a-f]{64})","sha256":"([0-9a-f]{64})" *,\n$/.exec(
    bytes.toString('latin1'),
  )
  if (match?.[3] === undefined || match[4] === undefined || Number(match[1]) !== stateVersion) return null
  return { seq: Number(match[2]), head: match[3], sha256: match[4] }
}

/** Maps and sets become arrays; which key is which is known from an empty one. */
function formatFold(fold: HistoryFold | null): string {
  if (fold === null) return 'null'
  const recorded = Object.entries(fold.recorded).map(([key, value]) => [key, isTable(value) ? [...value] : value])
  return JSON.stringify({ ...fold, recorded: Object.fromEntries(recorded) })
}

function readFold(value: unknown): HistoryFold | null {
  if (!isObject(value) || !isObject(value.recorded)) return null
  const { recorded, offset, lastLine, mark } = value
  const fields = Object.entries(createRecorded()).map(([key, empty]) => [key, filledLike(empty, recorded[key])])
  // Another version of the program may have recorded other things: then the history is folded anew.
  const known = fields.length === Object.keys(recorded).length && fields.every(([, field]) => field !== undefined)
  return known ? ({ recorded: Object.fromEntries(fields), offset, lastLine, mark } as HistoryFold) : null
}

/** The stored field as `createRecorded` would have it; undefined where it is of another kind. */
function filledLike(empty: unknown, stored: unknown): unknown {
  if (!isTable(empty)) return stored
  if (!Array.isArray(stored)) return undefined
  if (empty instanceof Set) return new Set(stored)
  return stored.every(Array.isArray) ? new Map(stored as [unknown, unknown][]) : undefined
}

function isTable(value: unknown): value is Iterable<unknown> {
  return value instanceof Map || value instanceof Set
}

function formatCheckpoint(checkpoint: StoredCheckpoint | null): string {
  if (checkpoint === null) return 'null'
  return `{"offset":${checkpoint.offset},"seq":${checkpoint.seq},"value":${checkpoint.text}}`
}

function readCheckpoint(text: string): StoredCheckpoint | null {
  const match = /^\{"offset":(\d+),"seq":(\d+),"value":/.exec(text)
  return match && { offset: Number(match[1]), seq: Number(match[2]), text: text.slice(match[0].length, -1) }
}

function quietly<Value>(run: () => Value): Value | null {
  let value: Value | null = null
  attemptQuietly(() => {
    value = run()
  })
  return value
}
