import { offsetAt } from '../../domain/reports/localTime.ts'
import { formatTime } from '../../domain/time.ts'
import { durationText } from './durationText.ts'
import type { Paint } from './paint.ts'

/** How times are shown to people; programs always get UTC with milliseconds. */
export interface TimeStyle {
  /** Null: as the view usually does. */
  readonly form: 'relative' | 'absolute' | null
  /** An IANA time zone; null: UTC. */
  readonly zone: string | null
}

/** An instant in the form that is asked for, else in the view's usual one. */
export function timeText(at: number, paint: Paint, usual: 'relative' | 'absolute' = 'absolute'): string {
  return (paint.times?.form ?? usual) === 'relative' ? relativeText(at, paint) : absoluteText(at, paint)
}

/** RFC 3339: UTC, or with the zone's offset. */
export function absoluteText(at: number, { times }: Paint): string {
  const zone = times?.zone ?? null
  if (zone === null) return formatTime(at)
  const offsetMs = offsetAt(zone, at)
  const minutes = Math.abs(Math.trunc(offsetMs / 60_000))
  const sign = offsetMs < 0 ? '-' : '+'
  // What RFC 3339 can't write, seconds of an offset, is left out of both.
  const local = formatTime(at + Math.trunc(offsetMs / 60_000) * 60_000).slice(0, -1)
  return `${local}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}

function relativeText(at: number, { now }: Paint): string {
  const whole = Math.floor(Math.abs(now - at) / 1000) * 1000
  return at <= now ? `${durationText(whole)} ago` : `in ${durationText(whole)}`
}

function pad(count: number): string {
  return String(count).padStart(2, '0')
}
