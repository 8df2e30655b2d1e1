import type { FeedPosition, HistoryFact } from '../../domain/history/history.ts'
import type { Recorded } from '../../domain/history/recorded.ts'
import { sha256 } from '../sha256.ts'
import { type CatalogueMark, factFields, feedFields, readFactFields, readLineFields } from './historyLine.ts'

/**
 * The first line of a history that goes on from an archived one: where the archived one ended, and what it came to,
 * told as facts. It is no link of the chain: the first entry after it still follows the last archived one.
 */
export interface Opening {
  /** The last archived entry, and the hash of its line. */
  readonly seq: number
  readonly prev: string
  /** When it was archived, in epoch milliseconds, and by whom. */
  readonly at: number
  readonly by: string
  /** The archived part: a file's name in the same directory. */
  readonly archived: string
  /** What the archived part came to: folded in, they give what it gave. */
  readonly facts: readonly HistoryFact[]
  readonly mark: CatalogueMark | null
  readonly feed: FeedPosition | null
}

/** The line without its newline; it ends in the hash of all that stands before. */
export function formatOpening(opening: Opening): string {
  const { seq, at, by, prev, archived, facts, mark, feed } = opening
  const text = JSON.stringify({
    seq,
    at: new Date(at).toISOString(),
    type: 'segment',
    by,
    archived,
    snapshot: facts.map(factFields),
    prev,
    ...(feed && { feed: feedFields(feed) }),
    ...(mark && { catalogue: mark }),
  }).slice(0, -1)
  return `${text},"sha256":"${sha256(text)}"}`
}

const ending = /,"sha256":"([0-9a-f]{64})"\}$/

/** Null where the line is none, or where a byte of it was changed. */
export function parseOpening(text: string): Opening | null {
  const match = ending.exec(text)
  if (match === null || !isOpening(text)) return null
  const body = text.slice(0, match.index)
  if (sha256(body) !== match[1]) return null
  const raw = JSON.parse(`${body}}`) as Record<string, unknown>
  const fields = readLineFields(raw)
  const snapshot = Array.isArray(raw.snapshot) ? raw.snapshot.map(readFactFields) : [null]
  const facts = snapshot.filter((fact) => fact !== null)
  if (fields === null || facts.length < snapshot.length || typeof raw.archived !== 'string') return null
  const { seq, at, by, prev, feed, catalogue } = fields
  return { seq, prev, at, by, archived: raw.archived, facts, mark: catalogue, feed }
}

/** Does the line want to be one? */
export function isOpening(text: string): boolean {
  return /^\{"seq":\d{1,15},"at":"[^"]+","type":"segment",/.test(text)
}

/** Facts that, folded in one after the other, give what is recorded. Linear in the number of operators. */
export function factsOfRecorded(recorded: Recorded, at: number): HistoryFact[] {
  const stamp = { at, by: 'opstat' }
  const gone = [...recorded.statuses.values()].filter(({ id }) => !recorded.liveStatuses.has(id))
  const live = [...recorded.liveStatuses].flatMap((id) => recorded.statuses.get(id) ?? [])
  const { settings, calendars } = recorded
  return [
    ...gone.flatMap((status): HistoryFact[] => [
      { type: 'status-created', ...stamp, status, position: 1 },
      { type: 'status-deleted', ...stamp, status },
    ]),
    ...live.map((status, index): HistoryFact => ({ type: 'status-created', ...stamp, status, position: index + 1 })),
    ...(settings === null ? [] : [{ type: 'settings-changed' as const, ...stamp, before: settings, after: settings }]),
    ...(calendars.length === 0
      ? []
      : [{ type: 'calendars-changed' as const, ...stamp, calendars: calendars.map(({ id }) => id), after: calendars }]),
    ...[...recorded.roster.values()].map((operator): HistoryFact => ({ type: 'operator-added', ...stamp, operator })),
    ...[...recorded.stays].map(
      ([operator, stay]): HistoryFact => ({
        type: 'status-entered',
        at: stay.since,
        operator,
        from: null,
        to: stay.status,
        cause: stay.cause,
        due: stay.due,
        lastSeen: null,
        by: stamp.by,
      }),
    ),
  ]
}
