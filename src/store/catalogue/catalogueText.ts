import { isUtf8 } from 'node:buffer'
import { basename, dirname, join } from 'node:path'
import { type Catalogue, catalogueVersion } from '../../domain/catalogue/catalogue.ts'
import { isObject } from '../../domain/catalogue/rules/fields.ts'
import { parseCatalogue } from '../../domain/catalogue/rules/rules.ts'
import type { Disk } from '../disk/disk.ts'
import { attemptQuietly, StoreRefusal } from '../disk/refusal.ts'

/** A catalogue with the text it stands in. */
export interface CataloguePage {
  /** A byte order mark, or nothing. */
  readonly mark: string
  readonly text: string
  readonly document: unknown
  readonly catalogue: Catalogue
}

const byteOrderMark = '\ufeff'

/**
 * Refuses what is not JSON, of a newer version or breaks a rule (contract §1): every problem at once. `valid`: what was
 * read in the same bytes before.
 */
export async function readPage(
  disk: Disk,
  file: string,
  { bytes, valid }: { readonly bytes: Buffer; readonly valid?: Catalogue | undefined },
): Promise<CataloguePage> {
  const whole = bytes.toString('utf8')
  const mark = whole.startsWith(byteOrderMark) ? byteOrderMark : ''
  const text = whole.slice(mark.length)
  const document = await parseText(disk, file, { bytes, text })
  const version = isObject(document) ? document.version : undefined
  if (typeof version === 'number' && version > catalogueVersion) {
    throw new StoreRefusal({ code: 'newer-version', file, version })
  }
  return { mark, text, document, catalogue: valid ?? requireValid(file, document) }
}

export function requireValid(source: string, document: unknown): Catalogue {
  const parsed = parseCatalogue(document)
  if (!parsed.ok) throw new StoreRefusal({ code: 'invalid', source, problems: parsed.failure })
  return parsed.value
}

/** The newest backup's full name, or null; its time stands in its name. */
export function newestBackup(disk: Disk, file: string): string | null {
  let newest: string | null = null
  attemptQuietly(() => {
    const backups = disk.list(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.bak-`))
    newest = backups.sort().at(-1) ?? null
  })
  return newest === null ? null : join(dirname(file), newest)
}

async function parseText(disk: Disk, file: string, { bytes, text }: { bytes: Buffer; text: string }): Promise<unknown> {
  // Bytes that are no characters would come back as others when the file is written.
  const offset = isUtf8(bytes) ? null : text.indexOf('\ufffd')
  try {
    if (offset === null) return JSON.parse(text) as unknown
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  const place = placeOf(text, offset ?? (await firstFlaw(text)))
  throw new StoreRefusal({ code: 'not-json', file, ...place, backup: newestBackup(disk, file) })
}

/** JSON.parse says where only in words that change from Node to Node; the library is loaded for a broken file alone. */
async function firstFlaw(text: string): Promise<number> {
  const { parse } = await import('jsonc-parser')
  const errors: { offset: number }[] = []
  parse(text, errors as Parameters<typeof parse>[1], { disallowComments: true, allowTrailingComma: false })
  return errors[0]?.offset ?? 0
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
