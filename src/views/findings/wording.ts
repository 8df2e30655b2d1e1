import type { Finding, FindingCode } from '../../domain/inspection/findings.ts'
import { listedUpTo } from '../catalogue/outcome.ts'

export interface FindingWords {
  readonly detail: string
  readonly next: string
}

export type Wording = { readonly [Code in FindingCode]: (finding: Extract<Finding, { finding: Code }>) => FindingWords }

/** The words for some of the findings. */
export type WordingOf<Codes extends FindingCode> = Pick<Wording, Codes>

/** So many names say enough. */
export const mostNamed = 10

/** "ana is", "ana and bo are", of many the first ten. */
export function named(operators: readonly string[], verb: readonly [one: string, many: string]): string {
  return `${listedUpTo(mostNamed, operators)} ${operators.length === 1 ? verb[0] : verb[1]}`
}

/** "process 123", or what to call one that nobody knows. */
export function processWords(holder: { readonly pid: number } | null): string {
  return holder === null ? 'another process' : `process ${holder.pid}`
}

/** Said of one at least. */
export function attentionWords(findings: number): string {
  return findings === 1 ? '1 finding needs attention.' : `${findings} findings need attention.`
}
