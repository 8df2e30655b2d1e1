import { escapeInJson, isPlainLine } from './printable.ts'

/** Texts as they stand in JSON, hidden characters escaped. Looks at all of them together, since hardly ever one needs more than quotes. */
export function jsonStrings(texts: readonly string[]): readonly string[] {
  const all = texts.join('')
  const isPlain = !all.includes('"') && !all.includes('\\') && isPlainLine(all)
  return texts.map((text) => (isPlain ? `"${text}"` : escapeInJson(JSON.stringify(text))))
}
