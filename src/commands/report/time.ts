import type { Command } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import { findReportedStatuses } from '../../domain/reports/found.ts'
import { lifelineOf, statusesEver } from '../../domain/reports/lifelines.ts'
import { checkTime, timeReport } from '../../domain/reports/timeReport.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { timelineText } from '../../views/painting/timeline.ts'
import { timeDetail } from '../../views/reports/page/detailTables.ts'
import { reportNotes } from '../../views/reports/reportNotes.ts'
import { showTime, type TimeView } from '../../views/reports/timeTable.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { arrangeList, listOptions } from '../options/listOptions.ts'
import { contradiction } from '../reporting/contradiction.ts'
import { withPage } from '../reporting/htmlPage.ts'
import { type ReportInput, readReportInput } from '../reporting/reportInput.ts'
import { byDayOption, daysAsked, type ReportOptions, reportOptions } from '../reporting/reportOptions.ts'

export function declare(command: Command): void {
  reportOptions(command)
  byDayOption(command)
  listOptions(command)
  command
    .option('--status <status...>', 'only these statuses, by id or name, deleted ones too')
    .option('--timeline', 'draw a bar for each operator')
    .addHelpText('after', meaning)
}

const meaning = `
Columns: stays; wall, the time in the status; dialogues, with at least one dialogue open; counted, for statuses that
count after close the time without one, otherwise all of it; absent, before an automatic switch the time since the
last sign of life, or since the stay began. Flags are those in force at the time. What is not recorded has a row of
its own, so that each operator's rows are the window to the millisecond.`

export const examples = [
  'opstat operator add ana --status online',
  'opstat report time',
  'opstat report time --from 2026-01-01 --by day --tz Europe/Kyiv --operator ana -o csv',
  'opstat report time --timeline',
  'opstat report time --from 2026-01-01 --html time.html',
]

interface TimeOptions extends ReportOptions {
  readonly status?: readonly string[]
  readonly timeline?: boolean
}

export async function run(call: Call<TimeOptions>, system: System): Promise<Result<Shown, Failure>> {
  const read = await readReportInput(call, system)
  if (!read.ok) return read
  const input = read.value
  const { ledger, catalogue, window, operators, knownUntil } = input
  const wanted = call.options.status
  const statuses = wanted === undefined ? ok(null) : findReportedStatuses(ledger, catalogue, wanted)
  if (!statuses.ok) return statuses
  const asked = { operators, knownUntil }
  const uncut = timeReport(ledger, { ...asked, windows: { whole: window, days: null } })
  const asking = daysAsked(call.options, input.zone, window)
  if (!asking.ok) return asking
  const days = asking.value
  const times = days === null ? uncut : timeReport(ledger, { ...asked, windows: { whole: window, days } })
  const contradictions = checkTime(times, days === null ? null : uncut)
  if (contradictions.length > 0) return contradiction(contradictions)
  const view = { window, times, statuses: statuses.value, notes: reportNotes(input) }
  const shown = arrangeList(showTime({ ...view, timeline: timelineOf(call.options, input) }), call.options)
  if (!shown.ok) return shown
  const details = () => ({ title: 'Time report', details: [timeDetail(times)], notes: view.notes })
  return withPage(call.options, system, { shown: shown.value, input, details })
}

function timelineOf(
  { timeline }: TimeOptions,
  { ledger, catalogue, operators, ...asked }: ReportInput,
): TimeView['timeline'] {
  if (timeline !== true) return () => ''
  const rows = operators.map((operator) => ({ ...lifelineOf(operator, asked), label: operator.id }))
  return (paint) => timelineText({ window: asked.window, rows, statuses: statusesEver(ledger, catalogue) }, paint)
}
