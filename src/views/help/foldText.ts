import { fillLines } from '../painting/hanging.ts'

/** Less room than this beside a first column is no column. */
const narrowest = 16

/**
 * A help text for a terminal of so many columns. Paragraphs whose lines don't fit are filled anew; of entries in two
 * columns the second one goes on below itself. Lines to be typed or copied stay whole.
 */
export function foldText(text: string, columns: number): string {
  const lines = text.split('\n')
  const folded: string[] = []
  for (let at = 0; at < lines.length; ) {
    const block = blockAt(lines, at)
    folded.push(...foldBlock(block, columns))
    at += block.lines.length
  }
  return folded.join('\n')
}

/** Lines that are one paragraph, or one entry; `indent` columns before each but the first. */
interface Block {
  readonly kind: 'paragraph' | 'entry' | 'whole'
  readonly indent: number
  readonly lines: readonly string[]
}

function blockAt(lines: readonly string[], at: number): Block {
  const first = lines[at] as string
  if (/^[^\s$]/.test(first)) return { kind: 'paragraph', indent: 0, lines: runFrom(lines, at, /^[^\s$]/) }
  const label = /^ +\S.*? {2,}(?=\S)/.exec(first)?.[0]
  if (label === undefined) return { kind: 'whole', indent: 0, lines: [first] }
  const goesOn = new RegExp(`^ {${label.length}}\\S`)
  return { kind: 'entry', indent: label.length, lines: [first, ...runFrom(lines, at + 1, goesOn)] }
}

function runFrom(lines: readonly string[], from: number, belongs: RegExp): string[] {
  const end = lines.findIndex((line, index) => index >= from && !belongs.test(line))
  return lines.slice(from, end === -1 ? lines.length : end)
}

function foldBlock({ kind, indent, lines }: Block, columns: number): readonly string[] {
  const fits = lines.every((line) => line.length <= columns)
  if (fits || kind === 'whole' || columns - indent < narrowest) return lines
  const label = (lines[0] as string).slice(0, indent)
  const words = lines.flatMap((line) => line.slice(indent).split(' '))
  return fillLines(words, columns - indent).map((line, index) => (index === 0 ? label : ' '.repeat(indent)) + line)
}
