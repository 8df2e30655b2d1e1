import type { NothingBecause, Outlook } from '../../domain/explaining/explanation.ts'
import { unreachable } from '../../domain/result.ts'
import { formatTime } from '../../domain/time.ts'
import { capitalized } from '../catalogue/outcome.ts'
import { durationText } from '../painting/durationText.ts'
import type { Line, Telling } from './explanationText.ts'
import { quoted } from './phrases.ts'
import { silenceLines } from './silenceWords.ts'

/** What the rule will do, or why it will do nothing. */
export function outlookLines(telling: Telling): Line[] {
  const { explanation, nameOf } = telling
  const { outlook, at, target, row } = explanation
  if (outlook.kind === 'nothing') return [['', `Nothing, because ${reasonWords(outlook.because, telling)}.`]]
  const to = quoted(nameOf(target.status))
  return [['', sentence(outlook, { to, at, connected: row.sessions > 0 })], ...silenceLines(outlook.silence)]
}

function sentence(
  outlook: Exclude<Outlook, { kind: 'nothing' }>,
  { to, at, connected }: { readonly to: string; readonly at: number; readonly connected: boolean },
): string {
  if (outlook.kind === 'overdue') {
    return `Overdue since ${formatTime(outlook.switchAt)}: the next look of a watcher switches to ${to} (is one running?).`
  }
  const ahead = durationText(Math.max(0, outlook.switchAt - at))
  const what = `a switch to ${to} at ${formatTime(outlook.switchAt)}, in ${ahead}`
  if (outlook.held) return `Held by the mass guard: ${what}, unless a sign of life comes before.`
  return connected
    ? `Nothing as long as the panel is heard; if it falls silent now, ${what}.`
    : `${capitalized(what)}, unless a sign of life comes before.`
}

function reasonWords(because: NothingBecause, { explanation, nameOf }: Telling): string {
  const status = quoted(nameOf(explanation.row.status))
  switch (because.reason) {
    case 'not-receiving':
      return `${status} can't receive, so the rule does not apply: a status record or an administrator ends the stay`
    case 'rule-off':
      return 'offline-after is never: the rule is off'
    case 'no-target':
      return 'every status can receive, so there is none to switch to: add one with opstat status create NAME'
    case 'feed-silent':
      return `the feed has been silent since ${formatTime(because.since)}: while it is, silence says nothing about anybody`
    case 'not-recorded':
      return 'no stay is recorded yet: it begins when a command or the watcher first records the operator'
    case 'not-in-roster':
      return 'the operator is not in the roster'
    case 'feed-not-kept':
      return 'when the operator was last seen is not known: the feed is not kept so far back'
    default:
      return unreachable(because)
  }
}
