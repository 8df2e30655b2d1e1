import type { FeedRecord } from '../../domain/records/records.ts'
import { formatTime } from '../../domain/time.ts'
import type { Effect } from '../catalogue/outcome.ts'
import type { Shown } from '../shown.ts'

/** A record that was appended to the feed, or would be. */
export function showRecorded(
  record: FeedRecord,
  { feed, effect }: { readonly feed: string; readonly effect: Exclude<Effect, 'none'> },
): Shown {
  const at = formatTime(record.at)
  return {
    value: { ...record, at },
    human: () => '',
    note: `${effect === 'made' ? 'Appended' : 'Would append'} ${record.event} at ${at} to ${feed}`,
  }
}
