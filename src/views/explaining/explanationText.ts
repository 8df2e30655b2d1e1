import type { Explanation } from '../../domain/explaining/explanation.ts'
import { formatTime } from '../../domain/time.ts'
import { whatWords } from '../history/historyTable.ts'
import { hanging } from '../painting/hanging.ts'
import type { Paint } from '../painting/paint.ts'
import { printable } from '../painting/printable.ts'
import { isSwitched, keepsFeed } from './explanationShape.ts'
import { outlookLines } from './outlookWords.ts'
import { quoted, whenText } from './phrases.ts'
import { switchLines } from './switchWords.ts'
import { candidateLines } from './targetWords.ts'

/** A label and what is said about it; an empty label goes on with the one above. */
export type Line = readonly [label: string, text: string]

/** What an explanation is told with: names of statuses, and the instant it is about. */
export interface Telling {
  readonly nameOf: (status: string | null) => string
  readonly explanation: Explanation
}

/** The chain of evidence in words: where the operator is and why, what will happen, and what would have prevented it. */
export function explanationText(explanation: Explanation, nameOf: Telling['nameOf'], paint: Paint): string {
  const telling: Telling = { nameOf, explanation }
  const switched = isSwitched(explanation)
  const { lastSwitch } = explanation
  const sections: { title: string; lines: readonly Line[] }[] = [
    { title: headline(telling), lines: [...stayLines(telling), ...sessionLines(explanation)] },
    ...(lastSwitch !== null && switched ? [{ title: 'Why', lines: switchLines(lastSwitch, telling) }] : []),
    { title: 'What will happen', lines: outlookLines(telling) },
    ...(switched ? [] : [{ title: 'Where a switch would lead', lines: candidateLines(explanation.target, nameOf) }]),
    ...(lastSwitch !== null && !switched
      ? [{ title: 'The last automatic switch before', lines: switchLines(lastSwitch, telling) }]
      : []),
    ...(explanation.changes.length > 0 ? [{ title: 'Who changed what', lines: changeLines(explanation) }] : []),
  ]
  return sections
    .map(({ title, lines }) =>
      [paint.chalk.bold(printable(title)), ...lines.map((line) => lineText(line, paint))].join('\n'),
    )
    .join('\n\n')
}

const labelWidth = 14

function lineText([label, text]: Line, paint: Paint): string {
  return `  ${paint.chalk.dim(label.padEnd(labelWidth))}  ${hanging(printable(text), labelWidth + 4, paint)}`
}

function headline({ explanation, nameOf }: Telling): string {
  const { row, at } = explanation
  const who = row.name === row.operator ? row.operator : `${row.name} (${row.operator})`
  const status = row.status === null ? 'in no recorded status' : `in ${quoted(nameOf(row.status))}`
  return `${who}, ${status} at ${formatTime(at)}`
}

function stayLines({ explanation, nameOf }: Telling): Line[] {
  const { at, entered, row, source, next, feed, lostBefore } = explanation
  const lines: Line[] = []
  if (source === 'replayed') {
    lines.push([
      '',
      'The history knows nothing of that time: this is what the rule makes of the feed, as simulate plays it.',
    ])
  }
  if (row.since !== null) lines.push(['since', formatTime(row.since)])
  if (entered !== null) lines.push(['entered', enteredWords(entered, nameOf)])
  const isLost = at < lostBefore
  lines.push(['dialogues', isLost ? 'not known' : String(row.dialogues)])
  const never = isLost ? 'not known' : 'never'
  lines.push(['last seen', row.lastSeen === null ? never : formatTime(row.lastSeen)])
  if (feed === null) lines.push(['feed', 'there is none to look into: sessions and signs of life are not known'])
  else if (isLost) {
    const gone = 'sessions and signs of life before are not known'
    lines.push(['feed', `kept from ${formatTime(lostBefore)} on: ${gone}`])
  }
  if (next !== null) lines.push(['afterwards', `${whenText(next.at)} ${enteredWords(next, nameOf)}`])
  return lines
}

function enteredWords({ cause, by, from, to }: NonNullable<Explanation['entered']>, nameOf: Telling['nameOf']): string {
  const way =
    from === null ? `starts in ${quoted(nameOf(to))}` : `from ${quoted(nameOf(from))} to ${quoted(nameOf(to))}`
  const causes = {
    'auto-offline': 'switched automatically',
    panel: `chosen in the panel by ${by}`,
    admin: `set by ${by}`,
    'status-deleted': `moved by ${by}, who deleted the status`,
  }
  return `${way}, ${causes[cause]}`
}

function sessionLines(explanation: Explanation): Line[] {
  const { at, sessions, row } = explanation
  if (!keepsFeed(explanation, at)) return []
  if (sessions.length === 0) return [['sessions', 'none in the feed up to then']]
  const shown = sessions.slice(0, mostSessions)
  const left = sessions.length - shown.length
  const lines = shown.map(
    ({ session, event, at, active }, index): Line => [
      index === 0 ? 'sessions' : '',
      `${session}: ${event} at ${formatTime(at)}, ${active ? 'active' : event === 'close' ? 'closed' : 'silent'}`,
    ],
  )
  if (left > 0) lines.push(['', `and ${left} older`])
  return row.sessions === 0 ? lines : [...lines, ['', `${row.sessions} of them active`]]
}

const mostSessions = 5

function changeLines({ changes }: Explanation): Line[] {
  return changes.map((entry): Line => ['', `${formatTime(entry.at)} by ${entry.by}: ${whatWords(entry)}`])
}
