/** Texts and bytes compared four or eight at a time. */

/** Four characters as a little-endian `DataView.getInt32` reads them. */
export function word(text: string): number {
  return Buffer.from(text, 'latin1').readInt32LE()
}

/** Eight characters as `DataView.getFloat64` reads them: as numbers they are equal just where the bytes are. */
export function wide(text: string): number {
  return Buffer.from(text, 'latin1').readDoubleLE()
}

/**
 * Which of four bytes is the first quote, backslash or control, or has a bit of `foreign`: the lowest bit set says so,
 * 7 for the first byte, 15 for the second; the bits above it say nothing. 0: none.
 */
export function firstSpecial(bits: number, foreign: number): number {
  const quotes = bits ^ 0x22222222
  const backslashes = bits ^ 0x5c5c5c5c
  const controls = bits & 0xe0e0e0e0
  const zeros =
    ((quotes - 0x01010101) & ~quotes) |
    ((backslashes - 0x01010101) & ~backslashes) |
    ((controls - 0x01010101) & ~controls)
  return (zeros & 0x80808080) | (bits & foreign)
}
