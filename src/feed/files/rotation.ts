import { basename, extname } from 'node:path'
import type { FileFacts } from '../feedFiles.ts'

/** A rotated file, as far as its age is concerned. */
export interface Rotated {
  /** What follows the feed's name: `.1`, `-20261122`. */
  readonly suffix: string
  readonly facts: Pick<FileFacts, 'modifiedAt'>
}

const compressed = /\.(?:gz|bz2|xz|zst|lz4|zip|Z)$/i
const notRotated = /(?:\.(?:tmp|lock|swp)|~)$/i

/**
 * Oldest first. Numbers (`.2` before `.1`) and dates (`-20261121` before `-20261122`) say it themselves; where the
 * names are of several kinds, the last write does.
 */
export function inOrderOfRotation<File extends Rotated>(siblings: readonly File[]): File[] {
  const schemes = new Set(siblings.map(({ suffix }) => schemeOf(suffix)))
  const [scheme] = schemes
  return siblings.toSorted((one, other) => {
    if (schemes.size === 1 && scheme === 'number') return numberIn(other.suffix) - numberIn(one.suffix)
    if (schemes.size === 1 && scheme === 'date') return dates.compare(one.suffix, other.suffix)
    return one.facts.modifiedAt - other.facts.modifiedAt || dates.compare(one.suffix, other.suffix)
  })
}

/** Does its name alone say that `one` was rotated away before `other`? */
export function isOlderByName(one: Rotated, other: Rotated): boolean {
  const scheme = schemeOf(one.suffix)
  if (scheme !== schemeOf(other.suffix) || scheme === 'other') return false
  return scheme === 'number'
    ? numberIn(one.suffix) > numberIn(other.suffix)
    : dates.compare(one.suffix, other.suffix) < 0
}

/** What makes `name` a rotated file of the feed called `base`; null where it is none. */
export function rotatedSuffix(base: string, name: string): string | null {
  if (name === base || compressed.test(name) || notRotated.test(name)) return null
  const extension = extname(base)
  const stem = basename(base, extension)
  if (name.startsWith(base) && /^[.\-_]/.test(name.slice(base.length))) return name.slice(base.length)
  if (extension === '' || !name.startsWith(stem) || !name.endsWith(extension)) return null
  const middle = name.slice(stem.length, -extension.length)
  return /^\.\d{1,5}$|^[.\-_]\d{6}/.test(middle) ? middle : null
}

/** The name that a rotated file of the feed called `base` had before it was compressed; null where it is none. */
export function beforeCompression(base: string, name: string): string | null {
  const original = name.replace(compressed, '')
  if (original === name) return null
  return original === base || rotatedSuffix(base, original) !== null ? original : null
}

const dates = new Intl.Collator('en', { numeric: true })

function schemeOf(suffix: string): 'number' | 'date' | 'other' {
  if (/^[.\-_]?\d{1,5}$/.test(suffix)) return 'number'
  return suffix.replace(/\D/g, '').length >= 6 ? 'date' : 'other'
}

function numberIn(suffix: string): number {
  return Number(suffix.replace(/\D/g, ''))
}
