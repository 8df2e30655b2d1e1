import { ok, type Result, refuse } from '../../result.ts'
import { colorNames } from './colorNames.ts'

/** Lower-case `#rrggbb` of `#rgb`, `#rrggbb` or a CSS colour name in any case (contract §1). */
export function parseColor(text: string): Result<string, 'not-a-color'> {
  if (/^#[0-9a-f]{6}$/.test(text)) return ok(text)
  const folded = text.trim().toLowerCase()
  if (/^#[0-9a-f]{6}$/.test(folded)) return ok(folded)
  if (/^#[0-9a-f]{3}$/.test(folded)) return ok(folded.replace(/[0-9a-f]/g, '$&$&'))
  const named = colorNames().get(folded)
  return named === undefined ? refuse('not-a-color') : ok(named)
}

/**
 * Colours for statuses that name none: told apart by people with colour-blindness, each at least 3:1 against white.
 * Source: M. Okabe and K. Ito, "Color Universal Design", 2008, darkened where white asks for it, and greys.
 */
export const palette = [
  '#2e7d32',
  '#b26a00',
  '#757575',
  '#0072b2',
  '#d55e00',
  '#8e4585',
  '#00857c',
  '#c2185b',
  '#5d4037',
  '#3949ab',
  '#a68000',
  '#455a64',
] as const

/** The first colour of the palette that no status uses yet; the palette starts again where all are used. */
export function nextColor(used: readonly string[]): string {
  const uses = new Map<string, number>(palette.map((color) => [color, 0]))
  for (const color of used) {
    const count = uses.get(color)
    if (count !== undefined) uses.set(color, count + 1)
  }
  const fewest = Math.min(...uses.values())
  return palette.find((color) => uses.get(color) === fewest) ?? palette[0]
}

/**
 * The contrast of two `#rrggbb` colours, from 1 to 21. Source: WCAG 2.2, definitions of "contrast ratio" and
 * "relative luminance".
 */
export function contrastRatio(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

/** Black or white, whichever is easier to read on a `#rrggbb` colour. */
export function readableOn(color: string): '#000000' | '#ffffff' {
  return contrastRatio(color, '#000000') >= contrastRatio(color, '#ffffff') ? '#000000' : '#ffffff'
}

/** Black or white, where a colour is hard to make out against it and it against the colour. `ratio` is from 1 to 3. */
export interface Faintness {
  readonly against: 'black' | 'white'
  readonly ratio: number
}

/**
 * Below 3:1 a mark is hard to make out on a black or white ground, and so is large text in black or white on it; null
 * where both are well. Never both: the two ratios multiply to 21. Source: WCAG 2.2, success criteria 1.4.3 and 1.4.11.
 */
export function faintnessOf(color: string): Faintness | null {
  const onBlack = contrastRatio(color, '#000000')
  if (onBlack < 3) return { against: 'black', ratio: onBlack }
  const onWhite = contrastRatio(color, '#ffffff')
  return onWhite < 3 ? { against: 'white', ratio: onWhite } : null
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(color.slice(at, at + 2), 16) / 255)) as [
    number,
    number,
    number,
  ]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
