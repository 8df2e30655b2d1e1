import { basename, dirname, join } from 'node:path'
import type { HistoryEntry } from '../../domain/history/history.ts'
import { type Disk, openForReading } from '../disk/disk.ts'
import { attempt, unlessMissing } from '../disk/refusal.ts'
import { commitsIn, linesIn, sizeOf, snapshotEntries } from './historyFile.ts'
import { type Opening, parseOpening } from './opening.ts'

/** A file of the history, held open: archived parts are named by the file that goes on from them. */
export interface Segment {
  readonly file: string
  readonly fd: number
  readonly size: number
  /** Null: the history begins here. */
  readonly opening: Opening | null
}

/** How a history's files are read; `missing` is the archived part that is not here any more, if one is not. */
export interface Segments {
  /** Oldest first; empty where there is no history. */
  readonly files: readonly Segment[]
  readonly missing: string | null
}

/**
 * Opens the history and every archived part of it, the present file first, so that an archiving meanwhile changes
 * nothing. Closes them whatever happens.
 */
export function* openSegments(disk: Disk, file: string): Generator<Segments> {
  const files: Segment[] = []
  let missing: string | null = null
  try {
    for (let next: string | null = file; next !== null; ) {
      const segment = openSegment(disk, next)
      if (segment === null) {
        missing = next === file ? null : next
        break
      }
      files.unshift(segment)
      const archived: string | undefined = segment.opening?.archived
      next = archived === undefined ? null : join(dirname(file), basename(archived))
    }
    yield { files, missing }
  } finally {
    for (const { fd } of files) disk.close(fd)
  }
}

/** Every entry of the history, commit by commit, as far as whole commits reach; nothing where there is none. */
export function* entriesOf(disk: Disk, file: string): Generator<HistoryEntry> {
  for (const { files } of openSegments(disk, file)) {
    const [oldest] = files
    // Where older parts were taken away, what they came to stands for them.
    if (oldest?.opening) yield* snapshotEntries(oldest.opening)
    for (const segment of files) yield* entriesIn(disk, segment)
  }
}

function* entriesIn(disk: Disk, { file, fd, size }: Segment): Generator<HistoryEntry> {
  const commits = commitsIn(disk, fd, { file, from: 0, to: size, linesBefore: 0 })
  for (;;) {
    const next = attempt({ file, action: 'read' }, () => commits.next())
    if (next.done) return
    for (const { entry } of next.value.lines) yield entry
  }
}

function openSegment(disk: Disk, file: string): Segment | null {
  return attempt({ file, action: 'read' }, () => {
    const fd = unlessMissing(() => disk.open(file, openForReading, 0))
    if (fd === null) return null
    try {
      const size = sizeOf(disk, fd, file)
      const [first] = linesIn(disk, fd, 0, size)
      return { file, fd, size, opening: first === undefined ? null : parseOpening(first.bytes.toString('utf8')) }
    } catch (error) {
      disk.close(fd)
      throw error
    }
  })
}
