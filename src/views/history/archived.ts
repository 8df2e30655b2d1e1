import { formatTime } from '../../domain/time.ts'
import { counted } from '../catalogue/outcome.ts'
import type { Shown } from '../shown.ts'

/** What `history archive` closed, or would. */
export function showArchived(
  { entries, file }: { readonly entries: number; readonly file: string | null },
  { before, rehearsed }: { readonly before: number; readonly rehearsed: boolean },
): Shown {
  const what = counted(entries, 'entry')
  const words =
    entries === 0
      ? `nothing was written before ${formatTime(before)}; nothing to archive`
      : rehearsed
        ? `dry run: would archive ${what}; nothing was changed`
        : `archived ${what} to ${file}; keep it beside the history, where opstat history and reports read it`
  return {
    value: { entries, file },
    human: () => '',
    names: file === null ? [] : [file],
    note: words,
  }
}
