import { type Command, InvalidArgumentError, Option } from 'commander'
import { isTimeZone } from '../../domain/catalogue/timeZone.ts'

/** For commands that show times to people. */
export function timeOptions(command: Command): void {
  command
    .addOption(new Option('--time <form>', 'how to show times').choices(['relative', 'absolute']))
    .option('--tz <zone>', 'show times in this time zone: an IANA name, or local', readZone)
    .option('--utc', 'show times in UTC, whatever --tz says')
}

function readZone(text: string): string {
  if (text === 'local') return new Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!isTimeZone(text)) throw new InvalidArgumentError('write an IANA name such as Europe/Kyiv, or local.')
  return text
}
