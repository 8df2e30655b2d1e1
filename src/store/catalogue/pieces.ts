import { isUtf8 } from 'node:buffer'
import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { parseCatalogue } from '../../domain/catalogue/rules/rules.ts'
import { parseObject } from '../jsonObject.ts'

/** What stands around operators in a catalogue that is laid out as opstat writes it; no text in quotes has line ends. */
const listStart = '\n  "operators": ['
const firstStart = '\n    {'
const between = '\n    },\n    {'
const lastEnd = '\n    }'
const listEnd = '\n  ]'

/** So many bytes of operators are parsed at once: few enough for what is made of them on the way to be gone soon. */
const usualPiece = 1 << 16

/**
 * The catalogue of a large file, its operators parsed a thousand or two at a time: neither the text nor the document
 * stands in memory as a whole, which would be several times the catalogue itself. Null where the file is laid out
 * otherwise or breaks a rule: then all of it has to be looked at together.
 */
export function readInPieces(bytes: Buffer, pieceBytes = usualPiece): Catalogue | null {
  const start = bytes.indexOf(`${listStart}${firstStart}`)
  const end = start === -1 ? -1 : bytes.indexOf(`${lastEnd}${listEnd}`, start)
  if (end === -1 || !isUtf8(bytes)) return null
  const frame = frameAround(bytes, start + listStart.length, end + lastEnd.length)
  if (frame === null) return null
  try {
    const first = start + listStart.length + firstStart.length - 1
    const parsed = parseCatalogue(frame, pieces(bytes, { first, end, pieceBytes }))
    return parsed.ok ? parsed.value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The document without its operators; null where what stands between the two places is not the list that counts. */
function frameAround(bytes: Buffer, from: number, to: number): unknown {
  const documents = [0, 1].map((mark) => {
    const document = parseObject(`${bytes.toString('utf8', 0, from)}${mark}${bytes.toString('utf8', to)}`)
    const operators = document?.operators
    return Array.isArray(operators) && operators.length === 1 && operators[0] === mark ? document : null
  })
  return documents.includes(null) ? null : documents[0]
}

/**
 * Lists of operators that make up the whole. Wherever it is cut: if each piece is a list of values, so are all of them
 * together. Throws a `SyntaxError` where one is not.
 */
function* pieces(
  bytes: Buffer,
  { first, end, pieceBytes }: { readonly first: number; readonly end: number; readonly pieceBytes: number },
): Iterable<readonly unknown[]> {
  for (let from = first; from !== -1; ) {
    const cut = bytes.indexOf(between, from + pieceBytes)
    const isLast = cut === -1 || cut >= end
    const to = (isLast ? end : cut) + lastEnd.length
    yield JSON.parse(`[${bytes.toString('utf8', from, to)}]`) as readonly unknown[]
    from = isLast ? -1 : cut + between.length - 1
  }
}
