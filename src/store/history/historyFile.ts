import type { HistoryEnd, HistoryEntry } from '../../domain/history/history.ts'
import { createRecorded, type Recorded, recordEntry } from '../../domain/history/recorded.ts'
import { type Disk, openForReading } from '../disk/disk.ts'
import { readFully, requireFile } from '../disk/durableFile.ts'
import { attempt, StoreRefusal, unlessMissing } from '../disk/refusal.ts'
import { defineLazily } from '../lazily.ts'
import { sha256 } from '../sha256.ts'
import { type CatalogueMark, type HistoryLine, parseLine } from './historyLine.ts'
import { type Opening, parseOpening } from './opening.ts'

/** The history folded up to a place in its file. */
export interface HistoryFold {
  readonly recorded: Recorded
  /** Bytes from the file's beginning to the end of the last whole commit. */
  offset: number
  /** Bytes of the last line without its newline; 0 before the first. */
  lastLine: number
  /** That line, where it is an entry and short: told from another without a hash. */
  lastText: string | null
  /** The last commit that carried one. */
  mark: CatalogueMark | null
  /** The end that the history last said it should have had (`history-altered`); null: never. */
  altered: HistoryEnd | null
  /** Where the file's first line goes on from an archived history: its last archived entry, its end, its own hash. */
  opening: { readonly seq: number; readonly end: number; readonly hash: string } | null
}

export function createFold(): HistoryFold {
  const nothing = { lastText: null, mark: null, altered: null, opening: null }
  return { recorded: createRecorded(), offset: 0, lastLine: 0, ...nothing }
}

/** How many lines the file has up to the fold's place. */
export function linesFolded({ recorded, opening }: HistoryFold): number {
  return opening === null ? recorded.seq : recorded.seq - opening.seq + 1
}

/** Opens the history for reading and runs; null where there is none. */
export function withHistory<Value>(disk: Disk, file: string, run: (fd: number, size: number) => Value): Value | null {
  return attempt({ file, action: 'read' }, () => {
    const fd = unlessMissing(() => disk.open(file, openForReading, 0))
    if (fd === null) return null
    try {
      return run(fd, sizeOf(disk, fd, file))
    } finally {
      disk.close(fd)
    }
  })
}

/** Are the bytes before the fold's offset still those that were folded last? */
export function fits(disk: Disk, fd: number, fold: HistoryFold): boolean {
  if (fold.offset === 0) return true
  const bytes = Buffer.alloc(fold.lastLine + 1)
  const count = readFully(disk, fd, bytes, fold.offset - bytes.length)
  if (count < bytes.length || bytes[fold.lastLine] !== newline) return false
  const { opening, lastText } = fold
  const line = bytes.subarray(0, fold.lastLine)
  if (lastText !== null) return line.equals(Buffer.from(lastText))
  const expected = opening !== null && opening.end === fold.offset ? opening.hash : fold.recorded.head
  return sha256(line) === expected
}

export interface Stretch {
  readonly file: string
  readonly from: number
  readonly to: number
  /** The number of the line before `from`. */
  readonly linesBefore: number
}

/** One commit; or, with no lines, the opening of a file that goes on from an archived history. */
export interface CommitLines {
  readonly opening?: Opening
  readonly lines: readonly HistoryLine[]
  /** Bytes from the file's beginning to the end of the commit. */
  readonly end: number
  readonly lastLine: Buffer
}

/**
 * The whole commits of a stretch of the file. What a crash left at the end, an unfinished line or a commit without its
 * last line, is passed over. Refuses a line in between that can't be read.
 */
export function* commitsIn(disk: Disk, fd: number, { file, from, to, linesBefore }: Stretch): Generator<CommitLines> {
  let open: HistoryLine[] = []
  let number = linesBefore
  for (const { bytes, end } of linesIn(disk, fd, from, to)) {
    number += 1
    const text = bytes.toString('utf8')
    const opening = end === bytes.length + 1 ? parseOpening(text) : null
    if (opening !== null) {
      yield { opening, lines: [], end, lastLine: bytes }
      continue
    }
    const line = parseLine(text)
    if (line === null) {
      // A power cut may leave blocks of zeros under a length that was already written; no line of ours holds any.
      if (bytes.includes(0)) return
      throw new StoreRefusal({ code: 'history-broken', file, line: number, reason: 'it is not an entry of a history' })
    }
    open.push(line)
    if (line.more) continue
    yield { lines: open, end, lastLine: bytes }
    open = []
  }
}

export function sizeOf(disk: Disk, fd: number, file: string): number {
  const stat = disk.stat(fd)
  requireFile(file, stat)
  return stat.size
}

/** Folds one commit in. The caller, who alone knows which is the last, notes its line. */
export function foldCommit(fold: HistoryFold, { lines, end, lastLine, opening }: CommitLines): void {
  if (opening !== undefined) foldOpening(fold, opening, { end, hash: sha256(lastLine) })
  for (const { entry, catalogue } of lines) {
    recordEntry(fold.recorded, entry, fold.recorded.head)
    if (catalogue !== null) fold.mark = catalogue
    if (entry.type === 'history-altered') fold.altered = entry.expected
  }
  fold.offset = end
  fold.lastLine = lastLine.length
  fold.lastText = null
}

/** Lines that are longer are told by their hash. */
const longestText = 2048

/** The last entry's line that was folded: the next one will name its hash. */
export function noteLastLine(fold: Pick<HistoryFold, 'recorded' | 'lastText'>, line: Buffer): void {
  const bytes = Buffer.from(line)
  defineLazily(fold.recorded, 'head', () => sha256(bytes))
  fold.lastText = bytes.length <= longestText ? bytes.toString('utf8') : null
}

function foldOpening(fold: HistoryFold, opening: Opening, line: { end: number; hash: string }): void {
  for (const entry of snapshotEntries(opening)) recordEntry(fold.recorded, entry, opening.prev)
  fold.recorded.seq = opening.seq
  fold.recorded.head = opening.prev
  fold.recorded.feed = opening.feed
  fold.mark = opening.mark
  fold.opening = { seq: opening.seq, ...line }
}

/** What the archived part came to, as entries of its last number. */
export function snapshotEntries({ facts, seq, prev, at }: Opening): HistoryEntry[] {
  return facts.map((fact) => ({ ...fact, seq, recordedAt: at, prev }))
}

const newline = 0x0a
const blockBytes = 1 << 20

/** The complete lines of a stretch, without their newlines, and where each one's newline ends. */
export function* linesIn(disk: Disk, fd: number, from: number, to: number): Generator<{ bytes: Buffer; end: number }> {
  let rest: Buffer = Buffer.alloc(0)
  let position = from
  while (position < to) {
    const block = Buffer.allocUnsafe(rest.length + Math.min(blockBytes, to - position))
    rest.copy(block)
    const count = readFully(disk, fd, block.subarray(rest.length), position)
    if (count === 0) return
    position += count
    const filled = block.subarray(0, rest.length + count)
    let start = 0
    for (let stop = filled.indexOf(newline); stop !== -1; stop = filled.indexOf(newline, start)) {
      yield { bytes: filled.subarray(start, stop), end: position - filled.length + stop + 1 }
      start = stop + 1
    }
    rest = filled.subarray(start)
  }
}
