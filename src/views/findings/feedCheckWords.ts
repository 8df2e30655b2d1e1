import { type FeedFinding, isMereNote } from '../../domain/feedCheck/feedFinding.ts'
import { formatDuration, formatTime } from '../../domain/time.ts'
import { counted, listedUpTo } from '../catalogue/outcome.ts'
import { hanging } from '../painting/hanging.ts'
import type { Paint } from '../painting/paint.ts'
import { printable } from '../painting/printable.ts'
import type { Shown } from '../shown.ts'
import { skippedNext, skipReasonWords } from './skippedLines.ts'
import { attentionWords, mostNamed } from './wording.ts'

interface FeedWords {
  readonly detail: string
  /** What it means for the rule, and what to do. */
  readonly means: string
}

/** What `feed check` shows: an array of findings, each with what it means for the rule. */
export function showFeedFindings(findings: readonly FeedFinding[]): Shown {
  const rows = findings.map(rowOf)
  const attention = rows.filter(({ level }) => level !== 'note').length
  const exitCode = attention > 0 ? 10 : 0
  return {
    value: rows,
    human: (paint) =>
      `${rows.map((row) => linesOf(row, paint)).join('\n')}\n\n${attention === 0 ? 'Nothing in it would mislead the rule.' : attentionWords(attention)}`,
    names: rows.map(({ finding }) => finding),
    exitCode,
    // Whatever is looked at, the answer is that of the whole.
    pick: (places) => ({ ...showFeedFindings(places.flatMap((place) => findings[place] ?? [])), exitCode }),
  }
}

function rowOf(finding: FeedFinding) {
  const words = (wording[finding.finding] as (finding: FeedFinding) => FeedWords)(finding)
  return { level: isMereNote(finding) ? 'note' : 'warning', finding: finding.finding, ...words }
}

/** The level stands before it. */
const indent = 9

function linesOf({ level, detail, means }: ReturnType<typeof rowOf>, paint: Paint): string {
  const label = level === 'note' ? 'note   ' : paint.chalk.yellow('WARNING')
  const [first, second] = [detail, means].map((text) => hanging(printable(text), indent, paint))
  return `${label}  ${first}\n${' '.repeat(indent)}${paint.chalk.dim(second)}`
}

type Finding<Code> = Extract<FeedFinding, { finding: Code }>

/** The one place that words what was found. */
const wording: { readonly [Code in FeedFinding['finding']]: (finding: Finding<Code>) => FeedWords } = {
  feed: ({ from, to, records, lines, operators, sessions, ticks }) => {
    const span = from === null || to === null ? '' : `, ${formatTime(from)} to ${formatTime(to)}`
    return {
      detail: `${counted(records, 'record')} in ${counted(lines, 'line')}${span}`,
      means: `${counted(operators, 'operator')}, ${counted(sessions, 'session')}, ${counted(ticks, 'tick')}`,
    }
  },
  'no-catalogue': () => ({
    detail: 'there is no catalogue, so every operator and status counts as known, and the settings are the defaults',
    means: 'to check the names too: --store FILE',
  }),
  skipped: ({ reason, count, line, excerpt }) => ({
    detail: `${linesWere(count)} passed over, ${skipReasonWords[reason]}, first line ${line}: ${excerpt}`,
    means: `what they say is lost for the rule; ${skippedNext[reason]}`,
  }),
  'unknown-names': ({ of, names, count }) => ({
    detail: `${linesWere(count)} passed over for ${of === 'operator' ? 'operators who are not in the roster' : 'statuses that are not in the catalogue'}: ${listedUpTo(mostNamed, names)}`,
    means:
      of === 'operator'
        ? 'their beats count for nobody; opstat operator add ID, or let the panel write the ids of opstat operator list'
        : 'these choices never happened; let the panel write the ids of opstat status list',
  }),
  'slow-beats': ({ operators, sessions, typicalMs, effect }) => ({
    detail: `${counted(sessions, 'session')} beat${sessions === 1 ? 's' : ''} as slowly as every ${formatDuration(typicalMs)}: ${listedUpTo(mostNamed, operators)}`,
    means: `${slowBeatEffects[effect]}; browsers slow the timers of background tabs down to one a minute: let the server write the beats, as long as its connection to the panel stands`,
  }),
  'late-returns': ({ operators, count, offlineAfterMs, longest: { operator, session, from, to } }) => ({
    detail: `${times(count)} a session came back after more than offline-after (${formatDuration(offlineAfterMs)}) without a sign of life; the longest was ${operator}'s ${session}, ${formatDuration(to - from)} from ${formatTime(from)}; in all ${listedUpTo(mostNamed, operators)}`,
    means:
      'in a receiving status they were, or would be, switched meanwhile, and opening the panel alone brings nothing back; keep the pauses between attempts to reconnect below a minute',
  }),
  gaps: ({ count, longest, covered, feedTimeoutMs }) => ({
    detail: `${times(count)} nothing was written for more than feed-timeout (${formatDuration(feedTimeoutMs)})${covered ? '' : ' while sessions were open'}; the longest was ${formatDuration(longest.to - longest.from)} from ${formatTime(longest.from)}`,
    means: covered
      ? 'there are ticks, so this time counts for nobody; find out why the back end did not write'
      : 'without ticks this time counts against everybody: a gap of offline-after switches all; write a tick every few seconds',
  }),
  'skewed-clock': ({ operator, byMs, direction }) => ({
    detail: `the stamps of ${operator} are mostly ${formatDuration(byMs)} ${direction === 'ahead' ? 'ahead of' : 'behind'} those of their neighbours`,
    means:
      direction === 'behind'
        ? 'their silence seems longer by that, so they are switched too early; stamp records on the server, not in the browser'
        : 'their silence seems shorter by that, so they are switched too late; stamp records on the server, not in the browser',
  }),
  backwards: ({ count, mostMs }) => ({
    detail: `${counted(count, 'record')} stamped before what was written earlier, by up to ${formatDuration(mostMs)}`,
    means:
      'such a record changes only what it still can: no switch is undone by it, and a status chosen in it may be ignored; write records at once, and stamp them then',
  }),
  ahead: ({ count, mostMs }) => ({
    detail: `${counted(count, 'record')} stamped ahead of this machine's clock, by up to ${formatDuration(mostMs)}`,
    means: 'live they count as stamped at their arrival, in a replay they are skipped; set the clocks by NTP',
  }),
  'in-seconds': ({ count }) => ({
    detail: `${counted(count, 'record')} stamped in early 1970: seconds where milliseconds belong?`,
    means: 'they are older than everything and keep nobody present; write epoch milliseconds or RFC 3339',
  }),
  duplicates: ({ count }) => ({
    detail: `${counted(count, 'record')} written twice`,
    means: 'harmless for the rule, which takes them once; two writers of the same panel, or a retry?',
  }),
  'no-ticks': () => ({
    detail: 'there are no ticks',
    means:
      'where the feed stops, everybody looks absent; write a tick every few seconds, and its silence counts for nobody',
  }),
  'unfinished-line': () => ({
    detail: 'the last line has no newline yet',
    means: 'it counts when it is complete; write each record with its newline in one write',
  }),
}

const slowBeatEffects: Readonly<Record<Finding<'slow-beats'>['effect'], string>> = {
  near: 'one lost beat more and the session looks gone',
  'looks-gone': 'between two beats the session looks gone, longer than session-timeout',
  switched: 'between two beats the operator is switched, longer than offline-after',
}

function linesWere(count: number): string {
  return `${counted(count, 'line')} ${count === 1 ? 'was' : 'were'}`
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
