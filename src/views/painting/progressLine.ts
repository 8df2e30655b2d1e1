import { printable } from './printable.ts'
import { columnsOf } from './width.ts'

/** How far a long work is. */
export interface Course {
  /** What is done: `reading`. */
  readonly doing: string
  /** What it is done to: a file's name. */
  readonly to: string
  /** From 0 to 1; null: nobody knows how much there is. */
  readonly share: number | null
  readonly records: number
  /** Since the work began. Above zero. */
  readonly elapsedMs: number
}

/** `reading heartbeats.jsonl: 42 %, 1.2 million records/s, 8 s left`, with less of it on a narrow terminal. */
export function progressLine(course: Course, columns: number): string {
  const { doing, to, share, records, elapsedMs } = course
  const name = printable(to.slice(to.lastIndexOf('/') + 1))
  const rate = `${countText((records * 1000) / elapsedMs)} records/s`
  const facts =
    share === null
      ? [`${countText(records)} records`, rate]
      : [`${Math.floor(share * 100)} %`, rate, ...(share > 0 ? [leftText((elapsedMs / share) * (1 - share))] : [])]
  const texts = [`${doing} ${name}: ${facts.join(', ')}`, facts.join(', '), facts[0] as string]
  return texts.find((text) => columnsOf(text) < columns) ?? ''
}

/** Three digits that count: `1.23 million`, `45,600`. */
function countText(count: number): string {
  if (count >= 1e6) return `${Number((count / 1e6).toPrecision(3))} million`
  return Number(count.toPrecision(3)).toLocaleString('en')
}

/** Rounded up: it never promises too much. */
function leftText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 100) return `${seconds} s left`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 100 ? `${minutes} min left` : `${Math.ceil(minutes / 60)} h left`
}
