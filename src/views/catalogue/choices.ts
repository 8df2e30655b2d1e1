import type { Operator, Status } from '../../domain/catalogue/catalogue.ts'
import { faintnessOf, palette, parseColor } from '../../domain/catalogue/color/color.ts'
import type { StatusRow } from '../../domain/catalogue/occupancy.ts'
import type { Paint } from '../painting/paint.ts'
import { printable } from '../painting/printable.ts'
import { swatch } from '../painting/table.ts'
import { operatorWords } from './operatorTable.ts'
import { counted, listed } from './outcome.ts'
import { statusWords } from './statusTable.ts'

/** One answer that a question offers. */
export interface Offer<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly note?: string
}

/** The answer that lets a person type a colour that is not offered. */
export const otherColor = 'other'

/** The palette, with the present colour before it where it is another one; colours in use say by whom. */
export function colorOffers(statuses: readonly Status[], present: string | null, paint: Paint): Offer[] {
  const colors: readonly string[] = palette
  const offered = present === null || colors.includes(present) ? colors : [present, ...colors]
  return [
    ...offered.map((color) => {
      const users = statuses.filter((status) => status.color === color).map((status) => status.name)
      const words = [
        paletteNames.get(color) ?? [],
        faintWords(color) ?? [],
        users.length === 0 ? [] : `used by ${users.join(', ')}`,
      ].flat()
      return { value: color, label: `${swatch(color, paint)} ${printable(words.join(', '))}`.trimEnd() }
    }),
    { value: otherColor, label: 'another colour …' },
  ]
}

/** What stands beside a colour while it is typed: how it looks, and where it would be hard to see. */
export function colorRemark(typed: string, paint: Paint): string | null {
  const color = parseColor(typed)
  if (!color.ok) return null
  const faint = faintWords(color.value)
  return `${swatch(color.value, paint)}${faint === null ? '' : ` ${faint}`}`
}

/** A sentence about a colour that is hard to see somewhere; null where it is well everywhere. */
export function contrastNote(color: string): string | null {
  const faint = faintnessOf(color)
  if (faint === null) return null
  const { against, ratio } = faint
  const other = against === 'black' ? 'white' : 'black'
  // Cut rather than rounded: 2.96 is not the 3 that is wanted.
  const cut = (Math.floor(ratio * 10) / 10).toFixed(1)
  return `${color} is hard to see on ${against} (contrast ${cut}:1, 3:1 is wanted); text on it should be ${other}`
}

function faintWords(color: string): string | null {
  const faint = faintnessOf(color)
  return faint === null ? null : `hard to see on ${faint.against}`
}

/** Colours by words too, for those who can't tell them apart. */
const paletteNames: ReadonlyMap<string, string> = new Map([
  ['#2e7d32', 'green'],
  ['#b26a00', 'amber'],
  ['#757575', 'grey'],
  ['#0072b2', 'blue'],
  ['#d55e00', 'vermilion'],
  ['#8e4585', 'plum'],
  ['#00857c', 'teal'],
  ['#c2185b', 'pink'],
  ['#5d4037', 'brown'],
  ['#3949ab', 'indigo'],
  ['#a68000', 'mustard'],
  ['#455a64', 'slate'],
])

/** Rows say what each status is used by, too. */
export function statusOffers(statuses: readonly (Status | StatusRow)[], paint: Paint): Offer[] {
  return statuses.map((status) => {
    const note = 'operators' in status ? useWords(status) : null
    return {
      value: status.id,
      label: `${swatch(status.color, paint)} ${printable(statusWords(status))}`,
      ...(note === null ? {} : { note }),
    }
  })
}

function useWords({ operators, usedAs }: StatusRow): string | null {
  const uses = [
    ...usedAs.map((use) => settingWords[use]),
    ...(operators === 0 ? [] : [`${counted(operators, 'operator')} in it`]),
  ]
  return uses.length === 0 ? null : listed(uses)
}

const settingWords: Record<StatusRow['usedAs'][number], string> = {
  'default-offline': 'the default offline status',
  'auto-offline': 'the target of auto-offline',
}

export function operatorOffers(operators: readonly Operator[]): Offer[] {
  return operators.map((operator) => ({ value: operator.id, label: printable(operatorWords(operator)) }))
}
