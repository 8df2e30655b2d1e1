/** Characters of one column each, nothing to combine: almost every cell. */
const narrow = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0373\u0400-\u0482\u048a-\u052f…]*$/
const emoji = () =>
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[0-9#*]\ufe0f\u20e3|\p{Regional_Indicator}{2})/u
const combining = () => /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]/u

/** Wide and full-width ranges. Source: Unicode 16, EastAsianWidth.txt, W and F; emoji are told by their property. */
const wideRanges = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
] as const

let segmenter: Intl.Segmenter | undefined

/** How many terminal columns a line without escapes takes: 2 for wide characters and emoji, 0 for combining ones. */
export function columnsOf(text: string): number {
  if (narrow.test(text)) return text.length
  let columns = 0
  for (const grapheme of graphemesOf(text)) columns += columnsOfGrapheme(grapheme)
  return columns
}

/** The text cut to so many columns between two graphemes, with an ellipsis where something is missing. */
export function shorten(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let kept = ''
  let used = 1
  for (const grapheme of graphemesOf(text)) {
    used += columnsOfGrapheme(grapheme)
    if (used > columns) break
    kept += grapheme
  }
  return columns < 1 ? '' : `${kept}…`
}

/** What a reader takes for one character. */
export function graphemesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

function columnsOfGrapheme(grapheme: string): number {
  if (emoji().test(grapheme)) return 2
  let columns = 0
  for (const character of grapheme) {
    if (!combining().test(character)) columns += isWide(character.codePointAt(0) as number) ? 2 : 1
  }
  return columns
}

function isWide(codePoint: number): boolean {
  return wideRanges.some(([first, last]) => codePoint >= first && codePoint <= last)
}
