import type { ChildSpan, Span } from './jsonSpans.ts'
import { type Style, spaceAfter } from './jsonStyle.ts'

export interface Page {
  readonly text: string
  readonly style: Style
}

/** A child of the new array or object: `from` is its index among the old children, null for a new one. */
export interface Piece {
  readonly from: number | null
  readonly text: string
}

/** What stands around an array's or object's children. */
export interface Frame {
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

/** How the children of the array or object at `span` are set; `outer` is the indentation of its own line. */
export function frameOf({ text, style }: Page, span: Span, children: readonly ChildSpan[], outer: string): Frame {
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

/** The new array or object. Neighbours that stay neighbours keep what stands between them. */
export function assemble({ text, span, children, lead, separator, tail }: Frame, pieces: readonly Piece[]): string {
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
