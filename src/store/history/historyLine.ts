import type { Settings } from '../../domain/catalogue/catalogue.ts'
import { settingsToJson } from '../../domain/catalogue/document.ts'
import { isObject, type Raw } from '../../domain/catalogue/rules/fields.ts'
import type { FeedPosition, HistoryEntry, HistoryFact, Transition } from '../../domain/history/history.ts'
import { formatTime } from '../../domain/time.ts'
import { parseObject } from '../jsonObject.ts'
import { isCount, isText, isTextOrNull, readFact, readTime } from './historyFact.ts'

/** SHA-256 of the catalogue's bytes before and after a commit; `before` is null where there was no file. */
export interface CatalogueMark {
  readonly before: string | null
  readonly after: string
}

/** A line of the history: the entry and what the store itself notes with it. */
export interface HistoryLine {
  readonly entry: HistoryEntry
  /** On a commit's last line, where the commit changed the catalogue or took note of a change by hand. */
  readonly catalogue: CatalogueMark | null
  /** The commit goes on with the next line; without its last line it never happened. */
  readonly more: boolean
}

/**
 * The line without its newline. Times as RFC 3339 in UTC with milliseconds, settings in the catalogue's own form
 * (durations as `10m`).
 */
export function formatLine({ entry, catalogue, more }: HistoryLine): string {
  const { seq, at, type, by, recordedAt, prev, feed } = entry
  const fact = `"at":"${formatTime(at)}","type":"${type}","by":${JSON.stringify(by)},${fieldsText(entry)}`
  const place = `"recordedAt":"${formatTime(recordedAt)}","prev":${JSON.stringify(prev)}`
  const notes = [
    feed === undefined ? '' : `,"feed":${JSON.stringify(feedFields(feed))}`,
    catalogue === null ? '' : `,"catalogue":${JSON.stringify(catalogue)}`,
    more ? ',"more":true' : '',
  ]
  return `{"seq":${seq},${fact},${place}${notes.join('')}}`
}

/** What a fact says beside when and by whom, as members of a JSON object. Those of which there are many go quickly. */
function fieldsText(entry: HistoryEntry): string {
  if (entry.type === 'status-entered') {
    const { operator, from, to, cause, due, lastSeen } = entry
    const places = `"operator":${JSON.stringify(operator)},"from":${JSON.stringify(from)},"to":${JSON.stringify(to)}`
    return `${places},"cause":"${cause}","due":${timeText(due)},"lastSeen":${timeText(lastSeen)}`
  }
  if (entry.type === 'operator-added') return `"operator":${JSON.stringify(entry.operator)}`
  const { seq: _, at: __, type, by: ___, recordedAt: ____, prev: _____, feed: ______, ...fields } = entry
  return JSON.stringify(publicFields(type, fields)).slice(1, -1)
}

function timeText(at: number | null): string {
  return at === null ? 'null' : `"${formatTime(at)}"`
}

/** A line as written by `formatLine`, further keys ignored; null where it is not one. */
export function parseLine(text: string): HistoryLine | null {
  const raw = parseObject(text)
  if (raw === null) return null
  const fact = readFact(raw)
  // Most facts are recorded as they come about.
  const recordedAt = raw.recordedAt === raw.at ? (fact?.at ?? null) : readTime(raw.recordedAt)
  const { seq, prev } = raw
  if (fact === null || recordedAt === null || !isCount(seq) || !isText(prev)) return null
  const feed = readFeed(raw.feed)
  const catalogue = readMark(raw.catalogue)
  if (feed === undefined || catalogue === undefined) return null
  const entry = entryOf(fact, { seq, recordedAt, prev })
  return { entry: feed === null ? entry : { ...entry, feed }, catalogue, more: raw.more === true }
}

/** The fact at its place. Those of which there are many are copied field by field: to spread them takes five times as long. */
export function entryOf(fact: HistoryFact, place: Pick<HistoryEntry, 'seq' | 'recordedAt' | 'prev'>): HistoryEntry {
  const { seq, recordedAt, prev } = place
  if (fact.type === 'status-entered') {
    const { type, at, by, operator, from, to, cause, due, lastSeen } = fact
    return { type, at, by, operator, from, to, cause, due, lastSeen, seq, recordedAt, prev }
  }
  if (fact.type === 'operator-added') {
    const { type, at, by, operator } = fact
    return { type, at, by, operator, seq, recordedAt, prev }
  }
  return { ...fact, seq, recordedAt, prev }
}

/** A fact alone, as it stands in a snapshot. */
export function factFields({ at, type, by, ...fields }: HistoryFact): object {
  return { at: formatTime(at), type, by, ...publicFields(type, fields) }
}

export function readFactFields(value: unknown): HistoryFact | null {
  return isObject(value) ? readFact(value) : null
}

/** What a line holds beside its fact; null where a field is missing or of the wrong kind. */
export function readLineFields(raw: Raw): {
  readonly seq: number
  readonly at: number
  readonly by: string
  readonly prev: string
  readonly feed: FeedPosition | null
  readonly catalogue: CatalogueMark | null
} | null {
  const { seq, by, prev } = raw
  const at = readTime(raw.at)
  const feed = readFeed(raw.feed)
  const catalogue = readMark(raw.catalogue)
  if (at === null || !isText(by) || !isCount(seq) || !isText(prev)) return null
  return feed === undefined || catalogue === undefined ? null : { seq, at, by, prev, feed, catalogue }
}

function publicFields(type: HistoryFact['type'], fields: object): object {
  if (type === 'status-entered') {
    // In the contract's order, in whatever order the fact was made.
    const { operator, from, to, cause, due, lastSeen } = fields as Transition
    return { operator, from, to, cause, due: timeOrNull(due), lastSeen: timeOrNull(lastSeen) }
  }
  if (type === 'settings-changed') {
    const { before, after } = fields as { readonly before: Settings; readonly after: Settings }
    return { before: settingsToJson(before), after: settingsToJson(after) }
  }
  return fields
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : formatTime(at)
}

/** A position as it stands in a line. */
export function feedFields({ tickedFrom, ...place }: FeedPosition): object {
  return { ...place, ...(tickedFrom !== undefined && { tickedFrom: formatTime(tickedFrom) }) }
}

function readFeed(value: unknown): FeedPosition | null | undefined {
  if (value === undefined) return null
  if (!isObject(value) || !isText(value.file) || !isCount(value.offset)) return undefined
  const { file, offset, before } = value
  const tickedFrom = readTime(value.tickedFrom)
  return { file, offset, ...(isText(before) && { before }), ...(tickedFrom !== null && { tickedFrom }) }
}

function readMark(value: unknown): CatalogueMark | null | undefined {
  if (value === undefined) return null
  if (!isObject(value) || !isTextOrNull(value.before) || !isText(value.after)) return undefined
  return { before: value.before, after: value.after }
}
