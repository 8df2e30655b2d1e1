import { isUtf8 } from 'node:buffer'
import { basename, dirname, join } from 'node:path'
import type { Catalogue } from '../../domain/catalogue.ts'
import { patchDocument } from '../../domain/document.ts'
import { isObject } from '../../domain/fields.ts'
import { catalogueVersion, parseCatalogue } from '../../domain/rules.ts'
import type { Disk } from '../disk/disk.ts'
import { attemptQuietly, StoreRefusal } from '../disk/refusal.ts'
import { retext } from './retext.ts'

/** A catalogue with the text it stands in. */
export interface CataloguePage {
  /** A byte order mark, or nothing. */
  readonly mark: string
  readonly text: string
  readonly document: unknown
  readonly catalogue: Catalogue
}

const byteOrderMark = '\ufeff'

/** Refuses what is not JSON, of a newer version or breaks a rule (contract §1): every problem at once. */
export async function readPage(disk: Disk, file: string, bytes: Buffer): Promise<CataloguePage> {
  const whole = bytes.toString('utf8')
  const mark = whole.startsWith(byteOrderMark) ? byteOrderMark : ''
  const text = whole.slice(mark.length)
  const document = await parseText(disk, file, { bytes, text })
  const version = isObject(document) ? document.version : undefined
  if (typeof version === 'number' && version > catalogueVersion) {
    throw new StoreRefusal({ code: 'newer-version', file, version })
  }
  return { mark, text, document, catalogue: requireValid(file, document) }
}

export interface CatalogueChange {
  readonly before: Catalogue
  readonly after: Catalogue
  /** What else the document shall say; null: nothing. */
  readonly rewrite: ((document: unknown) => unknown) | null
}

/**
 * The page's bytes with `after` in the place of `before`; null where the text stays as it is. Refuses what the next
 * command could not read.
 */
export function changedBytes(file: string, page: CataloguePage, change: CatalogueChange): Buffer | null {
  const patched = patchDocument(page.document, change.before, change.after)
  const document = change.rewrite === null ? patched : change.rewrite(patched)
  const text = retext(page.text, page.document, document)
  if (text === page.text) return null
  requireValid(file, keepsOperators(page, document, change) ? { ...(document as object), operators: [] } : document)
  return Buffer.from(page.mark + text)
}

/**
 * Operators that stay as they are, while every status and calendar they may name stays too, need no second look: with
 * many of them it would cost more than the rest of the change.
 */
function keepsOperators(page: CataloguePage, document: unknown, { before, after }: CatalogueChange): boolean {
  if (!isObject(document) || !isObject(page.document) || document.operators !== page.document.operators) return false
  const ids = new Set(after.statuses.map(({ id }) => id))
  return before.calendars === after.calendars && before.statuses.every(({ id }) => ids.has(id))
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
