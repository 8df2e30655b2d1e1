import { isObject } from '../domain/catalogue/rules/fields.ts'
import type { Paint } from './painting/paint.ts'
import { escapeInJson, escapeInYaml, hidesSomething, paintSafely, printable } from './painting/printable.ts'
import { inPieces, isRows, type Rows } from './rows.ts'
import type { Cell, OutputFormat, Shown } from './shown.ts'

/** Formats that another program reads. */
export type MachineFormat = Exclude<OutputFormat, 'table'>

/** The text for people, with a newline at its end; empty where there is none. */
export function showHuman(shown: Shown, paint: Paint, colorless: Paint): string {
  return ended(paintSafely(shown.human, paint, colorless))
}

/** The text for another program, with a newline at its end; empty where there is nothing to say. */
export async function showMachine(shown: Shown, format: MachineFormat): Promise<string> {
  if (shown.value === undefined) return ''
  if (format === 'json') return ended(jsonText(shown.value, 2))
  if (format === 'jsonl')
    return asList(shown.value)
      .map((item) => ended(jsonText(item, 0)))
      .join('')
  if (format === 'yaml') return yamlText(shown.value)
  if (format === 'csv') return csvText(shown.sheet ?? sheetOf(shown))
  return (shown.names ?? namesOf(shown.value)).map((name) => ended(printable(name))).join('')
}

/** `showMachine` in pieces: of an object with lists whose rows are made one by one, JSON is written one by one too. */
export async function* machinePieces(shown: Shown, format: MachineFormat): AsyncIterable<string> {
  if (format === 'json' && shown.json !== undefined) return yield* shown.json()
  const { value } = shown
  if (format === 'json' && isObject(value) && Object.values(value).some(isRows)) yield* jsonPieces(value)
  else yield await showMachine(shown, format)
}

function* jsonPieces(value: Readonly<Record<string, unknown>>): Iterable<string> {
  let before = '{\n'
  for (const [key, part] of Object.entries(value)) {
    if (isRows(part)) yield* listPieces(`${before}  ${JSON.stringify(key)}: [`, part)
    else yield escapeInJson(`${before}${JSON.stringify({ [key]: part }, null, 2).slice(2, -2)}`)
    before = ',\n'
  }
  yield '\n}\n'
}

function* listPieces(head: string, rows: Rows): Iterable<string> {
  yield head
  let before = '\n'
  for (const some of inPieces(rows)) {
    yield escapeInJson(
      `${before}${JSON.stringify({ _: some }, null, 2).slice('{\n  "_": [\n'.length, -'\n  ]\n}'.length)}`,
    )
    before = ',\n'
  }
  yield before === '\n' ? ']' : '\n  ]'
}

/** One line of JSON, as `watch` and errors print it; no newline at its end. */
export function jsonLine(value: unknown): string {
  return jsonText(value, 0)
}

function jsonText(value: unknown, indent: number): string {
  return escapeInJson(JSON.stringify(value, null, indent))
}

/** Comments of a YAML text; each begins with a blank and holds nothing hidden. */
export interface YamlComments {
  readonly before: string
  /** Above an entry of a list under one of the document's keys. */
  readonly ofEntry: (key: string, index: number) => string | null
}

/** The library is loaded here, by whoever asks for YAML. Hidden characters are escaped inside double quotes. */
export async function yamlText(value: unknown, comments?: YamlComments): Promise<string> {
  const { Document, isMap, isNode, isScalar, isSeq, Scalar, visit } = await import('yaml')
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'string' && hidesSomething(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
  if (comments !== undefined && isMap(document.contents)) {
    document.commentBefore = comments.before
    for (const { key, value: list } of document.contents.items) {
      if (!isScalar(key) || !isSeq(list)) continue
      list.items.forEach((entry, index) => {
        const comment = comments.ofEntry(String(key.value), index)
        if (comment !== null && isNode(entry)) entry.commentBefore = comment
      })
    }
  }
  return escapeInYaml(document.toString({ lineWidth: 0 }))
}

/** RFC 4180, with cells disarmed that a spreadsheet would take for a formula (reliability X4). */
export function csvText(sheet: {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}): string {
  return [sheet.columns, ...sheet.rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = (/^\s*[=+\-@\t\r]/.test(cell) ? "'" : '') + printable(cell)
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Keys in the order of their first appearance, one row for each object; what is not a plain value as JSON. */
function sheetOf({ value, fields = [] }: Shown): { columns: readonly string[]; rows: readonly (readonly Cell[])[] } {
  const items = asList(value).map((item) => (isObject(item) ? item : { value: item }))
  const seen = [...new Set(items.flatMap((item) => Object.keys(item)))]
  const columns = items.length === 0 ? fields : seen
  return {
    columns,
    rows: items.map((item) => columns.map((column) => cellOf(Object.hasOwn(item, column) ? item[column] : null))),
  }
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value)
}

/** What an object goes by, where the command does not say. */
function namesOf(value: unknown): string[] {
  return asList(value).flatMap((item) => {
    if (typeof item === 'string') return [item]
    const name = isObject(item) ? (item.id ?? item.operator ?? item.key) : undefined
    return typeof name === 'string' ? [name] : []
  })
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function ended(text: string): string {
  return text === '' ? '' : `${text}\n`
}
