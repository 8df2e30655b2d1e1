import { isObject } from '../../domain/catalogue/rules/fields.ts'

/** How people laid a JSON text out. */
export interface Style {
  /** One step of indentation; null: everything stands on one line. */
  readonly unit: string | null
  readonly newline: string
  readonly colon: string
}

/** A new file's text. */
export function freshText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** A new value in the file's style; `indent` is that of the line on which it begins. */
export function formatValue(value: unknown, style: Style, indent: string): string {
  if (style.unit === null) return formatOneLine(value, style)
  return JSON.stringify(value, null, style.unit).replaceAll('\n', style.newline + indent)
}

function formatOneLine(value: unknown, style: Style): string {
  const comma = `,${spaceAfter(style)}`
  if (Array.isArray(value)) return `[${value.map((element) => formatOneLine(element, style)).join(comma)}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(
    ([key, member]) => JSON.stringify(key) + style.colon + formatOneLine(member, style),
  )
  return `{${members.join(comma)}}`
}

/** The space behind a colon or a comma. */
export function spaceAfter(style: Style): string {
  return style.colon.endsWith(' ') ? ' ' : ''
}

/** How a text is laid out, read off the text's beginning: the first indented line, the first line break, the first colon. */
export function styleOf(text: string): Style {
  const start = text.slice(0, 4096)
  const indented = /\n([ \t]+)["[{]/.exec(start)
  const colon = /"\s*:( ?)/.exec(start)?.[1] === '' ? ':' : ': '
  const unit = indented?.[1] ?? (start.includes('\n') && /\n["[{]/.test(start) ? '' : null)
  return { unit, newline: start.includes('\r\n') ? '\r\n' : '\n', colon }
}
