import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { errnoName } from '../domain/errno.ts'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import { isJsonLines, jsonFlaw } from './jsonText.ts'
import { yamlDocuments } from './yamlText.ts'

/** A document of JSON or YAML, as plain values. */
export interface ParsedDocument {
  readonly value: unknown
  readonly language: 'json' | 'yaml'
  /** What it was read from, without a byte order mark; of a YAML text the documents before it count too. */
  readonly text: string
  /** Which of the text's documents it is, from 0. */
  readonly part: number
}

/** Reads a JSON or YAML file. Refuses what can't be read (`file`) or doesn't parse (`unparsable`). */
export async function readDocumentFile(file: string): Promise<Result<ParsedDocument, Failure>> {
  const bytes = await readBytes(file)
  return bytes.ok ? single(await parseBytes(bytes.value, file), file) : bytes
}

/** Gathers a whole input and reads it as JSON or YAML. */
export async function readDocumentBytes(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
): Promise<Result<ParsedDocument, Failure>> {
  return single(await parseBytes(await gather(bytes), source), source)
}

/** The same for a file of several YAML documents, one after the other between `---`. */
export async function readDocumentsFile(
  file: string,
  source = file,
): Promise<Result<readonly ParsedDocument[], Failure>> {
  const bytes = await readBytes(file)
  return bytes.ok ? parseBytes(bytes.value, source) : bytes
}

export async function readDocumentsBytes(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
): Promise<Result<readonly ParsedDocument[], Failure>> {
  return parseBytes(await gather(bytes), source)
}

/** JSON where the text begins like JSON, YAML otherwise. `source` is what a refusal calls the text. */
async function parseDocuments(text: string, source: string): Promise<Result<readonly ParsedDocument[], Failure>> {
  if (!/^\s*[{[]/.test(text)) return yamlDocuments(text, source)
  try {
    return ok([{ value: JSON.parse(text), language: 'json', text, part: 0 }])
  } catch {
    if (isJsonLines(text)) return refuse({ code: 'unparsable', source, flaw: 'json-lines' })
    // Flow style YAML begins like JSON too, but with plain keys: YAML would take JSON's comments for text.
    if (/^\s*[{[][\s{[]*[^\s{["/]/.test(text)) return yamlDocuments(text, source)
    return refuse({ code: 'unparsable', source, ...(await jsonFlaw(text)) })
  }
}

function single(parsed: Result<readonly ParsedDocument[], Failure>, source: string): Result<ParsedDocument, Failure> {
  if (!parsed.ok) return parsed
  const [document, second] = parsed.value
  if (document !== undefined && second === undefined) return ok(document)
  return refuse({ code: 'unparsable', source, flaw: 'several-documents' })
}

/** UTF-8, or what some shells write instead: UTF-16 with a byte order mark. */
async function parseBytes(bytes: Buffer, source: string): Promise<Result<readonly ParsedDocument[], Failure>> {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return parseDocuments(bytes.toString('utf16le', 2), source)
  if (!isUtf8(bytes)) {
    const line = bytes.toString('utf8').split('\ufffd', 1)[0]?.split('\n').length ?? 1
    return refuse({ code: 'unparsable', source, flaw: 'not-utf-8', line })
  }
  const text = bytes.toString('utf8')
  return parseDocuments(text.startsWith('\uFEFF') ? text.slice(1) : text, source)
}

async function readBytes(file: string): Promise<Result<Buffer, Failure>> {
  try {
    return ok(await readFile(file))
  } catch (error) {
    const errno = errnoName(error) ?? 'EIO'
    return refuse({ code: 'file', file, action: 'read', errno, hint: null })
  }
}

async function gather(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}
