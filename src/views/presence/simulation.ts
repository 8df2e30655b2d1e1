import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { eachPresence } from '../../domain/presence/presence.ts'
import type { SkippedCounts } from '../../domain/records/records.ts'
import type { FailedExpectation } from '../../domain/replay/expectations.ts'
import type { Replay, ReplayResult } from '../../domain/replay/replay.ts'
import { eachTimeRow, eachTransition } from '../../domain/replay/replayResult.ts'
import type { Comparison } from '../../domain/reports/absence/comparison.ts'
import type { ComplianceRow } from '../../domain/reports/compliance/compliance.ts'
import type { PresenceEvent } from '../../domain/rule/events.ts'
import { formatTime } from '../../domain/time.ts'
import { comparisonShape } from '../reports/comparison.ts'
import { complianceShape } from '../reports/complianceTable.ts'
import { rowsOf } from '../rows.ts'
import { presenceShape, timeOrNull, timeRowShape, transitionShape } from './presenceShapes.ts'

/** What `presence simulate` found. */
export interface Simulation {
  /** Finished; its long lists are gone through row by row. */
  readonly replay: Replay
  readonly result: ReplayResult
  readonly catalogue: Catalogue
  readonly skipped: SkippedCounts
  /** Sentences about lines that were passed over, the first of each reason. */
  readonly skippedNotes: readonly string[]
  readonly expectations: { readonly passed: number; readonly failed: readonly FailedExpectation[] }
  readonly showsTimeline: boolean
  /** Against the present settings; null where that was not asked for. */
  readonly comparison: Comparison | null
  /** Against the calendars; null where there are none. */
  readonly compliance: readonly ComplianceRow[] | null
}

/** The shape of contract §6. */
export function simulationShape({
  replay,
  result,
  catalogue,
  skipped,
  expectations,
  comparison,
  compliance,
}: Simulation): Record<string, unknown> {
  return {
    from: timeOrNull(result.from),
    to: timeOrNull(result.to),
    records: result.records,
    beyond: result.beyond,
    late: result.late,
    skipped,
    transitions: rowsOf(() => eachTransition(replay), transitionShape),
    operators: rowsOf(
      () => (result.to === null ? [] : eachPresence(replay.state, catalogue, result.to)),
      presenceShape,
    ),
    time: rowsOf(() => eachTimeRow(replay, result.to), timeRowShape),
    inquiries: result.inquiries.map(({ at, inquiry, eligible, absent }) => ({
      at: formatTime(at),
      inquiry,
      eligible,
      absent,
    })),
    expectations: {
      passed: expectations.passed,
      failed: expectations.failed.map(({ at, operator, status, actual }) => ({
        at: formatTime(at),
        operator,
        expected: status,
        actual,
      })),
    },
    problems: result.problems.map(problemShape),
    ...(compliance === null ? {} : { compliance: compliance.map(complianceShape) }),
    ...(comparison === null ? {} : { compare: comparisonShape(comparison) }),
  }
}

function problemShape(event: PresenceEvent): Record<string, unknown> {
  const { type, at, ...rest } = event as Extract<PresenceEvent, { type: 'held' | 'released' | 'unswitchable' }>
  if (type === 'unswitchable') return { problem: 'no-target', at: formatTime(at), ...rest }
  const times = Object.entries(rest).map(([key, value]) => [key, typeof value === 'number' ? formatTime(value) : value])
  return { problem: type, at: formatTime(at), ...Object.fromEntries(times) }
}
