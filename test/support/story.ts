import { expect } from 'vitest'
import type { Operator, Settings, Status } from '../../src/domain/catalogue/catalogue.ts'
import type { FeedRecord } from '../../src/domain/records/records.ts'
import { catalogueWith } from './catalogues.ts'
import type { OracleInput, OracleTransition, Turn } from './oracle.ts'
import { play, watchTurns } from './play.ts'

/** What a story needs besides its lines. Times as in the lines. */
export interface Circumstances {
  readonly settings?: Partial<Settings>
  readonly statuses?: readonly Status[]
  readonly operators?: readonly (Partial<Operator> & { readonly id: string })[]
  readonly initial?: Readonly<Record<string, string>>
  readonly start?: string
  readonly until?: string
  /** How many records come too late; 0 where it is left out. */
  readonly late?: number
  /** What a watcher that looks at every record makes of it, where that is not what the replay says. */
  readonly live?: string
}

/**
 * Plays a story and wants these transitions. A line of the story is a record (`09:00 ana open`, `09:00 ana status
 * online`, `09:10:00.001 tick`), an expected one a transition (`09:10 ana offline  auto-offline`; a `due` that is
 * not the switch's own time is told). It is played as one piece, cut at every place, and live, with and without a
 * restart between any two turns, and has to end alike (contract §4.7, §4.8).
 */
export function check(story: string, expected: string, circumstances: Circumstances = {}): void {
  const input = inputOf(story, circumstances)
  const whole = play(input, [])
  expect(told(whole.result.transitions)).toBe(tidy(expected))
  expect(whole.result.late, 'late records').toBe(circumstances.late ?? 0)
  for (const cuts of everyCut(input.records.length)) expect(play(input, cuts), `cut at ${cuts}`).toEqual(whole)
  const read = input.records.filter(({ at }) => input.until === null || at <= input.until)
  const watched = { ...input, records: read, start: whole.result.from as number }
  const turns = turnsOf(watched, (whole.result.to as number) + 1)
  const live = tidy(circumstances.live ?? expected)
  expect(told(watchTurns(watched, turns, 'kept').transitions), 'live').toBe(live)
  expect(told(watchTurns(watched, turns, 'restarted').transitions), 'live, with restarts').toBe(live)
  expect(told(watchTurns(watched, turns, 'recalled').transitions), 'live, recalled').toBe(live)
}

/** The story as the engine and the oracle take it. Everybody named in it is an operator who starts offline. */
export function inputOf(story: string, circumstances: Circumstances = {}): OracleInput {
  const records = lines(story).map(recordOf)
  const named = records.flatMap((record) => ('operator' in record ? [record.operator] : []))
  const { operators = [...new Set(named)].map((id) => ({ id })), settings = {}, statuses } = circumstances
  return {
    catalogue: catalogueWith({ operators, settings, ...(statuses === undefined ? {} : { statuses }) }),
    records,
    start: circumstances.start === undefined ? null : clock(circumstances.start),
    until: circumstances.until === undefined ? null : clock(circumstances.until),
    initial: circumstances.initial ?? {},
  }
}

/** `09:00`, `09:00:05` or `09:00:05.001` of the day on which all stories happen. */
export function clock(time: string): number {
  const at = Date.parse(`2026-11-22T${time.length === 5 ? `${time}:00` : time}Z`)
  if (Number.isNaN(at)) throw new Error(`no time: ${time}`)
  return at
}

/** The shortest form of a time that `clock` reads back. */
export function clockText(at: number): string {
  return new Date(at)
    .toISOString()
    .slice(11, 23)
    .replace(/\.000$/, '')
    .replace(/^(..:..):00$/, '$1')
}

function recordOf(line: string): FeedRecord {
  const [time, who, event, detail] = line.split(/\s+/) as [string, string, string | undefined, string | undefined]
  const at = clock(time)
  if (who === 'tick') return { at, event: 'tick' }
  if (who === 'inquiry') return { at, event: 'inquiry', inquiry: event ?? 'inquiry' }
  switch (event) {
    case 'open':
    case 'beat':
    case 'close':
      return { at, event, operator: who, session: detail ?? 'tab' }
    case 'status':
      return { at, event, operator: who, status: detail ?? '' }
    case 'dialogue-open':
    case 'dialogue-close':
      return { at, event, operator: who, dialogue: detail ?? 'dialogue' }
    default:
      throw new Error(`no such line: ${line}`)
  }
}

/** A turn with nothing to read, then one with the record, at every record's time; and one every minute to the end. */
function turnsOf({ records, start }: OracleInput & { start: number }, end: number): Turn[] {
  const turns: Turn[] = []
  let now = start
  const waitUntil = (instant: number) => {
    for (; now < instant; now = Math.min(now + 60_000, instant)) turns.push({ reads: 0, now })
    turns.push({ reads: 0, now })
  }
  for (const { at } of records) {
    waitUntil(at)
    turns.push({ reads: 1, now })
  }
  waitUntil(end)
  return turns
}

function everyCut(count: number): number[][] {
  const places = Array.from({ length: count }, (_, index) => index)
  return [...places.map((place) => [place]), places]
}

function told(transitions: readonly Omit<OracleTransition, 'from'>[]): string {
  return transitions
    .map(({ at, operator, to, cause, due }) => {
      const why = cause === 'panel' ? '' : `  ${cause}`
      const owed = due === null || due === at ? '' : `  due ${clockText(due)}`
      return `${clockText(at)} ${operator} ${to}${why}${owed}`
    })
    .join('\n')
}

function tidy(text: string): string {
  return lines(text).join('\n')
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
