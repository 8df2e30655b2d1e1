import { type FeedFinding, isMereNote } from '../../domain/feedCheck/feedFinding.ts'
import { unreachable } from '../../domain/result.ts'
import { formatDuration, formatTime } from '../../domain/time.ts'
import { counted, listed } from '../catalogue/outcome.ts'
import { hanging } from '../painting/hanging.ts'
import type { Paint } from '../painting/paint.ts'
import { printable } from '../painting/printable.ts'
import type { Shown } from '../shown.ts'
import { skippedNext, skipReasonWords } from './skippedLines.ts'

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
    human: (paint) => `${rows.map((row) => linesOf(row, paint)).join('\n')}\n\n${sumWords(attention)}`,
    names: rows.map(({ finding }) => finding),
    exitCode,
    // Whatever is looked at, the answer is that of the whole.
    pick: (places) => ({ ...showFeedFindings(places.flatMap((place) => findings[place] ?? [])), exitCode }),
  }
}

function rowOf(finding: FeedFinding) {
  return { level: isMereNote(finding) ? 'note' : 'warning', finding: finding.finding, ...wordsOf(finding) }
}

/** The level stands before it. */
const indent = 9

function linesOf({ level, detail, means }: ReturnType<typeof rowOf>, paint: Paint): string {
  const label = level === 'note' ? 'note   ' : paint.chalk.yellow('WARNING')
  const [first, second] = [detail, means].map((text) => hanging(printable(text), indent, paint))
  return `${label}  ${first}\n${' '.repeat(indent)}${paint.chalk.dim(second)}`
}

function sumWords(attention: number): string {
  if (attention === 0) return 'Nothing in it would mislead the rule.'
  return attention === 1 ? '1 finding needs attention.' : `${attention} findings need attention.`
}

/** The one place that words what was found. */
function wordsOf(finding: FeedFinding): FeedWords {
  switch (finding.finding) {
    case 'feed':
      return feedWords(finding)
    case 'no-catalogue':
      return {
        detail:
          'there is no catalogue, so every operator and status counts as known, and the settings are the defaults',
        means: 'to check the names too: --store FILE',
      }
    case 'skipped':
      return {
        detail: `${lines(finding.count)} passed over, ${skipReasonWords[finding.reason]}, first line ${finding.line}: ${finding.excerpt}`,
        means: `what they say is lost for the rule; ${skippedNext[finding.reason]}`,
      }
    case 'unknown-names':
      return {
        detail: `${lines(finding.count)} passed over for ${finding.of === 'operator' ? 'operators who are not in the roster' : 'statuses that are not in the catalogue'}: ${someOf(finding.names)}`,
        means:
          finding.of === 'operator'
            ? 'their beats count for nobody; opstat operator add ID, or let the panel write the ids of opstat operator list'
            : 'these choices never happened; let the panel write the ids of opstat status list',
      }
    case 'slow-beats':
      return slowBeatWords(finding)
    case 'late-returns': {
      const { operator, session, from, to } = finding.longest
      return {
        detail: `${times(finding.count)} a session came back after more than offline-after (${formatDuration(finding.offlineAfterMs)}) without a sign of life; the longest was ${operator}'s ${session}, ${formatDuration(to - from)} from ${formatTime(from)}; in all ${someOf(finding.operators)}`,
        means:
          'in a receiving status they were, or would be, switched meanwhile, and opening the panel alone brings nothing back; keep the pauses between attempts to reconnect below a minute',
      }
    }
    case 'gaps':
      return gapWords(finding)
    case 'skewed-clock':
      return {
        detail: `the stamps of ${finding.operator} are mostly ${formatDuration(finding.byMs)} ${finding.direction === 'ahead' ? 'ahead of' : 'behind'} those of their neighbours`,
        means:
          finding.direction === 'behind'
            ? 'their silence seems longer by that, so they are switched too early; stamp records on the server, not in the browser'
            : 'their silence seems shorter by that, so they are switched too late; stamp records on the server, not in the browser',
      }
    case 'backwards':
      return {
        detail: `${counted(finding.count, 'record')} stamped before what was written earlier, by up to ${formatDuration(finding.mostMs)}`,
        means:
          'such a record changes only what it still can: no switch is undone by it, and a status chosen in it may be ignored; write records at once, and stamp them then',
      }
    case 'ahead':
      return {
        detail: `${counted(finding.count, 'record')} stamped ahead of this machine's clock, by up to ${formatDuration(finding.mostMs)}`,
        means: 'live they count as stamped at their arrival, in a replay they are skipped; set the clocks by NTP',
      }
    case 'in-seconds':
      return {
        detail: `${counted(finding.count, 'record')} stamped in early 1970: seconds where milliseconds belong?`,
        means: 'they are older than everything and keep nobody present; write epoch milliseconds or RFC 3339',
      }
    case 'duplicates':
      return {
        detail: `${counted(finding.count, 'record')} written twice`,
        means: 'harmless for the rule, which takes them once; two writers of the same panel, or a retry?',
      }
    case 'no-ticks':
      return {
        detail: 'there are no ticks',
        means:
          'where the feed stops, everybody looks absent; write a tick every few seconds, and its silence counts for nobody',
      }
    case 'unfinished-line':
      return {
        detail: 'the last line has no newline yet',
        means: 'it counts when it is complete; write each record with its newline in one write',
      }
    default:
      return unreachable(finding)
  }
}

function feedWords(feed: Extract<FeedFinding, { finding: 'feed' }>): FeedWords {
  const { from, to } = feed
  const span = from === null || to === null ? '' : `, ${formatTime(from)} to ${formatTime(to)}`
  return {
    detail: `${counted(feed.records, 'record')} in ${counted(feed.lines, 'line')}${span}`,
    means: `${counted(feed.operators, 'operator')}, ${counted(feed.sessions, 'session')}, ${counted(feed.ticks, 'tick')}`,
  }
}

function slowBeatWords(finding: Extract<FeedFinding, { finding: 'slow-beats' }>): FeedWords {
  const { operators, sessions, typicalMs, effect } = finding
  const effects = {
    near: 'one lost beat more and the session looks gone',
    'looks-gone': 'between two beats the session looks gone, longer than session-timeout',
    switched: 'between two beats the operator is switched, longer than offline-after',
  }
  return {
    detail: `${counted(sessions, 'session')} beat${sessions === 1 ? 's' : ''} as slowly as every ${formatDuration(typicalMs)}: ${someOf(operators)}`,
    means: `${effects[effect]}; browsers slow the timers of background tabs down to one a minute: let the server write the beats, as long as its connection to the panel stands`,
  }
}

function gapWords({ count, longest, covered, feedTimeoutMs }: Extract<FeedFinding, { finding: 'gaps' }>): FeedWords {
  return {
    detail: `${times(count)} nothing was written for more than feed-timeout (${formatDuration(feedTimeoutMs)})${covered ? '' : ' while sessions were open'}; the longest was ${formatDuration(longest.to - longest.from)} from ${formatTime(longest.from)}`,
    means: covered
      ? 'there are ticks, so this time counts for nobody; find out why the back end did not write'
      : 'without ticks this time counts against everybody: a gap of offline-after switches all; write a tick every few seconds',
  }
}

function lines(count: number): string {
  return `${counted(count, 'line')} ${count === 1 ? 'was' : 'were'}`
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

const mostNamed = 10

function someOf(names: readonly string[]): string {
  const more = names.length - mostNamed
  return listed(more > 0 ? [...names.slice(0, mostNamed), `${more} more`] : names)
}
