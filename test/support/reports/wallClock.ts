/** Local times by asking the runtime for the text on the wall, minute by minute: for oracles. */
const minute = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()
const texts = new Map<string, string>()

/** `YYYY-MM-DD HH:MM` on the wall. */
export function wallText(zone: string, at: number): string {
  const key = `${zone} ${at}`
  const known = texts.get(key)
  if (known !== undefined) return known
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  formats.set(zone, format)
  const text = format.format(at)
  texts.set(key, text)
  return text
}

/**
 * The first minute at which the wall shows the text; where it never does, the minute at which it would show it had the
 * clocks not been changed.
 */
export function whenWallShows(zone: string, text: string): number {
  const key = `${zone} ${text}`
  const known = shownAt.get(key)
  if (known !== undefined) return known
  const at = lookForText(zone, text)
  shownAt.set(key, at)
  return at
}

const shownAt = new Map<string, number>()

function lookForText(zone: string, text: string): number {
  const about = Date.parse(`${text.replace(' ', 'T')}:00Z`)
  const first = about - 40 * 60 * minute
  let lastBefore = first
  for (let at = first; at <= about + 40 * 60 * minute; at += minute) {
    const shown = wallText(zone, at)
    if (shown === text) return at
    if (shown < text) lastBefore = at
  }
  return lastBefore + about - Date.parse(`${wallText(zone, lastBefore).replace(' ', 'T')}:00Z`)
}
