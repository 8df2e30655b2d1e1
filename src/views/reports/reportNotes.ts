import type { Span } from '../../domain/history/accounting.ts'
import { lostBefore } from '../../domain/history/fedAt.ts'
import type { Ledger, OperatorLedger } from '../../domain/reports/ledger/ledger.ts'
import { formatTime } from '../../domain/time.ts'
import { counted } from '../catalogue/outcome.ts'

/** What a report was made from, as far as it is to be doubted. */
export interface ReportGround {
  readonly ledger: Ledger
  readonly window: Span
  readonly operators: readonly OperatorLedger[]
  /** Nothing is known of later instants. */
  readonly knownUntil: number
}

/** What could be read of the feed. */
export interface FeedGround {
  readonly span: Span | null
  readonly notes: readonly string[]
  /** Rotated files that nobody can read here. */
  readonly compressed: readonly string[]
}

/** Sentences about what a reader should know before believing the numbers. */
export function reportNotes({ ledger, window, knownUntil }: ReportGround): string[] {
  const notes: string[] = []
  if (ledger.firstAt === null)
    notes.push('nothing is recorded yet: the first stay begins when an operator is added or a watcher runs')
  if (window.to > knownUntil)
    notes.push(`nothing is known after ${formatTime(knownUntil)}: the rest of the window is not recorded`)
  if (ledger.outOfOrder > 0) {
    notes.push(
      `${counted(ledger.outOfOrder, 'entry')} of the history, dated before the one before, count from that one's time on`,
    )
  }
  return notes
}

/** Who could not be held against a calendar, and why the table is empty where nobody could. */
export function calendarNotes(
  { operators }: Pick<ReportGround, 'operators'>,
  found: readonly { readonly operator: string }[],
): string[] {
  const planned = new Set(found.map(({ operator }) => operator))
  const left = operators.filter(({ id, present }) => present && !planned.has(id)).map(({ id }) => id)
  if (left.length === 0) return []
  const named = left.length > 5 ? `${left.slice(0, 5).join(', ')} and ${left.length - 5} more` : left.join(', ')
  return [`without a calendar: ${named}; assign one with: opstat operator edit ${left[0]} --calendar C`]
}

/** What the feed could not tell. */
export function feedNotes({ ledger, window }: Pick<ReportGround, 'ledger' | 'window'>, feed: FeedGround): string[] {
  const { span, notes } = feed
  const cut = window.from < lostBefore(span, ledger.firstFedAt) ? cutNotes(feed) : []
  const without = span === null && notes.length === 0 ? ['the feed has no records'] : []
  return [...notes, ...without, ...cut]
}

/** Said where something older than what is kept was asked for. */
export function cutNotes({ span, compressed }: FeedGround): string[] {
  const cut =
    span === null ? [] : [`the feed is kept from ${formatTime(span.from)} on: what it said before can't be counted`]
  const [first, second] = compressed
  if (first === undefined) return cut
  const files = second === undefined ? first : `${first} and ${compressed.length - 1} more`
  return [...cut, `compressed files are not read: ${files}; to have them counted, unpack them where they are`]
}
