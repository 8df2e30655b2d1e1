import { type Command, Option } from 'commander'
import { isDate } from '../../domain/catalogue/rules/calendarRules.ts'
import { isTimeZone } from '../../domain/catalogue/timeZone.ts'
import { commandLine, type Failure } from '../../domain/failure.ts'
import type { Span } from '../../domain/history/accounting.ts'
import { daysOf, type LocalDay, startOf } from '../../domain/reports/localTime.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { parseTimeArgument } from '../../domain/time.ts'

/** The options that every report takes. */
export interface ReportOptions {
  readonly from?: string
  readonly to?: string
  readonly operator?: readonly string[]
  readonly tz?: string
  readonly html?: string
  readonly by?: 'day'
}

export function reportOptions(command: Command): void {
  command
    .option('--from <time>', 'from this instant on: a time, or a date for its midnight (default: the first stay)')
    .option('--to <time>', 'up to this instant, itself not included (default: now)')
    .option('--operator <operator...>', 'only these operators')
    .option('--tz <zone>', 'the time zone of dates and days, such as Europe/Kyiv', 'UTC')
    .option('--html <file>', 'also write a page with pictures; - prints it instead of the table')
}

export function byDayOption(command: Command): void {
  command.addOption(new Option('--by <unit>', 'a row for each local day').choices(['day']))
}

export function zoneOf({ tz = 'UTC' }: ReportOptions): Result<string, Failure> {
  if (isTimeZone(tz)) return ok(tz)
  const problem = { kind: 'bad-time-zone', value: tz, path: '--tz' } as const
  return refuse({ code: 'invalid', source: commandLine, problems: [problem] })
}

/** The window asked for, in epoch milliseconds. `firstAt`: where it begins unless something else was asked. */
export function windowOf(
  options: ReportOptions,
  known: { readonly zone: string; readonly firstAt: number | null; readonly now: number },
): Result<Span, Failure> {
  const from = timeOf('--from', options.from, known.zone)
  if (!from.ok) return from
  const to = timeOf('--to', options.to, known.zone)
  if (!to.ok) return to
  const end = to.value ?? known.now
  const start = from.value ?? Math.min(known.firstAt ?? end, end)
  if (start <= end) return ok({ from: start, to: end })
  if (options.to !== undefined) return refuse({ code: 'usage', mistake: 'from-after-to' })
  return refuse({ code: 'usage', mistake: 'future-time', flag: '--from', value: options.from ?? '' })
}

/** The window's local days where they are wanted, else null. */
export function daysAsked(
  options: ReportOptions,
  zone: string,
  window: Span,
): Result<readonly LocalDay[] | null, Failure> {
  if (options.by !== 'day') return ok(null)
  if (window.to - window.from <= longestCutMs) return ok(daysOf(zone, window))
  return refuse({ code: 'usage', mistake: 'too-many-days' })
}

/** A century of days: beyond it a row for each is a slip of the pen. */
const longestCutMs = 36_525 * 86_400_000

function timeOf(flag: '--from' | '--to', text: string | undefined, zone: string): Result<number | null, Failure> {
  if (text === undefined) return ok(null)
  if (isDate(text)) return ok(startOf(zone, text))
  const at = parseTimeArgument(text)
  if (at !== null) return ok(at)
  const problem = { path: flag, kind: 'bad-time-or-date', value: text } as const
  return refuse({ code: 'invalid', source: commandLine, problems: [problem] })
}
