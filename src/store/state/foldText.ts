import { createRecorded, type Recorded } from '../../domain/history/recorded.ts'
import type { HistoryFold } from '../history/historyFile.ts'
import { defineLazily } from '../lazily.ts'
import { formatKeyed, type LineKind, parseKeyed } from './keyedLines.ts'

/*
 * A fold as text: a section with a line for where it stands and one for each small field of what is recorded, then a
 * section of keyed lines for each map that has an entry for every operator. What a command does not look at is not
 * parsed.
 */

/** By section; empty sections of no fold are empty texts. */
export interface FoldSections<Text> {
  readonly small: Text
  readonly stays: Text
  readonly roster: Text
}

const keyed = ['stays', 'roster'] as const

const mapStart = '{"map":'
const setStart = '{"set":'

export function formatFold(fold: HistoryFold | null, kind: LineKind): FoldSections<string> {
  if (fold === null) return { small: 'null\n', stays: '', roster: '' }
  const { recorded, ...place } = fold
  const fields = smallFields(recorded).map(([key, value]) => `"${key}":${formatField(value)}\n`)
  const { stays, roster } = recorded
  return {
    small: `${JSON.stringify(place)}\n${fields.join('')}`,
    stays: formatKeyed(stays, kind),
    roster: formatKeyed(roster, kind),
  }
}

/** Null where there is none, or where another version of the program recorded other things. */
export function readFold({ small, stays, roster }: FoldSections<() => string>): HistoryFold | null {
  const fold = readSmall(small())
  if (fold === null) return null
  defineLazily(fold.recorded, 'stays', () => parseKeyed(stays()) as Recorded['stays'])
  defineLazily(fold.recorded, 'roster', () => parseKeyed(roster()) as Recorded['roster'])
  return fold
}

/** The fold without its operators: those maps are empty. */
export function readSmall(text: string): HistoryFold | null {
  const [place = '', ...lines] = text.split('\n').slice(0, -1)
  const recorded = createRecorded()
  const empty = smallFields(recorded)
  if (place === 'null' || lines.length !== empty.length) return null
  for (const [index, [key, value]] of empty.entries()) {
    const start = `"${key}":${value instanceof Map ? mapStart : value instanceof Set ? setStart : ''}`
    const line = lines[index] ?? ''
    if (!line.startsWith(start)) return null
    const field = line.slice(start.length)
    const elements = () => JSON.parse(field.slice(0, -1)) as never[]
    if (value instanceof Map) defineLazily(recorded, key as 'statuses', () => new Map(elements()))
    else if (value instanceof Set) defineLazily(recorded, key as 'liveStatuses', () => new Set(elements()))
    else Object.assign(recorded, { [key]: JSON.parse(field) })
  }
  return { altered: null, ...(JSON.parse(place) as Omit<HistoryFold, 'recorded' | 'altered'>), recorded }
}

function smallFields(recorded: Recorded): [string, unknown][] {
  return Object.entries(recorded).filter(([key]) => !keyed.some((name) => name === key))
}

function formatField(value: unknown): string {
  if (value instanceof Map) return `${mapStart}${JSON.stringify([...value])}}`
  return value instanceof Set ? `${setStart}${JSON.stringify([...value])}}` : JSON.stringify(value)
}
