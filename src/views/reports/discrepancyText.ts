import type { Discrepancy } from '../../domain/reports/discrepancy.ts'

/** A contradiction in a report's own numbers, in words. */
export function discrepancyText({ operator, day, status, kind, expectedMs, actualMs }: Discrepancy): string {
  const place = [operator, ...(day === null ? [] : [day]), ...(status === null ? [] : [status])].join(', ')
  const words = {
    sum: `the parts add up to ${actualMs} ms, the whole is ${expectedMs} ms`,
    part: `a part is ${actualMs} ms, its whole is ${expectedMs} ms`,
    days: `the days add up to ${actualMs}, the window has ${expectedMs}`,
  }
  return `${place}: ${words[kind]}`
}
