import { skipReasons } from '../records/records.ts'
import type { Evidence, FeedTail, PresenceEvidence } from './evidence.ts'
import type { Finding } from './findings.ts'

/** A stamp that differs from the time of writing by more than this is a clock that goes wrong. */
const skewMs = 60_000
const leastOldMs = 10 * 60_000

/** The feed: whether it is there, goes on, and can be understood. */
export function examineFeed(evidence: Evidence): Finding[] {
  const { feed, presence } = evidence
  const { file, found } = feed
  switch (found.state) {
    case 'missing':
      return [feed.named ? { finding: 'named-feed-missing', file } : { finding: 'no-feed', file }]
    case 'not-a-file':
      return [{ finding: 'feed-not-a-file', file, found: found.found }]
    case 'unreadable':
      return [{ finding: 'feed-unreadable', file, errno: found.errno }]
    case 'read':
      return [
        ...(found.tail === null ? [] : examineTail(evidence, found.tail)),
        ...(presence === null ? [] : examinePresence(presence)),
      ]
  }
}

function examineTail({ feed, now, presence, catalogue }: Evidence, tail: FeedTail): Finding[] {
  const { file } = feed
  return [
    ...ageOf(tail, { file, now, presence, oldMs: oldMsOf(catalogue) }),
    ...skippedLines(tail),
    ...(tail.ahead.count === 0 ? [] : [{ finding: 'stamps-ahead' as const, ...tail.ahead }]),
    ...(tail.lastAt === null || tail.ahead.count > 0 || tail.modifiedAt - tail.lastAt <= skewMs
      ? []
      : [{ finding: 'stamps-behind' as const, lastAt: tail.lastAt, modifiedAt: tail.modifiedAt }]),
  ]
}

function oldMsOf(catalogue: Evidence['catalogue']): number {
  const offlineAfterMs = catalogue.ok ? catalogue.value.catalogue.settings.offlineAfterMs : null
  return Math.max(leastOldMs, offlineAfterMs ?? 0)
}

/** An old feed is a matter of concern only where somebody is expected to be at work. */
function ageOf(
  { lastAt, lines }: FeedTail,
  at: { file: string; now: number; presence: PresenceEvidence | null; oldMs: number },
): Finding[] {
  const { file } = at
  if (lastAt === null) return lines === 0 ? [{ finding: 'feed-empty', file }] : []
  const ageMs = Math.max(0, at.now - lastAt)
  const expected = at.presence?.rows.some(({ canReceive }) => canReceive) ?? false
  return [{ finding: expected && ageMs > at.oldMs ? 'feed-old' : 'feed', file, lastAt, ageMs }]
}

function skippedLines({ skipped, firstSkipped, from }: FeedTail): Finding[] {
  return skipReasons.flatMap((reason): Finding[] => {
    const first = firstSkipped[reason]
    if (first === undefined) return []
    const line = from === 0 ? first.line : null
    return [{ finding: 'lines-skipped', reason, count: skipped[reason], line, excerpt: first.excerpt }]
  })
}

function examinePresence({ ticked, silentMs, oldDialogues }: PresenceEvidence): Finding[] {
  return [
    { finding: ticked ? 'ticks' : 'no-ticks' },
    ...(silentMs === null ? [] : [{ finding: 'feed-silent' as const, silentMs }]),
    ...(oldDialogues.length === 0 ? [] : [{ finding: 'old-dialogues' as const, dialogues: oldDialogues }]),
  ]
}
