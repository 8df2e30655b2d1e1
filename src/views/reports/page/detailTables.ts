import type { AbsenceRow } from '../../../domain/reports/absence/absence.ts'
import type { Advice } from '../../../domain/reports/absence/adviser.ts'
import type { ComplianceRow } from '../../../domain/reports/compliance/compliance.ts'
import type { OperatorTime } from '../../../domain/reports/timeReport.ts'
import { formatDuration } from '../../../domain/time.ts'
import { durationText } from '../../painting/durationText.ts'
import { complianceCells } from '../complianceTable.ts'
import type { DataTable } from './dataTable.ts'

/** The rows of `report time`; what is not recorded has a row of its own. */
export function timeDetail(times: readonly OperatorTime[]): DataTable {
  const cut = times.some(({ day }) => day !== null)
  return {
    title: 'Time in each status',
    caption:
      'Counted: for statuses that count after close the time without a dialogue, otherwise all of it. Gone: before an automatic switch, the time since the last sign of life or the beginning of the stay.',
    columns: ['Operator', ...(cut ? ['Day'] : []), 'Status', 'Stays', 'Time', 'With dialogues', 'Counted', 'Gone'],
    rows: times.flatMap(({ operator, day, rows, unknownMs }) => {
      const place = [operator, ...(cut ? [day ?? ''] : [])]
      const known = rows.map(({ name, stays, wallMs, dialogueMs, countedMs, absentMs }) => [
        ...[...place, name, String(stays)],
        ...[wallMs, dialogueMs, countedMs, absentMs].map(durationText),
      ])
      const unknown = unknownMs === 0 ? [] : [[...place, 'not recorded', '-', durationText(unknownMs), '-', '-', '-']]
      return [...known, ...unknown]
    }),
  }
}

export function complianceDetail(rows: readonly ComplianceRow[]): DataTable {
  return {
    title: 'Against the plan',
    caption:
      'Adherence: scheduled time in which the operator did what was planned, of all scheduled time. Conformance: all time worked, of the time planned for work.',
    columns: [
      'Operator',
      'Day',
      'Scheduled',
      'Adherent',
      'Adherence',
      'Worked',
      'Conformance',
      'Late',
      'Left early',
      'Not recorded',
    ],
    rows: rows.map(complianceCells),
  }
}

export function absenceDetail(rows: readonly AbsenceRow[]): DataTable {
  const cut = rows.some(({ day }) => day !== null)
  const count = (value: number | null) => (value === null ? 'not known' : String(value))
  return {
    title: 'Automatic switches',
    caption:
      'Reconnects: silences that ended before a switch. False offline: a sign of life within ten minutes after a switch. Flaps: back in a receiving status within ten minutes. Ghost time: from the last sign of life to the switch.',
    columns: ['Operator', ...(cut ? ['Day'] : []), 'Switches', 'Reconnects', 'False offline', 'Flaps', 'Ghost time'],
    rows: rows.map((row) => [
      ...[row.operator, ...(cut ? [row.day ?? ''] : []), String(row.switches), count(row.reconnects)],
      ...[count(row.falseOffline), String(row.flaps), durationText(row.ghostMs)],
    ]),
  }
}

export function adviceDetail(advice: readonly Advice[]): DataTable {
  return {
    title: 'The same as numbers',
    caption: 'What other values of offline-after would have done to the whole feed.',
    columns: ['offline-after', 'Switches', 'Came back within ten minutes', 'Ghost time'],
    rows: advice.map(({ offlineAfterMs, switches, returned, ghostMs }) => [
      ...[formatDuration(offlineAfterMs), String(switches), String(returned), durationText(ghostMs)],
    ]),
  }
}
