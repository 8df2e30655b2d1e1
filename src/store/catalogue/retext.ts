import { isObject } from '../../domain/fields.ts'
import { type ChildSpan, childSpans, rootSpan, type Span } from './jsonSpans.ts'
import { formatValue, type Style, spaceAfter, styleOf } from './jsonStyle.ts'

/**
 * The JSON text with what differs between two documents and nothing else: people's line breaks, the order of keys,
 * numbers that JavaScript can't hold and everything untouched stay as they are; new parts are written like their
 * neighbours. `before` is what `JSON.parse` made of the text. The text itself where both documents are the same.
 */
export function retext(text: string, before: unknown, after: unknown): string {
  const root = rootSpan(text)
  const page: Page = { text, style: styleOf(text) }
  return text.slice(0, root.start) + valueText(page, root, { before, after, indent: '' }) + text.slice(root.end)
}

interface Page {
  readonly text: string
  readonly style: Style
}

interface Difference {
  readonly before: unknown
  readonly after: unknown
  /** The indentation of the line on which the value begins. */
  readonly indent: string
}

/** A child of the new array or object: `from` is its index among the old children, null for a new one. */
interface Piece {
  readonly from: number | null
  readonly text: string
}

function valueText(page: Page, span: Span, { before, after, indent }: Difference): string {
  const { text, style } = page
  if (isSame(before, after)) return text.slice(span.start, span.end)
  if (Array.isArray(before) && Array.isArray(after)) return arrayText(page, span, { before, after, indent })
  if (isObject(before) && isObject(after)) return objectText(page, span, { before, after, indent })
  return formatValue(after, style, indent)
}

function objectText(page: Page, span: Span, change: Difference): string {
  const { text, style } = page
  const before = change.before as Readonly<Record<string, unknown>>
  const after = change.after as Readonly<Record<string, unknown>>
  const children = childSpans(text, span.start)
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
  const children = childSpans(text, span.start)
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

/** What stands around an array's or object's children. */
interface Frame {
  readonly text: string
  readonly span: Span
  readonly children: readonly ChildSpan[]
  /** The indentation of the children's lines. */
  readonly indent: string
  /** The children stand on the line of the bracket. */
  readonly inline: boolean
  readonly lead: string
  readonly separator: string
  readonly tail: string
}

function frameOf({ text, style }: Page, span: Span, children: readonly ChildSpan[], outer: string): Frame {
  const [first, second] = children
  const last = children.at(-1)
  const frame = { text, span, children }
  if (first === undefined || last === undefined) {
    const inline = style.unit === null
    const indent = outer + (style.unit ?? '')
    const lead = inline ? '' : style.newline + indent
    const tail = inline ? '' : style.newline + outer
    return { ...frame, indent, inline, lead, separator: `,${lead === '' ? spaceAfter(style) : lead}`, tail }
  }
  const lead = text.slice(span.start + 1, first.outerStart)
  const inline = !lead.includes('\n')
  const indent = inline ? outer : lead.slice(lead.lastIndexOf('\n') + 1)
  const separator = second ? text.slice(first.end, second.outerStart) : `,${inline ? spaceAfter(style) : lead}`
  return { ...frame, indent, inline, lead, separator, tail: text.slice(last.end, span.end - 1) }
}

/** Neighbours that stay neighbours keep what stands between them. */
function assemble({ text, span, children, lead, separator, tail }: Frame, pieces: readonly Piece[]): string {
  const open = text[span.start] ?? ''
  const close = text[span.end - 1] ?? ''
  if (pieces.length === 0) return open + close
  const parts = [open, lead]
  pieces.forEach((piece, index) => {
    const previous = pieces[index - 1]
    if (previous !== undefined) parts.push(between(text, children, previous.from, piece.from) ?? separator)
    parts.push(piece.text)
  })
  parts.push(tail, close)
  return parts.join('')
}

function between(
  text: string,
  children: readonly ChildSpan[],
  one: number | null,
  other: number | null,
): string | null {
  if (one === null || other !== one + 1) return null
  const left = children[one]
  const right = children[other]
  return left === undefined || right === undefined ? null : text.slice(left.end, right.outerStart)
}

function isOneLineContainer(text: string, { start, end }: Span): boolean {
  return (text[start] === '{' || text[start] === '[') && !text.slice(start, end).includes('\n')
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((element, index) => isSame(element, other[index]))
  }
  if (!isObject(one) || !isObject(other) || Array.isArray(one) || Array.isArray(other)) return false
  const keys = Object.keys(one)
  if (keys.length !== Object.keys(other).length) return false
  return keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
}
