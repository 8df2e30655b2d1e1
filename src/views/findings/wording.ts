import type { Finding, FindingCode } from '../../domain/inspection/findings.ts'
import { formatDuration, formatTime } from '../../domain/time.ts'
import { listed } from '../catalogue/outcome.ts'

export interface FindingWords {
  readonly detail: string
  readonly next: string
}

export type Wording = { readonly [Code in FindingCode]: (finding: Extract<Finding, { finding: Code }>) => FindingWords }

/** The words for some of the findings. */
export type WordingOf<Codes extends FindingCode> = Pick<Wording, Codes>

const mostNamed = 10

/** "ana is", "ana and bo are", of many the first ten. */
export function named(operators: readonly string[], verb: readonly [one: string, many: string]): string {
  const more = operators.length - mostNamed
  const shown = more > 0 ? [...operators.slice(0, mostNamed), `${more} more`] : operators
  return `${listed(shown)} ${operators.length === 1 ? verb[0] : verb[1]}`
}

/** "process 123", or what to call one that nobody knows. */
export function processWords(holder: { readonly pid: number } | null): string {
  return holder === null ? 'another process' : `process ${holder.pid}`
}

/** Whole seconds. */
export function lengthWords(durationMs: number): string {
  return formatDuration(durationMs)
}

export function timeWords(at: number): string {
  return formatTime(at)
}
