import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { patchDocument } from '../../domain/catalogue/document.ts'
import { isObject } from '../../domain/catalogue/rules/fields.ts'
import { type CataloguePage, requireValid } from './catalogueText.ts'
import { retext } from './retext.ts'

export interface CatalogueChange {
  readonly before: Catalogue
  readonly after: Catalogue
  /** What else the document shall say; null: nothing. */
  readonly rewrite: ((document: unknown) => unknown) | null
}

/**
 * The page with `after` in the place of `before`: its bytes and what the next command will read in them. Null where
 * the text stays as it is. Refuses what the next command could not read.
 */
export function changedPage(
  file: string,
  page: CataloguePage,
  change: CatalogueChange,
): { bytes: Buffer; catalogue: Catalogue } | null {
  const patched = patchDocument(page.document, change.before, change.after)
  const document = change.rewrite === null ? patched : change.rewrite(patched)
  const text = retext(page.text, page.document, document)
  if (text === page.text) return null
  const bytes = Buffer.from(page.mark + text)
  if (!keepsOperators(page, document, change)) return { bytes, catalogue: requireValid(file, document) }
  const catalogue = requireValid(file, { ...(document as object), operators: [] })
  return { bytes, catalogue: { ...catalogue, operators: change.before.operators } }
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
