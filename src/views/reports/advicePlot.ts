import type { Advice } from '../../domain/reports/absence/adviser.ts'
import { formatDuration } from '../../domain/time.ts'
import { durationText } from '../painting/durationText.ts'
import type { Paint } from '../painting/paint.ts'

const widestBar = 50
const narrowestBar = 10

/**
 * Two plots below each other: how many switches each wait would have made, those that came back apart, and how long
 * operators who were not there would have counted as receiving. Readable without colour.
 */
export function advicePlot(advice: readonly Advice[], paint: Paint): string {
  const labels = advice.map(({ offlineAfterMs }) => formatDuration(offlineAfterMs))
  const labelWidth = Math.max(...labels.map((label) => label.length))
  const width = Math.max(narrowestBar, Math.min(widestBar, paint.columns - labelWidth - 16))
  const line = (index: number, bar: string, text: string) =>
    `${(labels[index] as string).padStart(labelWidth)} |${bar} ${text}`
  const mostSwitches = Math.max(1, ...advice.map(({ switches }) => switches))
  const mostGhost = Math.max(1, ...advice.map(({ ghostMs }) => ghostMs))
  const { red, yellow, cyan } = paint.chalk
  const switches = advice.map(({ switches, returned }, index) => {
    const whole = lengthOf(switches / mostSwitches, width)
    const back = Math.min(whole, lengthOf(returned / mostSwitches, width))
    return line(index, red('#'.repeat(whole - back)) + yellow('o'.repeat(back)), String(switches))
  })
  const ghosts = advice.map(({ ghostMs }, index) =>
    line(index, cyan('='.repeat(lengthOf(ghostMs / mostGhost, width))), durationText(ghostMs)),
  )
  return [
    'Switches (# stayed away, o came back within ten minutes)',
    ...switches,
    '',
    'Ghost time (= counted as receiving, but not there)',
    ...ghosts,
  ].join('\n')
}

/** Anything above zero is seen. */
function lengthOf(share: number, width: number): number {
  return share === 0 ? 0 : Math.max(1, Math.round(share * width))
}
