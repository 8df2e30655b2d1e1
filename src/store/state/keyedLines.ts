/*
 * A map as lines in order of its keys, so that one entry is found in a file without reading the others. Each line is
 * a JSON array: the key, its place in the map's own order, and the value; a checked one also has a checksum of the text
 * before it, for who reads that line alone and sees no other check.
 */
export type LineKind = 'bare' | 'checked'

export function formatKeyed(map: ReadonlyMap<string, unknown>, kind: LineKind): string {
  const entries = [...map].map(([key, value], place) => ({ key, place, value }))
  entries.sort((one, other) => (one.key < other.key ? -1 : 1))
  let text = ''
  for (const { key, place, value } of entries) {
    const line = `[${JSON.stringify(key)},${place},${JSON.stringify(value)}`
    text += kind === 'bare' ? `${line}]\n` : `${line},"${checksum(line)}"]\n`
  }
  return text
}

/** The whole map, its entries in their own order. The text has been checked as a whole. */
export function parseKeyed(text: string): Map<string, unknown> {
  const lines = JSON.parse(`[${text.slice(0, -1).replaceAll('\n', ',')}]`) as [string, number, unknown, string?][]
  const ordered = new Array<[string, unknown]>(lines.length)
  for (const [key, place, value] of lines) ordered[place] = [key, value]
  return new Map(ordered)
}

/** A stretch of a file, and how its bytes are read: from `position` on, fewer where the file ends. */
export interface KeyedStretch {
  readonly from: number
  readonly to: number
  /** `bare`: what is read has been checked by who reads it. */
  readonly kind: LineKind
  read(position: number, length: number): Buffer
}

/** Halving stops here: what is left is read at once, and searched sooner than halved further. */
const fewBytes = 1 << 16
/** Reads this much of a place where it halves; most lines are far shorter. */
const windowBytes = 512

/**
 * The value of one key, by halving; null where no line has it, or where the one that has it is not as `formatKeyed`
 * wrote it. Lines that are only passed are not checked: a broken one at worst leads away from the key.
 */
export function findKeyed(stretch: KeyedStretch, wanted: string): { readonly value: unknown } | null {
  // Lines begin at `low` and at `high`, and the wanted one begins at or after `low` and before `high`.
  let low = stretch.from
  let high = stretch.to
  while (high - low > fewBytes) {
    const line = lineAround(stretch, low, high)
    const key = line === null ? null : keyOf(line.text, stretch.kind)
    if (line === null || key === null) return null
    if (key < wanted) low = line.end
    else if (key > wanted) high = line.start
    else return parseLine(line.text, stretch.kind)
  }
  return findAmong(stretch.read(low, high - low), wanted, stretch.kind)
}

/** The same in whole lines. */
function findAmong(lines: Buffer, wanted: string, kind: LineKind): { readonly value: unknown } | null {
  const start = `[${JSON.stringify(wanted)},`
  let place = lines.indexOf(start)
  while (place > 0 && lines[place - 1] !== newline) place = lines.indexOf(start, place + 1)
  const end = lines.indexOf(newline, place)
  return place === -1 || end === -1 ? null : parseLine(lines.toString('utf8', place, end), kind)
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

/** Null where the line does not begin with one. */
function keyOf(text: string, kind: LineKind): string | null {
  const end = text.indexOf('",')
  if (!text.startsWith('["') || end === -1) return null
  const key = text.slice(2, end)
  // A quote in it is escaped, and may be followed by a comma.
  return key.includes('\\') ? (parseLine(text, kind)?.key ?? null) : key
}

const ending = /,"([0-9a-z]+)"\]$/

function parseLine(text: string, kind: LineKind): { readonly key: string; readonly value: unknown } | null {
  if (kind === 'bare') return parsed(text)
  const match = ending.exec(text)
  const line = text.slice(0, match?.index)
  return match === null || checksum(line) !== match[1] ? null : parsed(`${line}]`)
}

function parsed(line: string): { readonly key: string; readonly value: unknown } {
  const [key, , value] = JSON.parse(line) as [string, number, unknown]
  return { key, value }
}

/** FNV-1a over the text's UTF-16 units. Finds accidents; node:crypto would take longer to load than all the rest. */
export function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(36)
}
