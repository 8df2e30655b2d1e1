import type { FeedPosition, HistoryFact } from '../../domain/history/history.ts'
import type { CommitLines, HistoryFold } from '../history/historyFile.ts'
import { type CatalogueMark, formatLine, type HistoryLine } from '../history/historyLine.ts'
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
  const lines: HistoryLine[] = []
  const texts: string[] = []
  let { seq, head: prev } = fold.recorded
  told.facts.forEach((fact, index) => {
    seq += 1
    const more = index < told.facts.length - 1
    const entry = { ...fact, seq, recordedAt: told.at, prev, ...(!more && told.feed && { feed: told.feed }) }
    const line = { entry, catalogue: more ? null : mark, more }
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
