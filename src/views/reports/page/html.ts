import { printable } from '../../painting/printable.ts'

/** Text that is markup already: made by the functions of this folder alone. */
export interface Html {
  readonly html: string
}

/** A template whose values are escaped, unless they are markup already. What is hidden in a text is shown. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  let text = parts[0] ?? ''
  for (const [index, value] of values.entries()) text += htmlOf(value) + (parts[index + 1] ?? '')
  return { html: text }
}

function htmlOf(value: string | number | Html | readonly Html[]): string {
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  return isList(value) ? value.map((one) => one.html).join('') : value.html
}

function isList(value: Html | readonly Html[]): value is readonly Html[] {
  return Array.isArray(value)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
