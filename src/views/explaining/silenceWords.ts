import type { Silence } from '../../domain/explaining/explanation.ts'
import { formatDuration, formatTime } from '../../domain/time.ts'
import { durationText } from '../painting/durationText.ts'
import type { Line } from './explanationText.ts'
import { signText } from './phrases.ts'

/** From which instant was counted, how long the wait is, what did not count, and the deadline that this gives. */
export function silenceLines(silence: Silence): Line[] {
  const { base, basis, sign, offlineAfterMs, uncountedMs, gaps, deadline } = silence
  const counted =
    basis === 'stay-began'
      ? `${formatTime(base)}, when the stay began: no sign of life came after it`
      : sign === null
        ? `${formatTime(base)}, the last sign of life`
        : `${signText(sign)}, the last sign of life`
  return [
    ['counted from', counted],
    ['wait', `${formatDuration(offlineAfterMs)} (offline-after)`],
    ...gapLines(uncountedMs, gaps),
    ['deadline', formatTime(deadline)],
  ]
}

function gapLines(uncountedMs: number, gaps: Silence['gaps']): Line[] {
  if (uncountedMs === 0) return []
  const known = gaps.reduce((sum, { from, to }) => sum + to - from, 0)
  const lines: Line[] = [
    ['did not count', `${durationText(uncountedMs)} in which the feed was silent or nobody watched`],
  ]
  for (const { from, to } of gaps) lines.push(['', `${formatTime(from)} to ${formatTime(to)}`])
  if (gaps.length > 0 && known < uncountedMs) lines.push(['', `${durationText(uncountedMs - known)} nobody watched`])
  return lines
}
