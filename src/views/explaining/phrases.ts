import type { Sign } from '../../domain/explaining/trace.ts'
import { formatTime } from '../../domain/time.ts'

/** A status's name as it stands in a sentence. */
export function quoted(name: string): string {
  return `"${name}"`
}

export function whenText(at: number): string {
  return `at ${formatTime(at)}`
}

/** `beat of tab-1 at …`, `status at …`. */
export function signText({ at, event, session }: Sign): string {
  return `${event}${session === null ? '' : ` of ${session}`} ${whenText(at)}`
}
