import type { Document, Node, YAMLMap } from 'yaml'
import type { Failure, Unparsable } from '../domain/failure.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import type { ParsedDocument } from './documentFile.ts'
import { placesIn } from './jsonText.ts'

/** Above this many expanded aliases a YAML file is taken for an attack on the memory. */
const mostAliases = 100

/** A colour behind a space: YAML takes it for a comment, and in braces for the end of the line. */
const unquotedColor = /:[ \t]+(#(?:[0-9A-Fa-f]{3}){1,2})(?![0-9A-Za-z])/

/** The documents of a YAML text; a text without any is one that says nothing. */
export async function yamlDocuments(text: string, source: string): Promise<Result<readonly ParsedDocument[], Failure>> {
  const documents = await parseYaml(text)
  const error = documents.flatMap(({ errors }) => errors)[0]
  if (error !== undefined) {
    const reason = (error.message.split('\n')[0] as string).replace(/:$/, '')
    return refuse({ code: 'unparsable', source, flaw: 'yaml', reason, swallowed: swallowedColor(text, error.pos[0]) })
  }
  try {
    const values = documents.map((document) => document.toJS({ maxAliasCount: mostAliases }) as unknown)
    const parts = values.map((value, part): ParsedDocument => ({ value, language: 'yaml', text, part }))
    const said = parts.filter(({ value }) => value !== null)
    return ok(said.length === 0 ? [{ value: null, language: 'yaml', text, part: 0 }] : said)
  } catch (reason) {
    return refuse({ code: 'unparsable', source, flaw: 'yaml', reason: (reason as Error).message, swallowed: null })
  }
}

/**
 * For a path's keys, the line of the deepest key or list item that is there, and the colour that a comment swallowed on
 * it. What belongs to a key may begin a line below.
 */
export async function yamlLines(
  text: string,
  part: number,
): Promise<(keys: readonly (string | number)[]) => { readonly line: number; readonly swallowed: string | null }> {
  const document = (await parseYaml(text))[part]
  const placeOf = placesIn(text)
  const lines = text.split('\n')
  return (keys) => {
    let depth = keys.length
    let node = nodeAt(document, keys)
    while (node === undefined && depth > 0) node = nodeAt(document, keys.slice(0, --depth))
    const { line } = placeOf(node?.range?.[0] ?? 0)
    const swallowed = depth === keys.length ? unquotedColor.exec(lines[line - 1] ?? '')?.[1] : undefined
    return { line, swallowed: swallowed ?? null }
  }
}

/** YAML 1.2, where `no`, `on` and 09:00 are texts; merge keys (`<<: *defaults`) are understood. */
async function parseYaml(text: string): Promise<readonly Document.Parsed[]> {
  const { parseAllDocuments } = await import('yaml')
  const parsed = parseAllDocuments(text, { prettyErrors: true, uniqueKeys: true, merge: true })
  return 'empty' in parsed ? [] : parsed
}

function nodeAt(document: Document.Parsed | undefined, keys: readonly (string | number)[]): Node | undefined {
  const last = keys.at(-1)
  return (
    (typeof last === 'string' ? keyIn(valueAt(document, keys.slice(0, -1)), last) : null) ?? valueAt(document, keys)
  )
}

function valueAt(document: Document.Parsed | undefined, keys: readonly (string | number)[]): Node | undefined {
  const node = keys.length === 0 ? document?.contents : document?.getIn(keys, true)
  return (node ?? undefined) as Node | undefined
}

function keyIn(node: Node | undefined, key: string): Node | null {
  const pairs = node !== undefined && 'items' in node ? (node as YAMLMap<Node>).items : []
  return pairs.find((pair) => 'key' in pair && String(pair.key) === key)?.key ?? null
}

/** The last line up to the error's on which a comment may have swallowed a colour; null where there is none. */
function swallowedColor(text: string, offset: number): Extract<Unparsable, { flaw: 'yaml' }>['swallowed'] {
  const lines = text.slice(0, text.indexOf('\n', offset) + 1 || undefined).split('\n')
  const index = lines.findLastIndex((line) => unquotedColor.test(line))
  const color = unquotedColor.exec(lines[index] ?? '')?.[1]
  return color === undefined ? null : { color, line: index + 1 }
}
