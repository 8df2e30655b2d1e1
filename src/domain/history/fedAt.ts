import type { HistoryEntry } from './history.ts'

/** The stamp of the feed's record that stands behind an entry; null where none does. */
export function fedAt(entry: HistoryEntry): number | null {
  if (entry.type === 'dialogues') return entry.at
  if (entry.type !== 'status-entered') return null
  return entry.cause === 'panel' ? entry.at : entry.lastSeen
}

/** The earlier of two such stamps. */
export function earliestFed(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}

/**
 * Up to where the feed once said more than is kept of it: the beginning of what is kept, where the history knows of
 * earlier records. -Infinity where nothing is missing, Infinity where nothing is kept.
 */
export function lostBefore(kept: { readonly from: number } | null, firstFedAt: number | null): number {
  if (firstFedAt === null) return Number.NEGATIVE_INFINITY
  const from = kept?.from ?? Number.POSITIVE_INFINITY
  return firstFedAt < from ? from : Number.NEGATIVE_INFINITY
}
