import { readFile } from 'node:fs/promises'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result, refuse } from '../domain/result.ts'

/** A document of JSON or YAML, as plain values. */
export interface ParsedDocument {
  readonly value: unknown
  readonly language: 'json' | 'yaml'
}

/** Above this many expanded aliases a YAML file is taken for an attack on the memory. */
const mostAliases = 100

/** Reads a JSON or YAML file. Refuses what can't be read (`file`) or doesn't parse (`unparsable`). */
export async function readDocumentFile(file: string): Promise<Result<ParsedDocument, Failure>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const errno = (error as NodeJS.ErrnoException).code ?? 'EIO'
    return refuse({ code: 'file', file, action: 'read', errno, hint: null })
  }
  return parseDocument(text, file)
}

/** Gathers a whole input and reads it as JSON or YAML. */
export async function readDocumentBytes(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
): Promise<Result<ParsedDocument, Failure>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return parseDocument(Buffer.concat(chunks).toString('utf8'), source)
}

/** JSON where the text begins like JSON, YAML otherwise. `source` is what a refusal calls the text. */
export async function parseDocument(text: string, source: string): Promise<Result<ParsedDocument, Failure>> {
  const withoutMark = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (/^\s*[{[]/.test(withoutMark)) {
    try {
      return ok({ value: JSON.parse(withoutMark), language: 'json' })
    } catch (error) {
      if (isJsonLines(withoutMark)) {
        return unparsable(
          source,
          'it holds one JSON object a line, as a feed does',
          'replay a feed with --heartbeats FILE',
        )
      }
      // Flow style YAML begins like JSON too; where it is neither, JSON's complaint is the better one.
      const yaml = await parseYaml(withoutMark, source)
      return yaml.ok ? yaml : unparsable(source, (error as Error).message, null)
    }
  }
  return parseYaml(withoutMark, source)
}

async function parseYaml(text: string, source: string): Promise<Result<ParsedDocument, Failure>> {
  const { parseDocument: parseYamlDocument } = await import('yaml')
  const document = parseYamlDocument(text, { prettyErrors: true, uniqueKeys: true })
  const [error] = document.errors
  if (error !== undefined) return unparsable(source, (error.message.split('\n')[0] as string).replace(/:$/, ''), null)
  try {
    return ok({ value: document.toJS({ maxAliasCount: mostAliases }), language: 'yaml' })
  } catch (reason) {
    return unparsable(source, (reason as Error).message, null)
  }
}

function unparsable(source: string, reason: string, hint: string | null): Result<ParsedDocument, Failure> {
  return refuse({ code: 'unparsable', source, reason, hint })
}

function isJsonLines(text: string): boolean {
  const lines = text.split('\n', 3).filter((line) => line.trim() !== '')
  return lines.length > 1 && lines.slice(0, 2).every((line) => isJson(line))
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
