/**
 * Every kind of character that moves the cursor, reorders, hides or fakes text (reliability X1), and a line break with
 * a forged line behind it. No blank, so that it is one word.
 */
export const hostileText = [
  'a\nFORGED',
  '\r\b\t\0\x0b',
  '\x1b[5;13mred\x1b[2J\x1b[1A',
  '\x1b]8;;http://elsewhere\x07link\x1b]8;;\x07\x1b]0;title\x1b\\',
  '\x7f\x9b31m\x85\x90',
  '\u061c\u200e\u200f\u202a\u202e\u2066\u2069',
  '\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f',
  '\u{e0041}\u{e007f}',
  '\ud800x\udc00',
  '\u2028\u2029z',
].join('x')

/** As much of it as the id of an operator or a calendar may hold. */
export const hostileId = 'ana\u202e\u200b\u2066\u200d\u{e0041}\u061c\u00adz'

/** As much of it as the name of a file may hold, or an argument or a variable. */
export const hostileName = hostileText
  .replaceAll('\0', '')
  .replaceAll('/', '')
  .replaceAll(/\p{Cs}/gu, '')
  .slice(0, 80)

/** The paint's own. */
const colors = new RegExp(`${'\x1b'}\\[(?:\\d{1,3}(?:;\\d{1,3})*)?m`, 'g')
const hostileColor = '\x1b[5;13m'

/** What a terminal or a log would obey in a text that opstat wrote; empty where there is nothing. */
export function leaksIn(text: string, painting: 'colored' | 'plain'): string[] {
  const bare = painting === 'colored' ? text.replaceAll(hostileColor, '\x9b').replaceAll(colors, '') : text
  const hidden =
    /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}\p{Default_Ignorable_Code_Point}]/u
  // Lines of CSV end with both (RFC 4180).
  return bare.split(/\r?\n/).flatMap((line) => {
    const found = hidden.exec(line)
    if (found !== null) return [`${JSON.stringify(found[0])} in ${JSON.stringify(line.slice(0, 300))}`]
    return line.startsWith('FORGED') ? [`forged: ${line}`] : []
  })
}
