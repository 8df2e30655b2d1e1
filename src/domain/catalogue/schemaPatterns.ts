import { colorNames } from './color/colorNames.ts'
import { longestOperatorId } from './rules/identifiers.ts'
import { longestName, nameForms } from './rules/text.ts'

/** Regular expressions, to be read with the `u` flag as JSON Schema wants it, that accept what the rules accept. */

export const operatorIdPattern = `^[^\\s\\p{Cc}\\p{Cs}]{1,${longestOperatorId}}$`

/** Deliberately wider in one place: 64 characters are counted as they stand, and composing them could make it fewer. */
export const namePattern = (() => {
  const hidden = nameForms.hidden.map((form) => form().source.replace(/^\[(.*)\]$/, '$1')).join('')
  const length = `(?=\\S(?:[\\s\\S]{0,${longestName - 2}}\\S)?\\s*$)`
  return `^\\s*${length}(?:${nameForms.emoji().source}|[^${hidden}])+\\s*$`
})()

/** In any case and with blanks around it. The Kelvin sign is a K in lower case too. */
export const colorPattern = (() => {
  const names = [...colorNames().keys()].map((name) => [...name].map(anyCase).join(''))
  return `^\\s*(?:#(?:[0-9A-Fa-f]{3}){1,2}|${names.join('|')})\\s*$`
})()

export const timeZonePattern = '^[A-Za-z][A-Za-z0-9_+/-]*$'

const clock = '(?:[01][0-9]|2[0-3]):[0-5][0-9]'
export const intervalStartPattern = `^${clock}$`
export const intervalEndPattern = `^(?:${clock}|24:00)$`

/** Dates that exist, 29 February in leap years alone. */
export const datePattern = (() => {
  const longMonth = '(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])'
  const shortMonth = '(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)'
  const february = '02-(?:0[1-9]|1[0-9]|2[0-8])'
  const fourth = '(?:0[48]|[2468][048]|[13579][26])'
  const leapYear = `(?:[0-9]{2}${fourth}|(?:${fourth}|00)00)`
  return `^(?:[0-9]{4}-(?:${longMonth}|${shortMonth}|${february})|${leapYear}-02-29)$`
})()

/**
 * Durations from a second to `longestMs`, each unit by itself. Deliberately wider where units are mixed beyond their
 * size, as in `23h90m`: sums are beyond a regular expression.
 */
export function durationPattern(longestMs: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const
  const none = (letters: readonly string[]) => letters.map((letter) => `(?:0+${letter})?`).join('')
  const letters = units.map(([letter]) => letter)
  const forms = units.flatMap(([letter, unitMs], index) => {
    const most = longestMs / unitMs
    if (most < 1 || !Number.isInteger(most)) return []
    return [`${none(letters.slice(0, index))}0*${most}${letter}${none(letters.slice(index + 1))}`]
  })
  const below = units.map(([letter, unitMs]) => `(?:0*${numbersUpTo(Math.ceil(longestMs / unitMs) - 1)}${letter})?`)
  return `^(?=.*[1-9])(?:${below.join('')}|${forms.join('|')})$`
}

/** Whole numbers from 0 to `most` without leading zeros. */
function numbersUpTo(most: number): string {
  const digits = String(most)
  const forms = digits.length > 1 ? [`[0-9]{1,${digits.length - 1}}`] : []
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[index])
    const lowest = index === 0 && digits.length > 1 ? 1 : 0
    const rest = digits.length - index - 1
    if (digit <= lowest) continue
    forms.push(`${digits.slice(0, index)}[${lowest}-${digit - 1}]${rest === 0 ? '' : `[0-9]{${rest}}`}`)
  }
  return `(?:${[...forms, digits].join('|')})`
}

function anyCase(letter: string): string {
  return `[${letter}${letter.toUpperCase()}${letter === 'k' ? '\\u212a' : ''}]`
}
