import type { Status } from '../../../domain/catalogue/catalogue.ts'
import { readableOn } from '../../../domain/catalogue/color/color.ts'
import { type Html, html } from './html.ts'

/** Each status with a mark of its own, so that a bar can be read without colour. */
export type Marks = ReadonlyMap<string, string>

/** The shortest beginning of each status's name, or its number, that no other has. */
export function marksOf(statuses: readonly Status[]): Marks {
  const marks = new Map<string, string>()
  const taken = new Set<string>()
  for (const [index, { id, name }] of statuses.entries()) {
    const letters = [...name.toUpperCase()].filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    const mark = letters.find((letter) => !taken.has(letter)) ?? String(index + 1)
    taken.add(mark)
    marks.set(id, mark)
  }
  return marks
}

/** Fills what is marked as gone: white stripes on any colour, seen without colours too. Once for the whole page. */
const hatch = html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs>
<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect class="hatch" width="3.5" height="7"/></pattern></defs></svg>
`

export function legend(statuses: readonly Status[], marks: Marks): Html {
  const entries = statuses.map(
    ({ id, name, color }) => html`<li><svg class="swatch" viewBox="0 0 24 18" aria-hidden="true">
<rect class="stay" x="0.5" y="0.5" width="23" height="17" fill="${color}"/>
<text class="mark" x="12" y="13" fill="${readableOn(color)}">${marks.get(id) ?? ''}</text></svg> ${name}</li>
`,
  )
  return html`${hatch}<ul class="legend" aria-label="Legend">
${entries}<li><svg class="swatch" viewBox="0 0 24 18" aria-hidden="true"><rect class="plan" x="1" y="6" width="22" height="6"/></svg> planned work</li>
<li><svg class="swatch" viewBox="0 0 24 18" aria-hidden="true"><rect class="pause" x="1" y="6" width="22" height="6"/></svg> planned break</li>
<li><svg class="swatch" viewBox="0 0 24 18" aria-hidden="true"><rect class="gone" x="1" y="2" width="22" height="14"/></svg> gone without saying so</li>
<li><svg class="swatch" viewBox="0 0 24 18" aria-hidden="true"><path class="switch" d="M7 2h10l-5 9z"/></svg> switched automatically</li>
</ul>
`
}
