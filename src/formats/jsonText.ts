import type { Node, ParseErrorCode } from 'jsonc-parser'
import type { Unparsable } from '../domain/failure.ts'

/** What is wrong with a text that JSON.parse refuses, with its place. JSON.parse's own words change from Node to Node. */
export async function jsonFlaw(text: string): Promise<Extract<Unparsable, { flaw: 'json' | 'no-json' }>> {
  const { parse, printParseErrorCode } = await import('jsonc-parser')
  const errors: { error: ParseErrorCode; offset: number }[] = []
  parse(text, errors as Parameters<typeof parse>[1], { disallowComments: true, allowTrailingComma: false })
  const [first] = errors
  if (first === undefined) return { flaw: 'no-json' }
  return { flaw: 'json', ...placesIn(text)(first.offset), expected: printParseErrorCode(first.error) }
}

/** Does every line hold a JSON value of its own? */
export function isJsonLines(text: string): boolean {
  const lines = text.split('\n', 3).filter((line) => line.trim() !== '')
  return lines.length > 1 && lines.slice(0, 2).every((line) => isJson(line))
}

/** For a path's keys, the line of the deepest value that is there; `text` is valid JSON. */
export async function jsonLines(text: string): Promise<(keys: readonly (string | number)[]) => number> {
  const { parseTree } = await import('jsonc-parser')
  const root = parseTree(text)
  const placeOf = placesIn(text)
  return (keys) => {
    let node = root
    for (const key of keys) {
      const child = node === undefined ? undefined : childOf(node, key)
      if (child === undefined) break
      node = child
    }
    return placeOf(node?.offset ?? 0).line
  }
}

/** Of a key written twice the last one counts, as in JSON.parse. */
function childOf(node: Node, key: string | number): Node | undefined {
  if (typeof key === 'number') return node.type === 'array' ? node.children?.[key] : undefined
  return node.children?.findLast((property) => property.children?.[0]?.value === key)?.children?.[1]
}

export interface TextPlace {
  /** From 1, both. */
  readonly line: number
  readonly column: number
}

/** Line and column of an offset, for many offsets of one text. */
export function placesIn(text: string): (offset: number) => TextPlace {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 }
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
