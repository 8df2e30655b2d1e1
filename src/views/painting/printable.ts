import type { Paint } from './paint.ts'

/**
 * Everything that moves the cursor, reorders, hides or fakes text (reliability X1): control characters with CR, BS
 * and DEL, C1, line separators, bidirectional controls, default-ignorable characters (zero-width, tags, fillers,
 * variation selectors), lone surrogates.
 */
const hidden = () =>
  /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}|\p{Default_Ignorable_Code_Point}/u
// Almost every text is of these characters alone; only the rest is looked at closely.
const plain =
  /^[\x20-\x7e\n\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0373\u0400-\u0482\u048a-\u052f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]*$/
// Both of them are only made for such a text: parsing Unicode's properties takes longer than the rest of this file.
// A pictograph with its modifiers, joined to others, or a keycap: where ZWJ and VS16 belong.
const pieces = () =>
  /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*|[0-9#*]\ufe0f\u20e3|[\s\S]/gu

/** One line's text, safe for a terminal and a log: what is hidden is shown as `\u{…}`, line breaks too. */
export function printable(text: string): string {
  return reveal(text, '')
}

/** Is it safe as it stands? False says nothing: only plain characters are looked at. */
export function isPlainLine(text: string): boolean {
  return plain.test(text) && !text.includes('\n')
}

/** The same for text of several lines: only the line feeds between them stay. */
export function printableLines(text: string): string {
  return reveal(text, '\n')
}

/** Does the text hold anything that `printable` would show in another form? */
export function hidesSomething(text: string): boolean {
  return printable(text) !== text
}

/**
 * A view's text for people, painted. The painted text is trusted only where the same text without colours holds
 * nothing hidden: then every escape in it is the paint's own. Otherwise it is shown safely and uncoloured.
 */
export function paintSafely(human: (paint: Paint) => string, paint: Paint, colorless: Paint): string {
  const bare = human(colorless)
  const safe = printableLines(bare)
  return paint.chalk.level === 0 || safe !== bare ? safe : human(paint)
}

/** JSON text with hidden characters as `\uXXXX`: they can only stand inside its strings. */
export function escapeInJson(json: string): string {
  return escapeHidden(json, (piece) => piece.split('').map(escapeUnit).join(''))
}

/** YAML text with hidden characters escaped; whoever made it put the strings that hold some in double quotes. */
export function escapeInYaml(yaml: string): string {
  return escapeHidden(yaml, (piece) =>
    piece.length === 1 ? escapeUnit(piece) : `\\U${(piece.codePointAt(0) as number).toString(16).padStart(8, '0')}`,
  )
}

function reveal(text: string, kept: '' | '\n'): string {
  if (plain.test(text) && (kept === '\n' || !text.includes('\n'))) return text
  return text.replace(pieces(), (piece) => {
    if (piece === kept || !isHidden(piece)) return piece
    return `\\u{${(piece.codePointAt(0) as number).toString(16)}}`
  })
}

/** A piece of several characters is an emoji, and nothing in it is hidden. */
function isHidden(piece: string): boolean {
  const single = piece.length === 1 || (piece.length === 2 && (piece.codePointAt(0) as number) > 0xffff)
  return single && hidden().test(piece)
}

function escapeHidden(text: string, escaped: (piece: string) => string): string {
  if (plain.test(text)) return text
  return text.replace(pieces(), (piece) => (piece !== '\n' && isHidden(piece) ? escaped(piece) : piece))
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
