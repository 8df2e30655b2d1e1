import type { HistoryEnd } from '../../domain/history/history.ts'
import { type Disk, openForReading, openForWriting } from '../disk/disk.ts'
import { readFully, requireFile, writeFully } from '../disk/durableFile.ts'
import { attempt, attemptQuietly, StoreRefusal, unlessMissing } from '../disk/refusal.ts'
import { isCount } from '../history/historyFact.ts'
import { parseObject } from '../jsonObject.ts'

/** The state's first line: always as long, so that each commit can note the history's head in place. */
export interface StateHead extends HistoryEnd {
  /** Bytes of the sections, in their order. */
  readonly sizes: readonly number[]
  /** Of the sections; null where all of them stand twice, which is check enough for the lines in them too. */
  readonly sha256: string | null
}

/** To be counted up with every rule for catalogues that is added: a page was judged by the rules of its version. */
const stateVersion = 5
export const headBytes = 512

/** What stands behind the first line, in this order. */
export const sections = ['small', 'catalogue', 'stays', 'roster', 'checkpoint', 'columns', 'text', 'parsed'] as const
export type Section = (typeof sections)[number]

export function bodyBytes({ sizes }: StateHead): number {
  return sizes.reduce((sum, size) => sum + size, 0)
}

/**
 * How many bytes of the sections' beginning stand in the file a second time, behind all sections: where they are the
 * same there, the sizes are right too.
 */
export function doubledBytes(head: StateHead): number {
  return head.sha256 === null ? bodyBytes(head) : stretchOf(head, 'catalogue').to - headBytes
}

/** Where a section stands in the file. */
export function stretchOf({ sizes }: StateHead, section: Section): { from: number; to: number } {
  const index = sections.indexOf(section)
  const from = sizes.slice(0, index).reduce((sum, size) => sum + size, headBytes)
  return { from, to: from + (sizes[index] ?? 0) }
}

export function formatHead({ seq, head, sizes, sha256 }: StateHead): Buffer {
  const text = JSON.stringify({ version: stateVersion, seq, head, sizes, sha256 })
  return Buffer.from(`${text.padEnd(headBytes - 1)}\n`)
}

/** Null where the bytes are no first line of this version. */
export function parseHead(bytes: Buffer): StateHead | null {
  if (bytes.length < headBytes) return null
  const raw = parseObject(bytes.toString('latin1', 0, headBytes))
  if (raw === null || raw.version !== stateVersion) return null
  const { seq, head, sizes, sha256 } = raw
  if (!isCount(seq) || !isHash(head) || (sha256 !== null && !isHash(sha256))) return null
  if (!Array.isArray(sizes) || sizes.length !== sections.length || !sizes.every(isCount)) return null
  return { seq, head, sizes, sha256 }
}

/** They say that what lies there is none of ours to read; any other errno may pass. */
const foreignErrnos: readonly string[] = ['EACCES', 'EPERM', 'ELOOP']

/**
 * The history's last line as the last commit noted it; null where there is no state. Refuses where the disk fails:
 * without the note nobody can say whether the history still ends as it was left.
 */
export function readHead(disk: Disk, file: string): HistoryEnd | null {
  try {
    return attempt({ file, action: 'read' }, () => {
      const fd = unlessMissing(() => disk.open(file, openForReading, 0))
      if (fd === null) return null
      try {
        requireFile(file, disk.stat(fd))
        const line = readHeadLine(disk, fd)
        return line && { seq: line.seq, head: line.head }
      } finally {
        disk.close(fd)
      }
    })
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error
    const { failure } = error
    if (failure.code === 'file' && !foreignErrnos.includes(failure.errno)) throw error
    return null
  }
}

/**
 * Notes the history's last line in place; not durable, and lost without harm. `none`: there is no state of this version
 * to note it in; `out of reach`: something lies there that can't be opened now.
 */
export function noteInPlace(disk: Disk, file: string, { seq, head }: HistoryEnd): 'noted' | 'none' | 'out of reach' {
  const found = quietly(() => {
    const fd = unlessMissing(() => disk.open(file, openForWriting, 0))
    if (fd === null) return 'none'
    try {
      requireFile(file, disk.stat(fd))
      const old = readHeadLine(disk, fd)
      if (old === null) return 'none'
      writeFully(disk, fd, formatHead({ ...old, seq, head }), 0)
      return 'noted'
    } finally {
      disk.close(fd)
    }
  })
  return found ?? 'out of reach'
}

/** What a cache can't tell now it does not tell: null. */
export function quietly<Value>(run: () => Value): Value | null {
  let value: Value | null = null
  attemptQuietly(() => {
    value = run()
  })
  return value
}

function readHeadLine(disk: Disk, fd: number): StateHead | null {
  const bytes = Buffer.alloc(headBytes)
  return readFully(disk, fd, bytes, 0) < headBytes ? null : parseHead(bytes)
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && value.length === 64
}
