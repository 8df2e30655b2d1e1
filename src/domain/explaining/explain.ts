import { isSilent, presenceRow } from '../presence/presence.ts'
import { isReceiving, operatorNamed, type PresenceState } from '../presence/presenceState.ts'
import { isCovered } from '../rule/coverage.ts'
import { activeSessions } from '../rule/folding/foldRecord.ts'
import { deadlineOf, triggerOf } from '../rule/triggers.ts'
import type { ExplainingEvidence } from './explainingEvidence.ts'
import { explainSwitch } from './explainSwitch.ts'
import type { ExplainedSession, Explanation, NothingBecause, Outlook } from './explanation.ts'
import { gapsWithin } from './gaps.ts'
import { chooseTarget } from './targetChoice.ts'
import { lastSignUpTo, sessionsUpTo, type Trace } from './trace.ts'

const mostChanges = 20

/** Why the operator is where they are at the instant, and what will happen (contract §2, `presence explain`). */
export function explain(evidence: ExplainingEvidence): Explanation {
  const { state, at, operator, transitions, trace, source, catalogue } = evidence
  const lastSwitch = explainSwitch(evidence)
  const entered = transitions.at(-1) ?? null
  const from = Math.min(lastSwitch?.since ?? at, entered?.at ?? at)
  const feed = trace === null || trace.from === null || trace.to === null ? null : { from: trace.from, to: trace.to }
  return {
    at,
    source,
    row: presenceRow(state, operator, at),
    sessions: trace === null || at < evidence.lostBefore ? [] : explainSessions(evidence, trace),
    entered,
    lastSwitch,
    outlook: outlookOf(evidence),
    target: chooseTarget(catalogue),
    changes: evidence.concerning.filter((entry) => entry.at >= from).slice(-mostChanges),
    next: evidence.next,
    feed,
    lostBefore: evidence.lostBefore,
  }
}

function explainSessions({ state, at, operator }: ExplainingEvidence, trace: Trace): ExplainedSession[] {
  const timeoutMs = state.rule.sessionTimeoutMs
  // None is active that the presence does not count: a session may have been heard only by a record that was skipped.
  const mayBeActive = activeSessions(state, operatorNamed(state, operator.id), at) > 0
  // A stamp may be a little ahead of the present.
  return sessionsUpTo(trace, Math.max(at, state.clock)).map((session) => ({
    ...session,
    active: mayBeActive && session.event !== 'close' && at - session.at <= timeoutMs,
  }))
}

function outlookOf(evidence: ExplainingEvidence): Outlook {
  const { state, at, trace } = evidence
  const index = operatorNamed(state, evidence.operator.id)
  const because = reasonForNothing(state, index, evidence)
  if (because !== null) return { kind: 'nothing', because }
  const { columns, rule } = state
  const [lastSeen, since] = [columns.lastSeen[index] as number, columns.since[index] as number]
  const base = Math.max(lastSeen, since)
  const deadline = deadlineOf(state, index)
  const offlineAfterMs = rule.offlineAfterMs as number
  const last = trace === null ? null : lastSignUpTo(trace, base)
  const silence = {
    base,
    basis: lastSeen >= since ? ('sign-of-life' as const) : ('stay-began' as const),
    sign: last?.at === base ? last : null,
    offlineAfterMs,
    uncountedMs: deadline - base - offlineAfterMs,
    gaps: gapsWithin(state, { from: base, to: deadline }),
    deadline,
  }
  const switchAt = triggerOf(state, index)
  const held = !Number.isNaN(columns.heldFrom[index] as number)
  const isOver = isCovered(state) ? switchAt <= state.clock : switchAt < at
  return isOver ? { kind: 'overdue', silence, switchAt } : { kind: 'switch-ahead', silence, switchAt, held }
}

/** Why nothing will happen; null: a switch is ahead. */
function reasonForNothing(
  state: PresenceState,
  index: number,
  { at, lostBefore }: Pick<ExplainingEvidence, 'at' | 'lostBefore'>,
): NothingBecause | null {
  if (state.columns.present[index] !== 1) return { reason: 'not-in-roster' }
  if (state.columns.status[index] === -1) return { reason: 'not-recorded' }
  if (!isReceiving(state, index)) return { reason: 'not-receiving' }
  if (state.rule.offlineAfterMs === null) return { reason: 'rule-off' }
  if (state.rule.target === -1) return { reason: 'no-target' }
  if (state.columns.since[index] === Number.NEGATIVE_INFINITY) return { reason: 'not-recorded' }
  if (at < lostBefore) return { reason: 'feed-not-kept' }
  return isSilent(state, at) ? { reason: 'feed-silent', since: state.clock } : null
}
