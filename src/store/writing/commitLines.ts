import type { FeedPosition, HistoryEntry, HistoryFact } from '../../domain/history/history.ts'
import type { CommitLines, HistoryFold } from '../history/historyFile.ts'
import { type CatalogueMark, entryOf, formatLine, type HistoryLine } from '../history/historyLine.ts'
import { sha256 } from '../sha256.ts'

/** What a commit tells the history. */
export interface Told {
  readonly facts: readonly HistoryFact[]
  readonly feed: FeedPosition | undefined
  /** Epoch milliseconds. */
  readonly at: number
}

/** The commit's lines, null where it tells nothing. Only the last line lacks `more`, so that a commit whose end is lost in a crash never happened. */
export function linesOf(
  fold: HistoryFold,
  told: Told,
  mark: CatalogueMark | null,
): (CommitLines & { readonly bytes: Buffer }) | null {
  const { facts, feed, at: recordedAt } = told
  const lines: HistoryLine[] = []
  const texts: string[] = []
  let { seq, head: prev } = fold.recorded
  const ends = facts.length - 1
  facts.forEach((fact, index) => {
    seq += 1
    const entry = entryOf(fact, { seq, recordedAt, prev })
    const line = index < ends ? { entry, catalogue: null, more: true } : lastLine(entry, { feed, mark })
    const text = formatLine(line)
    lines.push(line)
    texts.push(text)
    prev = sha256(text)
  })
  const last = texts.at(-1)
  if (last === undefined) return null
  const bytes = Buffer.from(`${texts.join('\n')}\n`)
  return { lines, bytes, end: fold.offset + bytes.length, lastLine: Buffer.from(last) }
}

function lastLine(
  entry: HistoryEntry,
  { feed, mark }: { readonly feed: FeedPosition | undefined; readonly mark: CatalogueMark | null },
): HistoryLine {
  return { entry: feed === undefined ? entry : { ...entry, feed }, catalogue: mark, more: false }
}
