import type { Advice } from '../../../domain/reports/absence/adviser.ts'
import { formatDuration } from '../../../domain/time.ts'
import { type Html, html } from './html.ts'

const width = 1000
const rowHeight = 26
const labelWidth = 60

/** How many switches each wait would have made; those that came back stand apart, outlined. */
export function adviceSvg(advice: readonly Advice[]): Html {
  const most = Math.max(1, ...advice.map(({ switches }) => switches))
  const unit = (width - labelWidth - 120) / most
  const rows = advice.map(({ offlineAfterMs, switches, returned }, index) => {
    const [y, stayed] = [index * rowHeight + 4, switches - returned]
    const back = { x: labelWidth + stayed * unit, width: returned * unit }
    return html`<text x="0" y="${y + 13}">${formatDuration(offlineAfterMs)}</text>
<rect class="bar" x="${labelWidth}" y="${y}" width="${stayed * unit}" height="18"><title>${stayed} stayed away</title></rect>
<rect class="bar back" x="${back.x}" y="${y}" width="${back.width}" height="18"><title>${returned} came back within ten minutes</title></rect>
<text x="${labelWidth + switches * unit + 8}" y="${y + 13}">${switches}, of them ${returned} back</text>
`
  })
  return html`<h2>What other waits would have done</h2>
<svg class="timeline" viewBox="0 0 ${width} ${advice.length * rowHeight + 8}" role="img" aria-label="Switches under other waits: filled those that stayed away, outlined those that came back within ten minutes. The table below has the numbers.">
${rows}</svg>
`
}
