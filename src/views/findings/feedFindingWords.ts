import { formatDuration, formatTime } from '../../domain/time.ts'
import { counted, listedUpTo } from '../catalogue/outcome.ts'
import { wordErrno } from '../failures/errno.ts'
import { skippedNext, skipReasonWords } from './skippedLines.ts'
import { mostNamed, type WordingOf } from './wording.ts'

/** The feed: whether it is there, goes on, and can be understood. */
export const feedFindingWords: WordingOf<
  | 'no-feed'
  | 'named-feed-missing'
  | 'feed-not-a-file'
  | 'feed-unreadable'
  | 'feed-empty'
  | 'feed'
  | 'feed-old'
  | 'lines-skipped'
  | 'stamps-ahead'
  | 'stamps-behind'
  | 'ticks'
  | 'no-ticks'
  | 'feed-silent'
  | 'old-dialogues'
> = {
  'no-feed': ({ file }) => ({
    detail: `there is no feed at ${file} yet`,
    next: "let the panel's back end write it (docs/feed.md), or try: opstat presence record open OPERATOR",
  }),
  'named-feed-missing': ({ file }) => ({
    detail: `there is no feed at ${file}, where --heartbeats or OPSTAT_HEARTBEATS says it is`,
    next: "name the file that the panel's back end writes",
  }),
  'feed-not-a-file': ({ file, found }) => ({
    detail: `the feed ${file} is a ${found}, not a file: nothing is read from it`,
    next: 'name a file with --heartbeats FILE; a pipe can be read as --heartbeats -',
  }),
  'feed-unreadable': ({ file, errno }) => ({
    detail: `the feed ${file} can't be read: ${wordErrno(errno)} (${errno})`,
    next: 'make it readable for this account',
  }),
  'feed-empty': ({ file }) => ({
    detail: `the feed ${file} is empty`,
    next: "let the panel's back end write it: docs/feed.md",
  }),
  feed: ({ file, lastAt, ageMs }) => ({
    detail: `${file}: the last record is of ${formatTime(lastAt)}, ${formatDuration(ageMs)} ago`,
    next: 'opstat feed check',
  }),
  'feed-old': ({ file, lastAt, ageMs }) => ({
    detail: `${file}: the last record is of ${formatTime(lastAt)}, ${formatDuration(ageMs)} ago, while operators are in receiving statuses`,
    next: "see whether the panel's back end still writes this file; with ticks in it, its silence would switch nobody",
  }),
  'lines-skipped': ({ reason, count, line, excerpt }) => ({
    detail: `${counted(count, 'line')} ${count === 1 ? 'was' : 'were'} passed over, ${skipReasonWords[reason]}${line === null ? '' : `, first line ${line}`}: ${excerpt}`,
    next: skippedNext[reason],
  }),
  'stamps-ahead': ({ count, mostMs }) => ({
    detail: `${counted(count, 'record')} ${count === 1 ? 'is' : 'are'} stamped ahead of this machine's clock, by up to ${formatDuration(mostMs)}`,
    next: 'set the clocks of both machines by NTP; live, such records count as stamped at their arrival',
  }),
  'stamps-behind': ({ lastAt, modifiedAt }) => ({
    detail: `the feed was written at ${formatTime(modifiedAt)}, but its latest stamp is ${formatTime(lastAt)}: ${formatDuration(modifiedAt - lastAt)} behind`,
    next: 'set the clocks of both machines by NTP, or stamp records when they are written: operators look absent sooner by that time',
  }),
  ticks: () => ({
    detail: "the feed has ticks: its own silence is not taken for the operators'",
    next: 'keep a tick every few seconds',
  }),
  'no-ticks': () => ({
    detail: 'the feed has no ticks: where it stops, everybody looks absent',
    next: "let the panel's back end write a tick every few seconds: docs/feed.md",
  }),
  'feed-silent': ({ silentMs }) => ({
    detail: `the feed has been silent for ${formatDuration(silentMs)}, ticks included: until it goes on, nobody is switched`,
    next: "see whether the panel's back end still runs and can write the file",
  }),
  'old-dialogues': ({ dialogues }) => ({
    detail: `open for more than 24 hours: ${listedUpTo(
      mostNamed,
      dialogues.map(({ dialogue, operator, since }) => `${dialogue} of ${operator} since ${formatTime(since)}`),
    )}`,
    next: 'close them: opstat presence record dialogue-close OPERATOR --dialogue ID; let the back end write every close',
  }),
}
