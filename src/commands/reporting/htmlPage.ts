import type { Failure } from '../../domain/failure.ts'
import { complianceReport } from '../../domain/reports/compliance/compliance.ts'
import { glanceOf } from '../../domain/reports/glance.ts'
import { lifelineOf, statusesEver } from '../../domain/reports/lifelines.ts'
import { timeReport } from '../../domain/reports/timeReport.ts'
import { ok, type Result } from '../../domain/result.ts'
import { writeTextFile } from '../../formats/textFile.ts'
import type { System } from '../../system/system.ts'
import { type ReportPage, reportPage } from '../../views/reports/page/reportPage.ts'
import type { Shown } from '../../views/shown.ts'
import type { ReportInput } from './reportInput.ts'
import type { ReportOptions } from './reportOptions.ts'

/** What a report adds to the page that all reports share. */
export type PageDetails = Pick<ReportPage, 'title' | 'details' | 'notes'>

/**
 * Writes the page where `--html` names a file, and answers what is shown besides: a note with the file's name, or,
 * for `-`, nothing, as the page went to standard output.
 */
export async function withPage(
  { html }: ReportOptions,
  system: System,
  report: { readonly shown: Shown; readonly input: ReportInput; readonly details: () => PageDetails },
): Promise<Result<Shown, Failure>> {
  if (html === undefined) return ok(report.shown)
  const text = reportPage({ ...pageOf(report.input), ...report.details() })
  if (html === '-') {
    await system.stdout.write(text)
    return ok({ value: undefined, human: () => '' })
  }
  const file = system.absolute(html)
  const written = await writeTextFile(file, text)
  if (!written.ok) return written
  const { shown } = report
  return ok({ ...shown, note: [shown.note ?? [], `wrote ${file}`].flat() })
}

function pageOf({
  ledger,
  catalogue,
  operators,
  window,
  knownUntil,
  zone,
  now,
}: ReportInput): Omit<ReportPage, keyof PageDetails> {
  const asked = { window, operators, knownUntil }
  const compliance = complianceReport(ledger, asked)
  const schedules = new Map(compliance.map(({ operator, schedule }) => [operator, schedule]))
  const times = timeReport(ledger, { ...asked, windows: { whole: window, days: null } })
  return {
    ...{ window, zone, madeAt: now, statuses: statusesEver(ledger, catalogue) },
    glances: glanceOf(ledger, operators, { times, compliance, end: window.to }),
    lanes: operators.map((operator) => ({
      lifeline: lifelineOf(operator, asked),
      schedule: schedules.get(operator.id) ?? null,
    })),
  }
}
