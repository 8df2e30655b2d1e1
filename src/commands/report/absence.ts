import type { Command } from 'commander'
import { sessionTimeoutOf } from '../../domain/catalogue/catalogue.ts'
import type { Failure } from '../../domain/failure.ts'
import { kindSeen, kindStatus, type RecordBatch } from '../../domain/records/records.ts'
import { type AbsenceCount, finishAbsence, noteSign, startAbsence } from '../../domain/reports/absence/absence.ts'
import { type AdviceRun, adviseBatch, finishAdvice, startAdvice } from '../../domain/reports/absence/adviser.ts'
import { findReportedStatuses } from '../../domain/reports/found.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { type AbsenceView, showAbsence } from '../../views/reports/absenceTable.ts'
import { adviceSvg } from '../../views/reports/page/adviceSvg.ts'
import { absenceDetail, adviceDetail } from '../../views/reports/page/detailTables.ts'
import type { ReportPage } from '../../views/reports/page/reportPage.ts'
import { feedNotes, reportNotes } from '../../views/reports/reportNotes.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { feedOption } from '../declaring/globals.ts'
import { readWholeFeed } from '../reporting/feedReading.ts'
import { withPage } from '../reporting/htmlPage.ts'
import { type ReportInput, readReportInput } from '../reporting/reportInput.ts'
import { byDayOption, daysAsked, type ReportOptions, reportOptions } from '../reporting/reportOptions.ts'

export function declare(command: Command): void {
  reportOptions(command)
  byDayOption(command)
  command.option('--status <status...>', 'only switches out of these statuses, by id or name')
  feedOption(command)
  command.addHelpText('after', meaning)
}

const meaning = `
Columns: switches, the automatic ones; reconnects, silences in a receiving status that were longer than the session
time-out and ended before a switch; false offline, switches followed by a sign of life within ten minutes; flaps,
switches after which the operator was in a receiving status again within ten minutes; ghost time, from the last sign
of life, or the stay's beginning, to the switch. Reconnects and false offline come from the feed as far as it is kept.
Below, what other values of offline-after would have done to the whole feed.`

export const examples = [
  'opstat operator add ana --status online',
  'opstat presence record open ana --session tab-1',
  'opstat report absence',
  'opstat report absence --from 2026-01-01 --operator ana -o json',
  'opstat report absence --html absence.html',
]

interface AbsenceOptions extends ReportOptions {
  readonly status?: readonly string[]
}

export async function run(call: Call<AbsenceOptions>, system: System): Promise<Result<Shown, Failure>> {
  const read = await readReportInput(call, system)
  if (!read.ok) return read
  const input = read.value
  const counting = startCounting(call.options, input)
  if (!counting.ok) return counting
  const { count, advice } = counting.value
  const onBatch = (batch: RecordBatch) => {
    noteSigns(count, advice, batch)
    adviseBatch(advice, batch)
  }
  const feed = await readWholeFeed(call.globals, system, { names: advice.names, onBatch })
  if (!feed.ok) return feed
  const view = {
    window: input.window,
    rows: finishAbsence(count, feed.value.span),
    feed: feed.value.span === null ? null : { ...feed.value.span, records: feed.value.records },
    advice: finishAdvice(advice, input.now),
    presentMs: input.catalogue.settings.offlineAfterMs,
    notes: [...reportNotes(input), ...feedNotes(input, feed.value)],
  }
  const details = () => ({ title: 'Absence report', details: absenceDetails(view), notes: view.notes })
  return withPage(call.options, system, { shown: showAbsence(view), input, details })
}

function absenceDetails({ rows, advice }: AbsenceView): ReportPage['details'] {
  if (advice === null) return [absenceDetail(rows)]
  return [absenceDetail(rows), adviceSvg(advice), adviceDetail(advice)]
}

function startCounting(
  options: AbsenceOptions,
  { ledger, catalogue, operators, knownUntil, window, zone }: ReportInput,
): Result<{ readonly count: AbsenceCount; readonly advice: AdviceRun }, Failure> {
  const wanted = options.status
  const statuses = wanted === undefined ? ok(null) : findReportedStatuses(ledger, catalogue, wanted)
  if (!statuses.ok) return statuses
  const days = daysAsked(options, zone, window)
  if (!days.ok) return days
  const count = startAbsence(ledger, {
    windows: { whole: window, days: days.value },
    operators,
    statuses: statuses.value,
    sessionTimeoutMs: sessionTimeoutOf(catalogue.settings),
    knownUntil,
  })
  return ok({ count, advice: startAdvice(ledger, catalogue) })
}

function noteSigns(count: AbsenceCount, { trials }: AdviceRun, batch: RecordBatch): void {
  const operators = trials[0]?.state.operators ?? []
  for (let index = 0; index < batch.length; index++) {
    const kind = batch.kind[index] as number
    if (kind > kindStatus && kind !== kindSeen) continue
    noteSign(count, operators[batch.operator[index] as number] as string, batch.at[index] as number)
  }
}
