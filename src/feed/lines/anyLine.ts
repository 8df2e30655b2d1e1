import { isUtf8 } from 'node:buffer'
import { parseRecordObject } from '../../domain/records/recordFields.ts'
import type { FeedRecord, SkipReason } from '../../domain/records/records.ts'
import { type Result, refuse } from '../../domain/result.ts'
import { longestLine } from '../feedFile.ts'

/** Reads a line with `JSON.parse`, however it is written: what the fast readers leave, and the last word on what a line says. */
export function parseAnyLine(
  line: Buffer,
  place: 'first' | 'later',
): Result<FeedRecord, { readonly reason: SkipReason }> {
  if (line.length > longestLine) return refuse({ reason: 'tooLong' })
  if (!isUtf8(line)) return refuse({ reason: 'malformed' })
  const text = line.toString()
  return parseRecordObject(parseJson(place === 'first' ? withoutMark(text) : text))
}

/** The value, or undefined where the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A byte order mark at the very beginning of a file is no part of its first line. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text
}
