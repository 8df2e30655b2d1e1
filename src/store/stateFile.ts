import { type Disk, type FileStat, openForReading, openForWriting } from './disk/disk.ts'
import { createDurably, readFully, readWhole, requireFile, stagedName, writeFully } from './disk/durableFile.ts'
import { attempt, attemptQuietly, attemptQuietlyAsync, unlessMissing } from './disk/refusal.ts'
import { formatFold, readFold } from './history/foldText.ts'
import type { HistoryFold } from './history/historyFile.ts'
import { sha256 } from './history/historyLine.ts'
import type { HistoryHead } from './history/verifyHistory.ts'

/*
 * The state is one JSON object in several lines. The first has a fixed length, so that each commit can note the
 * history's head in place; the others, the folded history and at last the watcher's checkpoint, are replaced together
 * and are only believed where their hash is right.
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
    const lines = bytes.toString('utf8', headBytes).split('\n')
    const checkpoint = lines.at(-2)
    if (checkpoint === undefined) return null
    return {
      fold: readFold(lines.slice(0, -2)),
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
  const found = quietly(() => {
    const fd = unlessMissing(() => disk.open(file, openForWriting, 0))
    if (fd === null) return 'none'
    try {
      requireFile(file, disk.stat(fd))
      const old = readHeadLine(disk, fd)
      if (old === null) return 'none'
      writeFully(disk, fd, formatHead({ seq, head, sha256: old.sha256 }), 0)
      return 'noted'
    } finally {
      disk.close(fd)
    }
  })
  // One that can't be opened now may hold a watcher's checkpoint: it stays as it is.
  if (found !== 'none') return
  const state = { fold: null, checkpoint: null }
  await attemptQuietlyAsync(() => writeState(disk, file, { state, head: { seq, head } }))
}

/** Replaces the state whole. Readers see the old one or the new one. */
export async function writeState(
  disk: Disk,
  file: string,
  { state, head }: { readonly state: StoredState; readonly head: HistoryHead },
): Promise<void> {
  const body = Buffer.from(`${formatFold(state.fold)}"checkpoint":${formatCheckpoint(state.checkpoint)}}\n`)
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
