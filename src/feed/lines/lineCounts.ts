import { noneSkipped, type SkippedCounts, type SkipReason } from '../../domain/records/records.ts'

/** The first line that was passed over for a reason. */
export interface SkippedLine {
  /** Counted from 1 within the file; NaN where nobody counted the lines before it. */
  readonly line: number
  /** Its beginning, as it stands in the feed: not yet fit for a terminal. */
  readonly excerpt: string
}

export interface LineCounts {
  /** Complete lines read: always `accepted` plus the sum of `skipped`. */
  lines: number
  accepted: number
  readonly skipped: SkippedCounts
  readonly firstSkipped: Partial<Record<SkipReason, SkippedLine>>
}

const excerptBytes = 80

export function noLines(): LineCounts {
  return { lines: 0, accepted: 0, skipped: noneSkipped(), firstSkipped: {} }
}

export function countAccepted(counts: LineCounts, lines: number): void {
  counts.lines += lines
  counts.accepted += lines
}

/** `line`: its number. */
export function countSkipped(
  counts: LineCounts,
  reason: SkipReason,
  { line, bytes }: { readonly line: number; readonly bytes: Buffer },
): void {
  counts.lines += 1
  counts.skipped[reason] += 1
  counts.firstSkipped[reason] ??= { line, excerpt: excerptOf(bytes) }
}

/** The line's beginning, cut between two characters, and saying so where it is cut. */
function excerptOf(line: Buffer): string {
  if (line.length <= excerptBytes) return line.toString('utf8')
  let end = excerptBytes
  // A character is four bytes at most; what goes on for longer is none.
  while (end > excerptBytes - 3 && ((line[end] as number) & 0xc0) === 0x80) end--
  return `${line.toString('utf8', 0, end)}…`
}
