import type { HistoryEnd, ToldAlteration } from '../../domain/history/history.ts'
import { hashOfNothing } from '../../domain/history/recorded.ts'
import type { Disk } from '../disk/disk.ts'
import { attemptEach, StoreRefusal } from '../disk/refusal.ts'
import { sha256 } from '../sha256.ts'
import { isLost, isSameEnd } from './alteration.ts'
import { linesIn } from './historyFile.ts'
import { parseLine } from './historyLine.ts'
import { isOpening } from './opening.ts'
import { openSegments, type Segment } from './segments.ts'

/** So many lines are looked at between two pauses. */
const linesAtATime = 1024

/** What was found to be whole: up to `head`, from `since` on, where older parts were archived and taken away. */
export interface VerifiedHistory extends HistoryEnd {
  /** So many entries are not here any more; 0: all are. */
  readonly since: number
  /** The archived part that is not here. */
  readonly missing: string | null
  /** Where the history itself tells that its end had been changed. */
  readonly alterations: readonly ToldAlteration[]
}

/**
 * Looks at every line, those of archived parts first: its number, the hash of the line before, and, where an end was
 * noted, that line itself; so every single edit, removal and swap is found, at the last line too. Refuses with
 * `history-broken` at the first place; an end that a crash left unfinished is one, until the next write cuts it off.
 * A changed end that a later commit has told of is no such place any more: it is among the answer's alterations.
 * Pauses now and then and says up to which entry it has looked.
 */
export function* verifyHistory(disk: Disk, file: string, noted: HistoryEnd | null): Generator<number, VerifiedHistory> {
  const looking: Looking = { noted, alterations: [], changed: null }
  const found = yield* verifySegments(disk, file, looking)
  const { seq, head, since, missing } = found
  const { alterations, changed } = looking
  if (noted !== null && !alterations.some(({ expected }) => isSameEnd(expected, noted))) {
    if (changed !== null) throw broken(changed.file, changed.line, 'it was changed after it was written')
    if (isLost(noted, found))
      throw broken(file, found.lines + 1, `it is missing: ${noted.seq} entries had been written`)
  }
  return { seq, head, since, missing, alterations }
}

/** What is looked for, and what was found on the way. */
interface Looking {
  readonly noted: HistoryEnd | null
  readonly alterations: ToldAlteration[]
  /** The noted entry is here, and another than it was. */
  changed: { readonly file: string; readonly line: number } | null
}

function* verifySegments(
  disk: Disk,
  file: string,
  looking: Looking,
): Generator<number, HistoryEnd & Pick<VerifiedHistory, 'since' | 'missing'> & { lines: number }> {
  let last: HistoryEnd = { seq: 0, head: hashOfNothing }
  for (const { files, missing } of openSegments(disk, file)) {
    const since = files[0]?.opening?.seq ?? 0
    let lines = 0
    for (const [index, segment] of files.entries()) {
      if (segment.opening !== null) last = goOn(segment, index === 0 ? null : last)
      const read = yield* attemptEach(
        { file: segment.file, action: 'read' },
        verifyLines(disk, segment, { before: last, looking }),
      )
      last = read.last
      lines = read.lines
    }
    return { ...last, since, missing, lines }
  }
  return { ...last, since: 0, missing: null, lines: 0 }
}

/** A file goes on just where the one before it ended. */
function goOn({ file, opening }: Segment, before: HistoryEnd | null): HistoryEnd {
  const { seq, prev } = opening as NonNullable<Segment['opening']>
  if (before !== null && (before.seq !== seq || before.head !== prev)) {
    throw broken(
      file,
      1,
      `it goes on after entry ${seq}, but the part before it ends otherwise, with entry ${before.seq}`,
    )
  }
  return { seq, head: prev }
}

function* verifyLines(
  disk: Disk,
  { file, fd, size, opening }: Segment,
  { before, looking }: { readonly before: HistoryEnd; readonly looking: Looking },
): Generator<number, { last: HistoryEnd; lines: number }> {
  const { noted, alterations } = looking
  let last = before
  let number = 0
  let read = 0
  let unfinished = false
  for (const { bytes, end } of linesIn(disk, fd, 0, size)) {
    number += 1
    read = end
    const text = bytes.toString('utf8')
    if (number === 1 && opening !== null) continue
    const line = parseLine(text)
    if (line === null) throw broken(file, number, damageOf(text))
    const { seq, prev } = line.entry
    if (seq !== last.seq + 1) throw broken(file, number, `it is entry ${seq} where entry ${last.seq + 1} should be`)
    if (prev !== last.head)
      throw broken(file, number, 'it does not follow the line before it: one of the two was changed')
    last = { seq, head: sha256(bytes) }
    if (noted?.seq === seq && noted.head !== last.head) looking.changed = { file, line: number }
    if (line.entry.type === 'history-altered') {
      const { expected, found } = line.entry
      alterations.push({ seq, expected, found })
    }
    unfinished = line.more
    if (number % linesAtATime === 0) yield seq
  }
  if (read < size) throw broken(file, number + 1, 'it is not finished')
  if (unfinished) throw broken(file, number, 'the entries written together with it are missing')
  return { last, lines: number }
}

function damageOf(text: string): string {
  return isOpening(text) ? 'the snapshot of the archived part was changed' : 'it is not an entry of a history'
}

function broken(file: string, line: number, reason: string): StoreRefusal {
  return new StoreRefusal({ code: 'history-broken', file, line, reason })
}
