import { createRecorded, type Recorded } from '../../domain/recorded.ts'
import type { HistoryFold } from './historyFile.ts'
import type { CatalogueMark } from './historyLine.ts'

/*
 * A fold as lines of the state's JSON object: where it stands, then each field of what is recorded in a line of its
 * own. Maps and sets are only parsed for who looks at them, for a command seldom needs all of them.
 */

const mapStart = '{"map":'
const setStart = '{"set":'

/** With the comma and newline behind it. */
export function formatFold(fold: HistoryFold | null): string {
  if (fold === null) return '"fold":null,\n'
  const { recorded, ...place } = fold
  const fields = Object.entries(recorded).map(([key, value]) => `"${key}":${formatField(value)}`)
  return `"fold":${JSON.stringify(place).slice(0, -1)},"recorded":{\n${fields.join(',\n')}}},\n`
}

/** Null where there is none, or where another version of the program recorded other things. */
export function readFold([place = '', ...lines]: readonly string[]): HistoryFold | null {
  const empty = Object.entries(createRecorded())
  if (lines.length !== empty.length) return null
  const recorded = {}
  for (const [index, [key, value]] of empty.entries()) {
    const start = `"${key}":${value instanceof Map ? mapStart : value instanceof Set ? setStart : ''}`
    const line = lines[index] ?? ''
    const text = line.slice(start.length, index < empty.length - 1 ? -1 : -3)
    if (!line.startsWith(start)) return null
    defineField(recorded, key, { text, like: value })
  }
  const [, offset, lastLine, mark, opening = 'null'] =
    /^"fold":\{"offset":(\d+),"lastLine":(\d+),"mark":(null|\{[^}]*\})(?:,"opening":(null|\{[^}]*\}))?,"recorded":\{$/.exec(
      place,
    ) ?? []
  if (offset === undefined || mark === undefined) return null
  return {
    recorded: recorded as Recorded,
    offset: Number(offset),
    lastLine: Number(lastLine),
    mark: JSON.parse(mark) as CatalogueMark | null,
    opening: JSON.parse(opening) as HistoryFold['opening'],
  }
}

function formatField(value: unknown): string {
  if (value instanceof Map) return `${mapStart}${JSON.stringify([...value])}}`
  return value instanceof Set ? `${setStart}${JSON.stringify([...value])}}` : JSON.stringify(value)
}

function defineField(recorded: object, key: string, { text, like }: { text: string; like: unknown }): void {
  const define = (value: unknown) =>
    Object.defineProperty(recorded, key, { value, writable: true, enumerable: true, configurable: true })
  if (!(like instanceof Map) && !(like instanceof Set)) {
    define(JSON.parse(text))
    return
  }
  const parse = () => {
    const elements = JSON.parse(text.slice(0, -1)) as never[]
    return like instanceof Map ? new Map(elements) : new Set(elements)
  }
  Object.defineProperty(recorded, key, {
    get: () => {
      const value = parse()
      define(value)
      return value
    },
    enumerable: true,
    configurable: true,
  })
}
