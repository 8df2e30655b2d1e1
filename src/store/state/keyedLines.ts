/*
 * A map as lines in order of its keys, so that one entry is found in a file without reading the others. Each line is
 * a JSON array: the key, its place in the map's own order, the value, and a checksum of the text before it, since a
 * reader of one line sees no other check.
 */

export function formatKeyed(map: ReadonlyMap<string, unknown>): string {
  const entries = [...map].map(([key, value], place) => ({ key, place, value }))
  entries.sort((one, other) => (one.key < other.key ? -1 : 1))
  let text = ''
  for (const { key, place, value } of entries) {
    const line = `[${JSON.stringify(key)},${place},${JSON.stringify(value)}`
    text += `${line},"${checksum(line)}"]\n`
  }
  return text
}

/** The whole map, its entries in their own order. The text has been checked as a whole. */
export function parseKeyed(text: string): Map<string, unknown> {
  const lines = JSON.parse(`[${text.slice(0, -1).replaceAll('\n', ',')}]`) as [string, number, unknown, string][]
  const ordered = new Array<[string, unknown]>(lines.length)
  for (const [key, place, value] of lines) ordered[place] = [key, value]
  return new Map(ordered)
}

/** A stretch of a file, and how its bytes are read: from `position` on, fewer where the file ends. */
export interface KeyedStretch {
  readonly from: number
  readonly to: number
  read(position: number, length: number): Buffer
}

/** Reads this much at once; most lines are far shorter. */
const windowBytes = 4096

/**
 * The value of one key, by halving: `absent` where no line has it, `broken` where the lines are not what `formatKeyed`
 * wrote.
 */
export function findKeyed(stretch: KeyedStretch, wanted: string): { readonly value: unknown } | 'absent' | 'broken' {
  // Lines begin at `low` and at `high`, and the wanted one begins at or after `low` and before `high`.
  let low = stretch.from
  let high = stretch.to
  while (low < high) {
    const line = lineAround(stretch, low, high)
    if (line === null) return 'broken'
    const entry = parseLine(line.text)
    if (entry === null) return 'broken'
    if (entry.key === wanted) return { value: entry.value }
    if (entry.key < wanted) low = line.end
    else high = line.start
  }
  return low === high ? 'absent' : 'broken'
}

interface Line {
  readonly start: number
  /** After its newline. */
  readonly end: number
  readonly text: string
}

const newline = 0x0a

/** The line that the middle of the stretch lies in; null where there is no newline as far as a line may reach. */
function lineAround(stretch: KeyedStretch, low: number, high: number): Line | null {
  const middle = Math.floor((low + high) / 2)
  for (let window = windowBytes; ; window *= 8) {
    const from = Math.max(low, middle - window)
    const bytes = stretch.read(from, Math.min(high, middle + window) - from)
    const before = middle === low ? -1 : bytes.lastIndexOf(newline, middle - from - 1)
    const after = bytes.indexOf(newline, middle - from)
    const isWhole = (before !== -1 || from === low) && after !== -1
    if (isWhole) {
      const text = bytes.toString('utf8', before + 1, after)
      return { start: from + before + 1, end: from + after + 1, text }
    }
    if (from === low && from + bytes.length >= high) return null
  }
}

const ending = /,"([0-9a-z]+)"\]$/

function parseLine(text: string): { readonly key: string; readonly value: unknown } | null {
  const match = ending.exec(text)
  if (match === null) return null
  const line = text.slice(0, match.index)
  if (checksum(line) !== match[1]) return null
  const [key, , value] = JSON.parse(`${line}]`) as [string, number, unknown]
  return { key, value }
}

/** FNV-1a over the text's UTF-16 units. Finds accidents; node:crypto would take longer to load than all the rest. */
export function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(36)
}
