import type { Paint } from './paint.ts'
import { columnsOf } from './width.ts'

/** Less room than this beside a label is none: then the terminal breaks the lines. */
const narrowest = 24

/** A text that stands behind a label of so many columns: on a terminal it goes on below itself. */
export function hanging(
  text: string,
  indent: number,
  { terminal, columns }: Pick<Paint, 'terminal' | 'columns'>,
): string {
  if (!terminal || columns - indent < narrowest) return text
  return fillLines(text.split(' '), columns - indent).join(`\n${' '.repeat(indent)}`)
}

/** Words in lines of at most so many columns; a longer word has a line to itself. */
export function fillLines(words: readonly string[], columns: number): string[] {
  const lines: { text: string; columns: number }[] = []
  for (const word of words) {
    const last = lines.at(-1)
    const wide = columnsOf(word)
    if (last === undefined || last.columns + 1 + wide > columns) lines.push({ text: word, columns: wide })
    else {
      last.text += ` ${word}`
      last.columns += 1 + wide
    }
  }
  return lines.map(({ text }) => text)
}
