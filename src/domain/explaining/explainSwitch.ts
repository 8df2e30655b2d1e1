import type { Transition } from '../history/history.ts'
import { uncountedMs } from '../rule/coverage.ts'
import type { ExplainingEvidence } from './explainingEvidence.ts'
import type { ExplainedSwitch, Prevention, Silence } from './explanation.ts'
import { gapsWithin } from './gaps.ts'
import { chooseTarget, type RuleBook } from './targetChoice.ts'
import { firstSignAfter, lastSignUpTo, type Sign, sessionsUpTo } from './trace.ts'

/** `offline-after` can't be longer (contract §1). */
const longestWaitMs = 24 * 60 * 60_000

/** The last automatic switch up to the instant, with its evidence; null where there was none. */
export function explainSwitch(evidence: ExplainingEvidence): ExplainedSwitch | null {
  const { transitions, trace, catalogue, state } = evidence
  const index = transitions.findLastIndex(({ cause }) => cause === 'auto-offline')
  const transition = transitions[index]
  if (transition === undefined) return null
  const since = transitions[index - 1]?.at ?? evidence.start ?? transition.lastSeen ?? transition.at
  const rules = evidence.rulesAtSwitch ?? catalogue
  const silence = silenceBefore(evidence, { transition, since, rules })
  const kept = silence.base < evidence.lostBefore ? null : trace
  const back = kept === null ? null : firstSignAfter(kept, silence.base)
  const ticked = state.coverage.tickedFrom
  const isCovered = ticked !== null && ticked <= silence.deadline && rules.settings.feedTimeoutMs !== null
  return {
    transition,
    since,
    silence,
    delay: delayOf(evidence, transition, { silence, rules, isCovered }),
    guard: rules.settings.massGuard,
    target: chooseTarget(rules),
    sessions: kept === null ? [] : sessionsUpTo(kept, silence.base),
    back,
    preventedBy: preventionsOf(evidence, { silence, back, rules }),
  }
}

function silenceBefore(
  { state, trace }: ExplainingEvidence,
  stay: { readonly transition: Transition; readonly since: number; readonly rules: RuleBook },
): Silence {
  const { transition, since, rules } = stay
  const lastSeen = transition.lastSeen ?? Number.NEGATIVE_INFINITY
  const base = Math.max(lastSeen, since)
  const deadline = transition.due ?? transition.at
  const offlineAfterMs = rules.settings.offlineAfterMs ?? deadline - base
  const last = trace === null ? null : lastSignUpTo(trace, base)
  return {
    base,
    basis: lastSeen >= since ? 'sign-of-life' : 'stay-began',
    sign: last?.at === base ? last : null,
    offlineAfterMs,
    uncountedMs: deadline - base - offlineAfterMs,
    gaps: gapsWithin(state, { from: base, to: deadline }),
    deadline,
  }
}

function delayOf(
  { held }: ExplainingEvidence,
  { at, operator }: Transition,
  about: { readonly silence: Silence; readonly rules: RuleBook; readonly isCovered: boolean },
): ExplainedSwitch['delay'] {
  const { base, deadline } = about.silence
  const { massGuard, feedTimeoutMs } = about.rules.settings
  const ms = at - deadline
  if (ms <= 0) return { by: 'nothing', ms: 0 }
  if (massGuard === null) return { by: 'next-record', ms }
  if (held !== null) {
    const wasHeld = held.some((wave) => wave.at > base && wave.at <= deadline && wave.operators.includes(operator))
    return { by: wasHeld ? 'guard' : 'next-record', ms }
  }
  if (!about.isCovered) return { by: 'guard', ms }
  // A record completes covered time at most the feed's time-out after the deadline.
  return { by: ms <= (feedTimeoutMs ?? 0) ? 'next-record' : 'guard-or-late-record', ms }
}

function preventionsOf(
  { state }: ExplainingEvidence,
  about: {
    readonly silence: Silence
    readonly back: Sign | null
    readonly rules: RuleBook
  },
): Prevention[] {
  const { silence, back, rules } = about
  const preventions: Prevention[] = [{ kind: 'sign-of-life', until: silence.deadline }]
  if (back !== null && back.at > silence.deadline) {
    const atLeastMs = back.at - silence.base - uncountedMs(state.coverage, silence.base, back.at)
    if (atLeastMs <= longestWaitMs) preventions.push({ kind: 'longer-wait', atLeastMs })
  }
  const silent = rules.statuses.filter(({ canReceive }) => !canReceive).map(({ id }) => id)
  if (silent.length > 0) preventions.push({ kind: 'other-status', statuses: silent })
  preventions.push({ kind: 'rule-off' })
  return preventions
}
