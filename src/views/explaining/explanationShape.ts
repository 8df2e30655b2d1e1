import type { ExplainedSwitch, Explanation, Outlook, Prevention, Silence } from '../../domain/explaining/explanation.ts'
import type { LastRecord, Sign } from '../../domain/explaining/trace.ts'
import type { Span } from '../../domain/history/accounting.ts'
import { unreachable } from '../../domain/result.ts'
import { formatTime } from '../../domain/time.ts'
import { historyShape } from '../history/historyTable.ts'
import { presenceShape, timeOrNull, transitionShape } from '../presence/presenceShapes.ts'

/**
 * An explanation for programs: the row of `presence show` as of `at`, then `cause`, `deadline` and `target` of the
 * switch that the present stay came from, or of the one that is ahead, then the evidence. Times as UTC text.
 */
export function explanationShape(explanation: Explanation): Record<string, unknown> {
  const { at, row, entered, lastSwitch, outlook, sessions, feed, lostBefore, next } = explanation
  const switched = isSwitched(explanation)
  const isLost = at < lostBefore
  return {
    at: formatTime(at),
    source: explanation.source,
    ...presenceShape(row),
    ...(isLost ? unknownOfRow : {}),
    sessionRecords: sessions.map(({ active, ...session }) => ({ ...lastRecordShape(session), active })),
    cause: entered?.cause ?? null,
    by: entered?.by ?? null,
    deadline: timeOrNull(switched ? (lastSwitch?.silence.deadline ?? null) : deadlineOf(outlook)),
    target: switched ? (lastSwitch?.transition.to ?? null) : isLost ? null : row.switchTo,
    entered: entered === null ? null : transitionShape(entered),
    switch: lastSwitch === null ? null : switchShape(lastSwitch),
    outlook: outlookShape(outlook),
    targetChoice: explanation.target,
    changes: explanation.changes.map(historyShape),
    next: next === null ? null : transitionShape(next),
    feed: feed === null ? null : spanShape(feed),
  }
}

/** What only the feed could have said. */
const unknownOfRow = { presence: null, sessions: null, dialogues: null, switchAt: null, switchTo: null }

/** Is the feed kept as far back as the instant? */
export function keepsFeed({ feed, lostBefore }: Explanation, instant: number): boolean {
  return feed !== null && instant >= lostBefore
}

/** Did an automatic switch begin the stay that the operator is in? */
export function isSwitched({ entered }: Explanation): boolean {
  return entered?.cause === 'auto-offline'
}

function deadlineOf(outlook: Outlook): number | null {
  return outlook.kind === 'nothing' ? null : outlook.silence.deadline
}

function switchShape(explained: ExplainedSwitch): Record<string, unknown> {
  const { transition, since, silence, delay, guard, target, sessions, back, preventedBy } = explained
  return {
    ...transitionShape(transition),
    since: formatTime(since),
    silence: silenceShape(silence),
    delay,
    guard,
    target,
    sessions: sessions.map(lastRecordShape),
    back: back === null ? null : signShape(back),
    preventedBy: preventedBy.map(preventionShape),
  }
}

function outlookShape(outlook: Outlook): Record<string, unknown> {
  switch (outlook.kind) {
    case 'nothing':
      return 'since' in outlook.because
        ? { kind: 'nothing', because: outlook.because.reason, since: timeOrNull(outlook.because.since) }
        : { kind: 'nothing', because: outlook.because.reason }
    case 'overdue':
      return { kind: 'overdue', switchAt: formatTime(outlook.switchAt), silence: silenceShape(outlook.silence) }
    case 'switch-ahead': {
      const { switchAt, held, silence } = outlook
      return { kind: 'switch-ahead', switchAt: formatTime(switchAt), held, silence: silenceShape(silence) }
    }
    default:
      return unreachable(outlook)
  }
}

function silenceShape({
  base,
  basis,
  sign,
  offlineAfterMs,
  uncountedMs,
  gaps,
  deadline,
}: Silence): Record<string, unknown> {
  return {
    from: formatTime(base),
    basis,
    sign: sign === null ? null : signShape(sign),
    offlineAfterMs,
    uncountedMs,
    gaps: gaps.map(spanShape),
    deadline: formatTime(deadline),
  }
}

function preventionShape(prevention: Prevention): Record<string, unknown> {
  return prevention.kind === 'sign-of-life' ? { ...prevention, until: formatTime(prevention.until) } : { ...prevention }
}

function lastRecordShape({ session, event, at }: LastRecord): Record<string, unknown> {
  return { session, event, at: formatTime(at) }
}

function signShape({ at, event, session }: Sign): Record<string, unknown> {
  return { at: formatTime(at), event, session }
}

function spanShape({ from, to }: Span): Record<string, unknown> {
  return { from: formatTime(from), to: formatTime(to) }
}
