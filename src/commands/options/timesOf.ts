import type { Paint } from '../../views/painting/paint.ts'

/** What `timeOptions` declares. */
export interface TimeOptions {
  readonly time?: 'relative' | 'absolute'
  readonly utc?: boolean
  readonly tz?: string
}

/** How times are to be shown; a zone is only good for times that are written out. */
export function timesOf(options: object): Pick<Paint, 'times'> {
  const { time, utc, tz } = options as TimeOptions
  if (time === undefined && utc === undefined && tz === undefined) return {}
  return { times: { form: time ?? 'absolute', zone: utc === true ? null : (tz ?? null) } }
}
