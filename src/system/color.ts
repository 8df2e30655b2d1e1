import type { ColorChoice } from './system.ts'

export type ColorLevel = 0 | 1 | 2 | 3

/**
 * The one decision about colour: 0 none, 1 sixteen colours, 2 of 256, 3 any. The flag is above the environment;
 * FORCE_COLOR is above NO_COLOR, as in Node itself; then only a terminal that is neither dumb nor a CI log is
 * coloured.
 */
export function colorLevel(facts: {
  readonly choice: ColorChoice
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isTerminal: boolean
}): ColorLevel {
  const { choice, env, isTerminal } = facts
  if (choice === 'never') return 0
  if (choice === 'always') return depth(env)
  if (isPlain(env)) return 0
  if (env.FORCE_COLOR !== undefined) return forced(env.FORCE_COLOR, env)
  if (isSet(env.NO_COLOR) || !isTerminal || env.TERM === 'dumb' || isOn(env.CI)) return 0
  return depth(env)
}

/** Does `OPSTAT_PLAIN` ask for output that is read aloud? */
export function isPlain(env: Readonly<Record<string, string | undefined>>): boolean {
  return isOn(env.OPSTAT_PLAIN)
}

/** Can what was written be drawn over? Not read aloud, and not on a terminal that can do nothing. */
export function canRedraw(env: Readonly<Record<string, string | undefined>>): boolean {
  return !isPlain(env) && env.TERM !== 'dumb'
}

/** Is the variable a CI's "yes"? */
function isOn(value: string | undefined): boolean {
  return isSet(value) && value !== '0' && value !== 'false'
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}

function forced(value: string, env: Readonly<Record<string, string | undefined>>): ColorLevel {
  if (value === '0' || value === 'false') return 0
  if (value === '1') return 1
  if (value === '2') return 2
  if (value === '3') return 3
  return depth(env)
}

/** How many colours the terminal understands, as its environment says. */
function depth(env: Readonly<Record<string, string | undefined>>): 1 | 2 | 3 {
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return 3
  const term = env.TERM ?? ''
  if (/-(direct|truecolor)$|kitty|ghostty|wezterm/.test(term)) return 3
  return /-256(color)?$/.test(term) ? 2 : 1
}
