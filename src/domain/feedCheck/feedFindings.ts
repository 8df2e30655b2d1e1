import { compareIds } from '../order.ts'
import type { SkippedCounts, SkipReason } from '../records/records.ts'
import type { FeedFinding } from './feedFinding.ts'
import type { OperatorTrace, Survey } from './survey.ts'

export interface LinesRead {
  readonly lines: number
  readonly skipped: SkippedCounts
  readonly firstSkipped: Partial<Record<SkipReason, { readonly line: number; readonly excerpt: string }>>
  readonly endsInNewline: boolean
  readonly hasCatalogue: boolean
}

/** Everything that was found, what concerns the whole feed first. */
export function feedFindings(survey: Survey, read: LinesRead): FeedFinding[] {
  return [
    summaryOf(survey, read),
    ...(read.hasCatalogue ? [] : [{ finding: 'no-catalogue' as const }]),
    ...skippedLines(read),
    ...unknownNames('operator', survey.unknownOperators),
    ...unknownNames('status', survey.unknownStatuses),
    ...stamps(survey),
    ...skewedClocks(survey),
    ...slowBeats(survey),
    ...lateReturns(survey),
    ...gaps(survey),
    ...(survey.duplicates === 0 ? [] : [{ finding: 'duplicates' as const, count: survey.duplicates }]),
    ...(survey.ticks > 0 || survey.records === 0 ? [] : [{ finding: 'no-ticks' as const }]),
    ...(read.endsInNewline ? [] : [{ finding: 'unfinished-line' as const }]),
  ]
}

function summaryOf({ records, ticks, from, clock, operators, sessions }: Survey, { lines }: LinesRead): FeedFinding {
  return {
    finding: 'feed',
    lines,
    records,
    from: Number.isFinite(from) ? from : null,
    to: Number.isFinite(clock) ? clock : null,
    operators: operators.length,
    sessions: sessions.length,
    ticks,
  }
}

function skippedLines({ skipped, firstSkipped }: LinesRead): FeedFinding[] {
  return (Object.keys(skipped) as SkipReason[]).flatMap((reason): FeedFinding[] => {
    const first = firstSkipped[reason]
    // Unknown names are told by themselves, each.
    if (first === undefined || reason === 'unknownOperator' || reason === 'unknownStatus') return []
    return [{ finding: 'skipped', reason, count: skipped[reason], line: first.line, excerpt: first.excerpt }]
  })
}

function unknownNames(of: 'operator' | 'status', counts: ReadonlyMap<string, number>): FeedFinding[] {
  if (counts.size === 0) return []
  const names = [...counts].sort(([a, more], [b, most]) => most - more || compareIds(a, b)).map(([name]) => name)
  return [{ finding: 'unknown-names', of, names, count: [...counts.values()].reduce((sum, count) => sum + count, 0) }]
}

function stamps({ inSeconds, ahead, backwards }: Survey): FeedFinding[] {
  return [
    ...(inSeconds === 0 ? [] : [{ finding: 'in-seconds' as const, count: inSeconds }]),
    ...(ahead.count === 0 ? [] : [{ finding: 'ahead' as const, ...ahead }]),
    ...(backwards.count === 0 ? [] : [{ finding: 'backwards' as const, ...backwards }]),
  ]
}

const leastPairs = 5
const mostlyWrong = 0.6

/** Most pairs with a neighbour in the wrong order: not records that overtook each other, but another clock. */
function skewedClocks({ operators }: Survey): FeedFinding[] {
  return operators.flatMap(({ id, before, after }: OperatorTrace): FeedFinding[] => {
    const isSkewed = ({ count, wrong }: OperatorTrace['before']) => wrong >= leastPairs && wrong >= mostlyWrong * count
    if (isSkewed(after)) {
      return [{ finding: 'skewed-clock', operator: id, direction: 'behind', byMs: after.wrongMs / after.wrong }]
    }
    if (!isSkewed(before)) return []
    return [{ finding: 'skewed-clock', operator: id, direction: 'ahead', byMs: before.wrongMs / before.wrong }]
  })
}

/** Beats should come every 30 s; browsers slow timers of background tabs down to one a minute. */
const slowMs = 45_000
const leastDistances = 3

function slowBeats({ sessions, operators, rule }: Survey): FeedFinding[] {
  const slow = sessions
    .filter(({ distances }) => distances.length >= leastDistances)
    .map(({ operator, distances }) => ({ operator, typicalMs: medianOf(distances) }))
    .filter(({ typicalMs }) => typicalMs >= slowMs)
  if (slow.length === 0) return []
  const typicalMs = Math.max(...slow.map((session) => session.typicalMs))
  const { offlineAfterMs, sessionTimeoutMs } = rule
  const effect =
    typicalMs > (offlineAfterMs ?? Number.POSITIVE_INFINITY)
      ? 'switched'
      : typicalMs > sessionTimeoutMs
        ? 'looks-gone'
        : 'near'
  return [{ finding: 'slow-beats', operators: namesIn(operators, slow), sessions: slow.length, typicalMs, effect }]
}

function lateReturns({ returns, operators, rule }: Survey): FeedFinding[] {
  const longest = returns.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0]
  if (longest === undefined || rule.offlineAfterMs === null) return []
  const { session, from, to } = longest
  return [
    {
      finding: 'late-returns',
      operators: namesIn(operators, returns),
      count: returns.length,
      longest: { operator: (operators[longest.operator] as OperatorTrace).id, session, from, to },
      offlineAfterMs: rule.offlineAfterMs,
    },
  ]
}

/** A silence while nobody had a session open is a quiet hour, not a gap. */
function gaps({ gaps: all, ticks, rule }: Survey): FeedFinding[] {
  const found = ticks > 0 ? all : all.filter(({ open }) => open > 0)
  const longest = found.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0]
  if (longest === undefined) return []
  const { from, to } = longest
  const { feedTimeoutMs } = rule
  return [{ finding: 'gaps', count: found.length, longest: { from, to }, covered: ticks > 0, feedTimeoutMs }]
}

function namesIn(operators: readonly OperatorTrace[], of: readonly { readonly operator: number }[]): string[] {
  const places = new Set(of.map(({ operator }) => operator))
  return [...places].map((place) => (operators[place] as OperatorTrace).id).sort(compareIds)
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
}
