import { unreachable } from '../../domain/result.ts'
import { formatDuration, formatTime } from '../../domain/time.ts'
import type { FeedHappening, Notice } from '../../domain/watching/notice.ts'
import { durationText } from '../painting/durationText.ts'
import { printable } from '../painting/printable.ts'
import { timeOrNull, transitionShape } from '../presence/presenceShapes.ts'
import { watchProblemLine, watchProblemShape } from './watchProblem.ts'

/** A notice as one line for people: when, what, and what to do where there is something to do. */
export function noticeLine(notice: Notice): string {
  const at = notice.type === 'switched' || notice.type === 'would-switch' ? notice.entry.at : notice.at
  return printable(`${formatTime(at)} ${wordsOf(notice)}`)
}

/** A notice as an object of `watch -o json` (contract §6). */
export function noticeShape(notice: Notice): Record<string, unknown> {
  switch (notice.type) {
    case 'switched':
      return { type: 'switched', ...transitionShape(notice.entry), recordedAt: formatTime(notice.entry.recordedAt) }
    case 'would-switch':
      return { type: 'switched', dryRun: true, ...transitionShape(notice.entry) }
    case 'started': {
      const { at, offlineAfterMs, ...rest } = notice
      return {
        ...rest,
        at: formatTime(at),
        offlineAfter: offlineAfterMs === null ? null : formatDuration(offlineAfterMs),
      }
    }
    case 'held':
      return { type: 'held', at: formatTime(notice.at), until: timeOrNull(notice.until), operators: notice.operators }
    case 'feed':
      return { type: 'feed', at: formatTime(notice.at), ...notice.happened }
    case 'problem':
      return { type: 'problem', at: formatTime(notice.at), ...watchProblemShape(notice.problem) }
    case 'released':
      return { ...notice, at: formatTime(notice.at), heldFrom: formatTime(notice.heldFrom) }
    case 'standby':
    case 'left-out':
    case 'clock-step':
    case 'mended':
    case 'stopped':
      return { ...notice, at: formatTime(notice.at) }
    default:
      return unreachable(notice)
  }
}

function wordsOf(notice: Notice): string {
  switch (notice.type) {
    case 'started':
      return `watching ${notice.feed} for ${notice.store}: ${limitWords(notice.offlineAfterMs)}${notice.dryRun ? ' (dry run: nothing is written)' : ''}`
    case 'standby':
      return 'standing by: another watcher is at work on this store'
    case 'switched':
      return `switched ${switchWords(notice.entry)}`
    case 'would-switch':
      return `would switch ${switchWords(notice.entry)}`
    case 'held':
      return `held ${notice.operators.length} switches until ${formatTime(notice.until)}, too many at once for mass-guard: ${notice.operators.join(' ')}`
    case 'released':
      return `released ${notice.operators.length} held switches: ${notice.operators.join(' ')}`
    case 'feed':
      return feedWords(notice.happened)
    case 'left-out':
      return `nobody watched for ${durationText(notice.leftOutMs)} after the feed's last record: that time counts for nobody`
    case 'clock-step':
      return `followed a step of the clock by ${durationText(notice.stepMs)}: it switches nobody`
    case 'problem':
      return watchProblemLine(notice.problem)
    case 'mended':
      return 'back to normal: the problem is gone'
    case 'stopped':
      return `stopped (${notice.why})`
    default:
      return unreachable(notice)
  }
}

function limitWords(offlineAfterMs: number | null): string {
  if (offlineAfterMs === null) return 'offline-after is never, so nobody is switched'
  return `operators are switched after ${formatDuration(offlineAfterMs)} without a sign of life`
}

function switchWords(entry: {
  operator: string
  from: string | null
  to: string
  due: number | null
  lastSeen: number | null
}): string {
  const seen = entry.lastSeen === null ? 'never seen' : `last seen ${formatTime(entry.lastSeen)}`
  return `${entry.operator} from ${entry.from ?? '-'} to ${entry.to}: ${seen}, due ${entry.due === null ? '-' : formatTime(entry.due)}`
}

function feedWords(happened: FeedHappening): string {
  switch (happened.event) {
    case 'missing':
      return 'the feed is not there: waiting for it'
    case 'appeared':
      return 'the feed is there'
    case 'ended':
      return 'the feed came to its end'
    case 'rotated':
    case 'truncated': {
      const rest =
        happened.rest === 'read' ? 'nothing of the old one is lost' : 'what was not read of the old one is gone'
      return `the feed was ${happened.event}: ${rest}${happened.between > 0 ? `, ${happened.between} files lay between` : ''}`
    }
    case 'refused':
      return `the feed is a ${happened.found}, not a file: nothing is read from it`
    case 'unreadable':
      return `the feed ${happened.file} can't be read (${happened.errno}): trying again`
    default:
      return unreachable(happened)
  }
}
