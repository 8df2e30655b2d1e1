import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { staysOf, transitionsByOperator } from '../../domain/history/stayLines.ts'
import type { ReplayResult, TimeRow } from '../../domain/replay/replay.ts'
import type { PresenceEvent } from '../../domain/rule/events.ts'
import { formatTime } from '../../domain/time.ts'
import { counted } from '../catalogue/outcome.ts'
import { durationText } from '../painting/durationText.ts'
import type { Paint } from '../painting/paint.ts'
import { type Column, renderTable, type TableCell } from '../painting/table.ts'
import { timelineText } from '../painting/timeline.ts'
import { comparisonText } from '../reports/comparison.ts'
import { complianceRows } from '../reports/complianceTable.ts'
import { sumColumns } from '../reports/timeTable.ts'
import type { Simulation } from './simulation.ts'

export function simulationText(simulation: Simulation, paint: Paint): string {
  const { result, expectations } = simulation
  if (result.from === null) return summaryOf(simulation)
  const sections = [
    summaryOf(simulation),
    simulation.showsTimeline ? timelineOf(simulation, paint) : '',
    transitionsOf(simulation, paint),
    timeTable(simulation, paint),
    simulation.compliance === null ? '' : complianceRows(simulation.compliance, paint),
    inquiriesOf(result, paint),
    result.problems.map(problemText).join('\n'),
    expectationsOf(expectations, paint),
    simulation.comparison === null ? '' : comparisonText(simulation.comparison, paint),
  ]
  return sections.filter((section) => section !== '').join('\n\n')
}

function summaryOf({ result, skipped, skippedNotes }: Simulation): string {
  if (result.from === null || result.to === null) return ['Nothing to play: no records.', ...skippedNotes].join('\n')
  const passedOver = Object.values(skipped).reduce((sum, count) => sum + count, 0)
  const counts = [
    counted(result.records, 'record'),
    ...(result.late > 0 ? [`${result.late} of them late`] : []),
    ...(result.beyond > 0 ? [`${result.beyond} after the end`] : []),
    ...(passedOver > 0 ? [`${counted(passedOver, 'line')} passed over`] : []),
  ]
  return [`Played ${formatTime(result.from)} to ${formatTime(result.to)}: ${counts.join(', ')}.`, ...skippedNotes].join(
    '\n',
  )
}

function timelineOf({ result, catalogue }: Simulation, paint: Paint): string {
  if (result.from === null || result.to === null) return ''
  const window = { from: result.from, to: result.to }
  const byOperator = transitionsByOperator(result.transitions)
  const statusOf = (id: string) =>
    catalogue.statuses.find((status) => status.id === id) as Catalogue['statuses'][number]
  const rows = result.operators.map(({ operator }) => {
    const transitions = byOperator.get(operator) ?? []
    const start = statusOf(result.startStatus.get(operator) as string)
    return {
      label: operator,
      stays: staysOf({ start, transitions, window, statusOf }),
      switches: transitions.filter(({ cause }) => cause === 'auto-offline').map(({ at }) => at),
    }
  })
  return timelineText({ window, rows, statuses: catalogue.statuses }, paint)
}

function transitionsOf({ result, catalogue }: Simulation, paint: Paint): string {
  if (result.transitions.length === 0) return 'Nobody changed status.'
  const name = (id: string | null): string => catalogue.statuses.find((status) => status.id === id)?.name ?? id ?? ''
  const rows = result.transitions.map(({ at, operator, from, to, cause, lastSeen }): TableCell[] => [
    formatTime(at),
    operator,
    name(from),
    name(to),
    cause,
    cause === 'auto-offline' ? (lastSeen === null ? 'never seen' : `last seen ${formatTime(lastSeen)}`) : '',
  ])
  return renderTable(transitionColumns, rows, paint)
}

const transitionColumns: readonly Column[] = [
  { header: 'at' },
  { header: 'operator', shrinksTo: 12 },
  { header: 'from', shrinksTo: 8, leaves: 2 },
  { header: 'to', shrinksTo: 8 },
  { header: 'cause' },
  { header: 'why', leaves: 1 },
]

function timeTable({ result }: Simulation, paint: Paint): string {
  if (result.time.length === 0) return ''
  return renderTable(timeColumns, result.time.map(timeCells), paint)
}

const timeColumns: readonly Column[] = [
  { header: 'operator', shrinksTo: 12 },
  { header: 'status', shrinksTo: 12 },
  ...sumColumns,
]

function timeCells(row: TimeRow): TableCell[] {
  return [
    row.operator,
    row.name,
    row.stays,
    ...[row.wallMs, row.dialogueMs, row.countedMs, row.absentMs].map(durationText),
  ]
}

function inquiriesOf(result: ReplayResult, paint: Paint): string {
  if (result.inquiries.length === 0) return ''
  const columns = ['inquiry at', 'inquiry', 'eligible', 'of them absent'].map((header, index) => ({
    header,
    ...(index === 0 ? {} : { shrinksTo: 12 }),
    ...(index === 3 ? { leaves: 1 } : {}),
  }))
  const rows = result.inquiries.map(({ at, inquiry, eligible, absent }) => [
    formatTime(at),
    inquiry,
    eligible.join(' ') || 'nobody',
    absent.join(' ') || 'nobody',
  ])
  return renderTable(columns, rows, paint)
}

function expectationsOf({ passed, failed }: Simulation['expectations'], paint: Paint): string {
  if (passed + failed.length === 0) return ''
  if (failed.length === 0) return `All ${passed} expectations hold.`
  const columns = ['at', 'operator', 'expected', 'was in'].map((header) => ({ header }))
  const rows = failed.map(({ at, operator, status, actual }) => [formatTime(at), operator, status, actual])
  return `${failed.length} of ${passed + failed.length} expectations failed:\n${renderTable(columns, rows, paint)}`
}

function problemText(event: PresenceEvent): string {
  if (event.type === 'held') {
    return `At ${formatTime(event.at)} the guard held ${event.operators.length} switches until ${formatTime(event.until)}: ${event.operators.join(' ')}`
  }
  if (event.type === 'released')
    return `At ${formatTime(event.at)} the guard released ${event.operators.length} switches: ${event.operators.join(' ')}`
  if (event.type === 'unswitchable') {
    return `${event.operator} should have been switched at ${formatTime(event.at)}, but every status can receive: add one that can't with 'opstat status create NAME'.`
  }
  return ''
}
