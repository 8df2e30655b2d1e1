import type { LocalDate } from './localTime.ts'

/** A place at which the numbers of a report contradict each other: a bug, never shown as a result. */
export interface Discrepancy {
  readonly operator: string
  readonly day: LocalDate | null
  readonly status: string | null
  /** `sum`: parts and whole differ. `part`: one is negative, broken or longer than its whole. `days`: days and window. */
  readonly kind: 'sum' | 'part' | 'days'
  readonly expectedMs: number
  readonly actualMs: number
}

/** Is this no length of time within a whole, in milliseconds? */
export function isNoPart(part: number, whole: number): boolean {
  return !Number.isSafeInteger(part) || part < 0 || part > whole
}
