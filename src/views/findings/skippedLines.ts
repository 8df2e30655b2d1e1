import { type SkippedCounts, type SkipReason, skipReasons } from '../../domain/records/records.ts'

export const skipReasonWords: Record<SkipReason, string> = {
  malformed: "not in the feed's format",
  tooLong: 'longer than 64 KiB',
  future: 'stamped in the future',
  unknownEvent: 'of an unknown event',
  unknownOperator: 'of an operator who is not in the roster',
  unknownStatus: 'of a status that is not in the catalogue',
}

/** What mends it. */
export const skippedNext: Record<SkipReason, string> = {
  malformed: 'write each record as one whole line of JSON, in one write: docs/feed.md',
  tooLong: 'keep lines below 64 KiB; write nothing but records into the feed',
  future: 'set the clocks of both machines by NTP',
  unknownEvent: 'write only the events of docs/feed.md',
  unknownOperator: 'add who is missing: opstat operator add ID; or let the panel write the ids of opstat operator list',
  unknownStatus: 'let the panel write the ids of opstat status list, or add the status: opstat status create NAME',
}

/** Lines of one file that were passed over. */
export interface Skipped {
  readonly skipped: SkippedCounts
  readonly firstSkipped: Partial<Record<SkipReason, { readonly line: number; readonly excerpt: string }>>
}

/** The sentences about a file that is not the feed itself. */
export function partNotes({ file, counts }: { readonly file: string; readonly counts: Skipped }): string[] {
  return skippedNotes(counts).map((note) => `in ${file} ${note}`)
}

/** A sentence for each reason why lines were passed over, with the first such line. */
export function skippedNotes(counts: Skipped): string[] {
  return skipReasons.flatMap((reason) => {
    const first = counts.firstSkipped[reason]
    const count = counts.skipped[reason]
    if (first === undefined || count === 0) return []
    const lines = count === 1 ? '1 line was' : `${count} lines were`
    const place = Number.isNaN(first.line) ? 'the first' : `first line ${first.line}`
    return [`${lines} ${skipReasonWords[reason]}, ${place}: ${first.excerpt}`]
  })
}
