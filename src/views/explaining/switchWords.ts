import type { ExplainedSwitch, Prevention } from '../../domain/explaining/explanation.ts'
import { unreachable } from '../../domain/result.ts'
import { formatDuration, formatTime } from '../../domain/time.ts'
import { listed } from '../catalogue/outcome.ts'
import { durationText } from '../painting/durationText.ts'
import { keepsFeed } from './explanationShape.ts'
import type { Line, Telling } from './explanationText.ts'
import { quoted, signText } from './phrases.ts'
import { silenceLines } from './silenceWords.ts'
import { candidateLines } from './targetWords.ts'

/** The evidence of an automatic switch, from the last sign of life to what would have prevented it. */
export function switchLines(explained: ExplainedSwitch, { nameOf, explanation }: Telling): Line[] {
  const { transition, since, silence, sessions, target } = explained
  const { from, to, at } = transition
  return [
    ['stay', `${quoted(nameOf(from))} since ${formatTime(since)}, which can receive`],
    ...sessions
      .slice(0, 3)
      .map(
        ({ session, event, at: heard }, index): Line => [
          index === 0 ? 'heard last' : '',
          `${session}: ${event} at ${formatTime(heard)}`,
        ],
      ),
    ...silenceLines(silence),
    ['switched', `${formatTime(at)} to ${quoted(nameOf(to))}, ${delayWords(explained)}`],
    ...candidateLines(target, nameOf),
    ['came back', backWords(explained, keepsFeed(explanation, explained.silence.base) ? 'kept' : 'not-kept')],
    ...explained.preventedBy.map(
      (prevention, index): Line => [index === 0 ? 'prevented by' : 'or', preventionWords(prevention, nameOf)],
    ),
  ]
}

function delayWords({ delay, guard }: ExplainedSwitch): string {
  switch (delay.by) {
    case 'nothing':
      return guard === null ? 'at the deadline' : 'at the deadline; the mass guard was on and did not hold it'
    case 'guard':
      return `${durationText(delay.ms)} after the deadline: the mass guard held it`
    case 'guard-or-late-record':
      return `${durationText(delay.ms)} after the deadline: the mass guard held it, or a late record brought it about`
    case 'next-record':
      return `${durationText(delay.ms)} after the deadline: the next record of the feed completed the covered time`
    default:
      return unreachable(delay.by)
  }
}

function backWords({ back, silence }: ExplainedSwitch, feed: 'kept' | 'not-kept'): string {
  if (feed === 'not-kept') return 'not known: the feed is not kept'
  if (back === null) return 'not since, as far as the feed says'
  if (back.at <= silence.deadline) return `${signText(back)}: in time, but its record came too late to be known`
  return `${signText(back)}, ${durationText(back.at - silence.deadline)} after the deadline`
}

function preventionWords(prevention: Prevention, nameOf: Telling['nameOf']): string {
  switch (prevention.kind) {
    case 'sign-of-life':
      return `an open, beat, close or status record stamped up to ${formatTime(prevention.until)}`
    case 'longer-wait':
      return `an offline-after of at least ${formatDuration(Math.ceil(prevention.atLeastMs / 1000) * 1000)}`
    case 'other-status':
      return `choosing a status that can't receive before leaving: ${listed(prevention.statuses.map((id) => quoted(nameOf(id))))}`
    case 'rule-off':
      return 'offline-after never, for everybody'
    default:
      return unreachable(prevention)
  }
}
