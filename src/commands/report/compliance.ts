import type { Command } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import { checkCompliance, complianceReport } from '../../domain/reports/compliance/compliance.ts'
import type { Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showCompliance } from '../../views/reports/complianceTable.ts'
import { complianceDetail } from '../../views/reports/page/detailTables.ts'
import { calendarNotes, reportNotes } from '../../views/reports/reportNotes.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { arrangeList, listOptions } from '../options/listOptions.ts'
import { contradiction } from '../reporting/contradiction.ts'
import { withPage } from '../reporting/htmlPage.ts'
import { readReportInput } from '../reporting/reportInput.ts'
import { byDayOption, type ReportOptions, reportOptions } from '../reporting/reportOptions.ts'

export function declare(command: Command): void {
  reportOptions(command)
  byDayOption(command)
  listOptions(command)
  command.addHelpText('after', meaning)
}

const meaning = `
Adherence is the scheduled time in which the operator did what was planned, divided by the scheduled time; conformance
is all time worked, divided by the time planned for work, whenever it was worked, so it can exceed 100 %. So the SWPP
glossary, Assembled and Salesforce define them: docs/reports.md has the sources. An operator works in a status that
can receive, and in one that counts after close while a dialogue is still open. Rows are by local days of the
calendar's own time zone; a shift past midnight belongs to the day on which it starts.
Assign a calendar with: opstat operator edit O --calendar C`

export const examples = [
  'opstat operator add ana --status online',
  'opstat report compliance',
  'opstat report compliance --from 2026-01-01 --operator ana -o csv',
  'opstat report compliance --from 2026-01-01 --html compliance.html',
]

export async function run(call: Call<ReportOptions>, system: System): Promise<Result<Shown, Failure>> {
  const read = await readReportInput(call, system)
  if (!read.ok) return read
  const { ledger, window, operators, knownUntil } = read.value
  const found = complianceReport(ledger, { window, operators, knownUntil })
  const contradictions = found.flatMap(checkCompliance)
  if (contradictions.length > 0) return contradiction(contradictions)
  const rows = found.flatMap((one) => one.rows)
  const notes = [...reportNotes(read.value), ...calendarNotes(read.value, found)]
  const details = () => ({ title: 'Compliance report', details: [complianceDetail(rows)], notes })
  const shown = arrangeList(showCompliance({ window, rows, notes }), call.options)
  if (!shown.ok) return shown
  return withPage(call.options, system, { shown: shown.value, input: read.value, details })
}
