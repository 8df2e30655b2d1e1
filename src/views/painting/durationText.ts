/** A length of time for people: `1:02:03`, with milliseconds only where there are any. */
export function durationText(durationMs: number): string {
  const sign = durationMs < 0 ? '-' : ''
  const ms = Math.abs(durationMs)
  const hours = Math.floor(ms / 3_600_000)
  const minutes = Math.floor(ms / 60_000) % 60
  const seconds = Math.floor(ms / 1000) % 60
  const rest = ms % 1000
  const tail = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`
  return `${sign}${hours}:${pad(minutes)}:${pad(seconds)}${tail}`
}

function pad(count: number): string {
  return String(count).padStart(2, '0')
}
