import { basename, dirname, join } from 'node:path'
import type { HistoryFact } from '../../domain/history/history.ts'
import { formatTime } from '../../domain/time.ts'
import type { Disk } from '../disk/disk.ts'
import { createDurably, readWhole, stagedName, syncDirectory } from '../disk/durableFile.ts'
import { attempt, attemptQuietly, unlessMissing } from '../disk/refusal.ts'
import { commitsIn, createFold, foldCommit, type HistoryFold, noteLastLine, withHistory } from './historyFile.ts'
import { factsOfRecorded, formatOpening, type Opening } from './opening.ts'

/** Where a history is cut: what is before can be archived. */
export interface Cut {
  /** Folded up to the cut, `head` included. */
  readonly fold: HistoryFold
  /** Who has dialogues open at the cut. */
  readonly dialogues: readonly HistoryFact[]
  /** How many entries lie before the cut, in this file. */
  readonly entries: number
}

/** The last place before which everything was written before `before`; null where nothing was. Whole commits alone. */
export function findCut(disk: Disk, file: string, before: number): Cut | null {
  return withHistory(disk, file, (fd, size) => {
    const fold = createFold()
    const dialogues = new Map<string, HistoryFact>()
    let entries = 0
    let last: Buffer | null = null
    for (const commit of commitsIn(disk, fd, { file, from: 0, to: size, linesBefore: 0 })) {
      if (commit.lines.some(({ entry }) => entry.recordedAt >= before)) break
      foldCommit(fold, commit)
      for (const { entry } of commit.lines) {
        if (entry.type !== 'dialogues') continue
        if (entry.open === 0) dialogues.delete(entry.operator)
        else dialogues.set(entry.operator, entry)
      }
      if (commit.opening === undefined) last = commit.lastLine
      entries += commit.lines.length
      if (commit.opening !== undefined) for (const fact of commit.opening.facts) noteOpen(dialogues, fact)
    }
    if (last === null) return null
    noteLastLine(fold, last)
    return { fold, dialogues: [...dialogues.values()].map(withoutPlace), entries }
  })
}

function noteOpen(dialogues: Map<string, HistoryFact>, fact: HistoryFact): void {
  if (fact.type === 'dialogues') dialogues.set(fact.operator, fact)
}

function withoutPlace(fact: HistoryFact): HistoryFact {
  const { type, at, operator, open, by } = fact as Extract<HistoryFact, { type: 'dialogues' }>
  return { type, at, operator, open, by }
}

export interface Archiving {
  readonly file: string
  readonly cut: Cut
  /** Names the archived part; epoch milliseconds. */
  readonly before: number
  readonly at: number
  readonly by: string
  /** A name that the next command cleans up after a crash is staged under this file's. */
  readonly stagedAs: string
}

/**
 * Writes what lies before the cut to a file of its own and puts the rest, behind its opening, in the history's place.
 * Durable at each step: a crash in between leaves the history as it was, and a copy that the next attempt takes over.
 * Answers the archived part's name and where the opening ends.
 */
export async function archiveHistory(
  disk: Disk,
  archiving: Archiving,
): Promise<{ archived: string; opening: Opening; end: number }> {
  const { file, cut, at, by, stagedAs } = archiving
  const whole = attempt({ file, action: 'read' }, () => readWhole(disk, file))
  if (whole === null) throw new Error('the history was there under the lock')
  const head = whole.bytes.subarray(0, cut.fold.offset)
  const archived = freeName(disk, archiving, head)
  if (archived.taken === 'free') {
    await putDurably(disk, { target: archived.file, stagedAs, bytes: head, like: whole.stat })
  }
  const { seq, head: prev, feed } = cut.fold.recorded
  const facts = [...factsOfRecorded(cut.fold.recorded, at), ...cut.dialogues]
  const opening = { seq, prev, at, by, archived: basename(archived.file), facts, mark: cut.fold.mark, feed }
  const line = Buffer.from(`${formatOpening(opening)}\n`)
  const bytes = Buffer.concat([line, whole.bytes.subarray(cut.fold.offset)])
  await putDurably(disk, { target: file, stagedAs, bytes, like: whole.stat })
  return { archived: archived.file, opening, end: line.length }
}

/** `statuses.history-20261122T120000Z.jsonl` beside the history, or the next free name; the very same part is kept. */
function freeName(disk: Disk, { file, before }: Archiving, bytes: Buffer): { file: string; taken: 'free' | 'same' } {
  const stamp = formatTime(before).replaceAll(/[-:]|\.\d+/g, '')
  const stem = basename(file).replace(/\.jsonl$/, '')
  for (let number = 1; ; number += 1) {
    const name = join(dirname(file), `${stem}-${stamp}${number === 1 ? '' : `-${number}`}.jsonl`)
    const stat = attempt({ file: name, action: 'read' }, () => unlessMissing(() => disk.statName(name)))
    if (stat === null) return { file: name, taken: 'free' }
    if (stat.kind === 'file' && stat.size === bytes.length && readWhole(disk, name)?.bytes.equals(bytes) === true) {
      return { file: name, taken: 'same' }
    }
  }
}

interface Put {
  readonly target: string
  readonly stagedAs: string
  readonly bytes: Buffer
  readonly like: Parameters<typeof createDurably>[1]['like']
}

async function putDurably(disk: Disk, { target, stagedAs, bytes, like }: Put): Promise<void> {
  const staged = stagedName(stagedAs)
  await createDurably(disk, { file: staged, named: target, bytes, like, action: 'write' })
  try {
    attempt({ file: target, action: 'write' }, () => disk.rename(staged, target))
    await syncDirectory(disk, target)
  } catch (error) {
    attemptQuietly(() => disk.unlink(staged))
    throw error
  }
}
