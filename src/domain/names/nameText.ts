/**
 * Names as bytes: UTF-8, and the halves of broken surrogate pairs, which JSON's escapes can write, as three bytes each.
 * So every text has bytes of its own, and valid UTF-8 has those that it has anyway.
 */

/** Writes the text's bytes from `start` on; answers where they end. There is room for three bytes a UTF-16 unit. */
export function encodeName(text: string, into: Uint8Array, start: number): number {
  let end = start
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) into[end++] = unit
    else if (unit < 0x800) {
      into[end++] = 0xc0 | (unit >> 6)
      into[end++] = 0x80 | (unit & 0x3f)
    } else {
      const point = text.codePointAt(index) as number
      if (point > 0xffff) {
        index++
        into[end++] = 0xf0 | (point >> 18)
        into[end++] = 0x80 | ((point >> 12) & 0x3f)
      } else into[end++] = 0xe0 | (point >> 12)
      into[end++] = 0x80 | ((point >> 6) & 0x3f)
      into[end++] = 0x80 | (point & 0x3f)
    }
  }
  return end
}

/** The text that `encodeName` wrote there. */
export function decodeName(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let position = start; position < end; ) {
    const first = bytes[position] as number
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    let point = length === 1 ? first : first & (0x7f >> length)
    for (let next = 1; next < length; next++) point = (point << 6) | ((bytes[position + next] as number) & 0x3f)
    text += String.fromCodePoint(point)
    position += length
  }
  return text
}
