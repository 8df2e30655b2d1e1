export const groups = ['start', 'records', 'store'] as const
export type Group = (typeof groups)[number]

/** In what a row's figure counts. `times`: so many times what it is compared with. */
export type Unit = 'times' | 'MiB' | 'bytes' | 'commits/s' | 'ms' | '%'

export interface Goal {
  readonly bound: 'at most' | 'at least'
  readonly figure: number
}

/** One line of the table. */
export interface Row {
  readonly group: Group
  /** What was measured. */
  readonly what: string
  /** What it cost, with its unit. */
  readonly measured: string
  /** What it is compared with and what that cost; empty where the goal is no ratio. */
  readonly against: string
  readonly figure: number
  readonly unit: Unit
  /** Null: only for comparison. */
  readonly goal: Goal | null
  /** How often: `31 pairs`. */
  readonly runs: string
}

/** What could not be measured here, and how it could. */
export interface Absent {
  readonly group: Group
  readonly what: string
  readonly why: string
}

export type Verdict = 'met' | 'missed' | 'for comparison'

export function verdictOf({ figure, goal }: Pick<Row, 'figure' | 'goal'>): Verdict {
  if (goal === null) return 'for comparison'
  // As it is shown: a figure that reads as the goal has met it.
  const shown = Number(figureText(figure))
  return (goal.bound === 'at most' ? shown <= goal.figure : shown >= goal.figure) ? 'met' : 'missed'
}

/** Three digits that count, never fewer than those before the point. */
export function figureText(figure: number): string {
  return figure >= 100 ? String(Math.round(figure)) : String(Number(figure.toPrecision(3)))
}

export function goalText(goal: Goal | null, unit: Unit): string {
  if (goal === null) return ''
  return `${goal.bound === 'at most' ? '≤' : '≥'} ${withUnit(figureText(goal.figure), unit)}`
}

export function withUnit(figure: string, unit: Unit): string {
  return unit === 'times' ? `${figure} ×` : `${figure} ${unit}`
}

/** `12.3 ms`, `4.56 s`. */
export function msText(ms: number): string {
  return ms < 1000 ? `${figureText(ms)} ms` : `${figureText(ms / 1000)} s`
}

/** `1 pair`, `31 pairs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
