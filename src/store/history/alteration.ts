import type { Alteration, HistoryEnd } from '../../domain/history/history.ts'
import type { HistoryFold } from './historyFile.ts'

/**
 * How the history ends otherwise than was noted when it was written last. Null where it ends so, or goes on from
 * there; where nothing was noted; and where the history tells of it already: then only the note was not renewed.
 */
export function alterationOf(noted: HistoryEnd | null, fold: HistoryFold): Alteration | null {
  const { seq, head } = fold.recorded
  if (noted === null || !isLost(noted, fold.recorded)) return null
  const { altered } = fold
  if (altered !== null && isSameEnd(altered, noted)) return null
  return { expected: noted, found: { seq, head } }
}

/** Is a noted end not in a history that ends so? What comes before that end says the chain of hashes. */
export function isLost(noted: HistoryEnd, end: HistoryEnd): boolean {
  return noted.seq > end.seq || (noted.seq === end.seq && noted.head !== end.head)
}

export function isSameEnd(one: HistoryEnd, other: HistoryEnd): boolean {
  return one.seq === other.seq && one.head === other.head
}
