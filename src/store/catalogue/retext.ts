import { isObject, type Raw } from '../../domain/catalogue/rules/fields.ts'
import { isSameJson } from '../../domain/sameJson.ts'
import { assemble, frameOf, type Page, type Piece } from './frame.ts'
import { childSpans, rootSpan, type Span } from './jsonSpans.ts'
import { formatValue, styleOf } from './jsonStyle.ts'

/**
 * The JSON text with what differs between two documents and nothing else: people's line breaks, the order of keys,
 * numbers that JavaScript can't hold and everything untouched stay as they are; new parts are written like their
 * neighbours. `before` is what `JSON.parse` made of the text. The text itself where both documents are the same.
 */
export function retext(text: string, before: unknown, after: unknown): string {
  if (isSameJson(before, after)) return text
  const page: Page = { text, style: styleOf(text) }
  const early = isObject(before) && isObject(after) ? earlyText(page, before, after) : null
  if (early !== null) return early
  const root = rootSpan(text)
  return text.slice(0, root.start) + valueText(page, root, { before, after, indent: '' }) + text.slice(root.end)
}

/**
 * The new text where only values of keys that stay are changed: what lies behind the last of them, megabytes of
 * operators as a rule, is not looked at. Null where that is not so, or where a changed key might be written twice.
 */
function earlyText(page: Page, before: Raw, after: Raw): string | null {
  const { text } = page
  const keys = Object.keys(before)
  if (keys.length !== Object.keys(after).length || !keys.every((key) => Object.hasOwn(after, key))) return null
  const changed = new Set(keys.filter((key) => !isSameJson(before[key], after[key])))
  const names = new Set(changed)
  const parts: string[] = []
  let done = 0
  for (const child of childSpans(text, rootSpan(text).start)) {
    if (child.key === null || !names.has(child.key)) continue
    if (!changed.delete(child.key)) return null
    const lineStart = text.lastIndexOf('\n', child.outerStart) + 1
    const indent = /^[ \t]*/.exec(text.slice(lineStart, child.outerStart))?.[0] ?? ''
    parts.push(text.slice(done, child.start), valueText(page, child, changeOf(before, after, child.key, indent)))
    done = child.end
    if (changed.size === 0) break
  }
  // An escape might spell a key in another way.
  const again = text.includes('\\', done) || [...names].some((name) => text.includes(JSON.stringify(name), done))
  return again ? null : parts.join('') + text.slice(done)
}

function changeOf(before: Raw, after: Raw, key: string, indent: string): Difference {
  return { before: before[key], after: after[key], indent }
}

interface Difference {
  readonly before: unknown
  readonly after: unknown
  /** The indentation of the line on which the value begins. */
  readonly indent: string
}

function valueText(page: Page, span: Span, { before, after, indent }: Difference): string {
  const { text, style } = page
  if (isSameJson(before, after)) return text.slice(span.start, span.end)
  if (Array.isArray(before) && Array.isArray(after)) return arrayText(page, span, { before, after, indent })
  if (isObject(before) && isObject(after)) return objectText(page, span, { before, after, indent })
  return formatValue(after, style, indent)
}

function objectText(page: Page, span: Span, change: Difference): string {
  const { text, style } = page
  const before = change.before as Raw
  const after = change.after as Raw
  const children = [...childSpans(text, span.start)]
  const frame = frameOf(page, span, children, change.indent)
  // Of a key written twice the last one counts, as in JSON.parse.
  const places = new Map(children.map((child, index) => [child.key, index]))
  const pieces = children.flatMap((child, from): Piece[] => {
    const key = child.key ?? ''
    if (!Object.hasOwn(after, key)) return []
    if (places.get(key) !== from) return [{ from, text: text.slice(child.outerStart, child.end) }]
    const value = valueText(page, child, { before: before[key], after: after[key], indent: frame.indent })
    return [{ from, text: text.slice(child.outerStart, child.start) + value }]
  })
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key))
  const inline = { ...style, unit: frame.inline ? null : style.unit }
  const fresh = added.map((key): Piece => {
    const value = formatValue(after[key], inline, frame.indent)
    return { from: null, text: `${JSON.stringify(key)}${style.colon}${value}` }
  })
  return assemble(frame, [...pieces, ...fresh])
}

function arrayText(page: Page, span: Span, change: Difference): string {
  const { text, style } = page
  const before = change.before as readonly unknown[]
  const after = change.after as readonly unknown[]
  const children = [...childSpans(text, span.start)]
  const frame = frameOf(page, span, children, change.indent)
  const origins = originsOf(before, after)
  const neighbour = children[0] ?? null
  const oneLine = frame.inline || (neighbour !== null && isOneLineContainer(text, neighbour))
  const pieces = after.map((value, index): Piece => {
    const from = origins[index] ?? null
    const child = from === null ? undefined : children[from]
    if (from === null || child === undefined) {
      return { from: null, text: formatValue(value, { ...style, unit: oneLine ? null : style.unit }, frame.indent) }
    }
    return { from, text: valueText(page, child, { before: before[from], after: value, indent: frame.indent }) }
  })
  return assemble(frame, pieces)
}

/** For each new element the index of the old one that it continues: the same id, else equal, else in the same place. */
function originsOf(before: readonly unknown[], after: readonly unknown[]): (number | null)[] {
  const places = new Map<string, number[]>()
  const put = (element: unknown, index: number) => {
    const key = identityOf(element)
    const known = places.get(key)
    if (known === undefined) places.set(key, [index])
    else known.push(index)
  }
  // Most elements stand where they stood and are the same object; only the others are looked up.
  const staying = after.map((element, index) => index < before.length && before[index] === element)
  before.forEach((element, index) => {
    if (!staying[index]) put(element, index)
  })
  const sameLength = before.length === after.length
  const found = after.map((element, index) =>
    staying[index] ? index : (places.get(identityOf(element))?.shift() ?? null),
  )
  const taken = new Set(found)
  return found.map((from, index) => (from === null && sameLength && !taken.has(index) ? index : from))
}

function identityOf(element: unknown): string {
  return isObject(element) && typeof element.id === 'string' ? `id ${element.id}` : `is ${JSON.stringify(element)}`
}

function isOneLineContainer(text: string, { start, end }: Span): boolean {
  return (text[start] === '{' || text[start] === '[') && !text.slice(start, end).includes('\n')
}
