import { type Command, InvalidArgumentError, Option } from 'commander'
import { isTimeZone } from '../domain/calendarRules.ts'
import type { Paint } from '../views/paint.ts'

interface TimeOptions {
  readonly time?: 'relative' | 'absolute'
  readonly utc?: boolean
  readonly tz?: string
}

/** For commands that show times to people. */
export function timeOptions(command: Command): void {
  command
    .addOption(new Option('--time <form>', 'how to show times').choices(['relative', 'absolute']))
    .option('--tz <zone>', 'show times in this time zone: an IANA name, or local', readZone)
    .option('--utc', 'show times in UTC, whatever --tz says')
}

/** How times are to be shown; a zone is only good for times that are written out. */
export function timesOf(options: object): Pick<Paint, 'times'> {
  const { time, utc, tz } = options as TimeOptions
  if (time === undefined && utc === undefined && tz === undefined) return {}
  return { times: { form: time ?? 'absolute', zone: utc === true ? null : (tz ?? null) } }
}

function readZone(text: string): string {
  if (text === 'local') return new Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!isTimeZone(text)) throw new InvalidArgumentError('write an IANA name such as Europe/Kyiv, or local.')
  return text
}
