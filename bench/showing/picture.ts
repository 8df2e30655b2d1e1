/** A curve: what it is called, and its points in the order of the horizontal axis. */
export interface Line {
  readonly name: string
  readonly points: readonly (readonly [across: number, up: number])[]
}

/** A chart with logarithmic axes. All figures are above zero. */
export interface Chart {
  readonly title: string
  readonly across: string
  readonly up: string
  readonly lines: readonly Line[]
}

interface Axis {
  readonly from: number
  readonly to: number
}

const [width, plotHeight, legendLine] = [760, 230, 18]
const margin = { left: 74, right: 48, top: 38, bottom: 52 }
/** Told apart by more than their colour. */
const marks = ['circle', 'square', 'triangle', 'diamond'] as const
const dashes = ['none', '7 4', '2 3', '9 3 2 3']

const style = `
  svg { background: #ffffff; font: 13px system-ui, sans-serif; fill: #1f2328; color: #1f2328 }
  .title { font-weight: 600; font-size: 15px }
  .grid { stroke: #d1d9e0; stroke-width: 1 }
  .curve { fill: none; stroke-width: 2 }
  .c0 { stroke: #0550ae } .m0 { fill: #0550ae }
  .c1 { stroke: #bc4c00 } .m1 { fill: #bc4c00 }
  .c2 { stroke: #116329 } .m2 { fill: #116329 }
  .c3 { stroke: #8250df } .m3 { fill: #8250df }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; fill: #f0f6fc; color: #f0f6fc }
    .grid { stroke: #3d444d }
    .c0 { stroke: #79c0ff } .m0 { fill: #79c0ff }
    .c1 { stroke: #ffa657 } .m1 { fill: #ffa657 }
    .c2 { stroke: #7ee787 } .m2 { fill: #7ee787 }
    .c3 { stroke: #d2a8ff } .m3 { fill: #d2a8ff }
  }
`

/** The charts one below the other, as an SVG that can be read on light and dark ground. */
export function picture(charts: readonly Chart[]): string {
  const heights = charts.map(heightOf)
  const height = heights.reduce((sum, one) => sum + one, 0)
  let top = 0
  const drawn = charts.map((chart, index) => {
    const text = `<g transform="translate(0 ${top})">\n${chartText(chart)}\n</g>`
    top += heights[index] as number
    return text
  })
  const label = charts.map(({ title, up, across }) => `${title}: ${up}, by ${across}`).join('; ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">`,
    `<style>${style}</style>`,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}

function heightOf({ lines }: Chart): number {
  return margin.top + plotHeight + margin.bottom + lines.length * legendLine + 14
}

function chartText(chart: Chart): string {
  const points = chart.lines.flatMap((line) => line.points)
  const across = axisOf(points.map(([value]) => value))
  const up = axisOf(points.map(([, value]) => value))
  const x = (value: number) => round(margin.left + share(across, value) * (width - margin.left - margin.right))
  const y = (value: number) => round(margin.top + (1 - share(up, value)) * plotHeight)
  const bottom = margin.top + plotHeight
  const right = width - margin.right
  return [
    `<text class="title" x="${margin.left}" y="22">${escaped(chart.title)}</text>`,
    ...decades(up).map(
      (value) =>
        `<line class="grid" x1="${margin.left}" y1="${y(value)}" x2="${right}" y2="${y(value)}"/><text x="${margin.left - 8}" y="${y(value) + 4}" text-anchor="end">${number(value)}</text>`,
    ),
    ...decades(across).map(
      (value) =>
        `<line class="grid" x1="${x(value)}" y1="${margin.top}" x2="${x(value)}" y2="${bottom}"/><text x="${x(value)}" y="${bottom + 18}" text-anchor="middle">${number(value)}</text>`,
    ),
    `<text x="${(margin.left + right) / 2}" y="${bottom + 40}" text-anchor="middle">${escaped(chart.across)}</text>`,
    `<text transform="translate(16 ${margin.top + plotHeight / 2}) rotate(-90)" text-anchor="middle">${escaped(chart.up)}</text>`,
    ...chart.lines.map((line, index) => curve(line, index, { x, y })),
    ...chart.lines.map((line, index) => legend(line, index, bottom + margin.bottom)),
  ].join('\n')
}

function curve(
  { points }: Line,
  index: number,
  { x, y }: { readonly x: (value: number) => number; readonly y: (value: number) => number },
): string {
  const places = points.map(([across, up]) => [x(across), y(up)] as const)
  const path = places.map(([left, top]) => `${left},${top}`).join(' ')
  const drawn = places.map((place, at) => {
    const [across, up] = points[at] as Line['points'][number]
    return mark(index, place, `${number(across)}: ${shortened(up)}`)
  })
  return `<polyline class="curve c${index % 4}" stroke-dasharray="${dashes[index % 4]}" points="${path}"/>\n${drawn.join('')}`
}

function legend({ name, points }: Line, index: number, top: number): string {
  const y = top + index * legendLine + 8
  const last = points.at(-1)
  const ends = last === undefined ? '' : ` (${shortened(last[1])} at ${number(last[0])})`
  return [
    `<line class="curve c${index % 4}" stroke-dasharray="${dashes[index % 4]}" x1="${margin.left}" y1="${y}" x2="${margin.left + 34}" y2="${y}"/>`,
    mark(index, [margin.left + 17, y], name),
    `<text x="${margin.left + 44}" y="${y + 4}">${escaped(name + ends)}</text>`,
  ].join('')
}

/** `title` is shown where a pointer rests on it. */
function mark(index: number, [x, y]: readonly [number, number], title: string): string {
  const kind = `class="m${index % 4}"`
  const within = `><title>${escaped(title)}</title></`
  const shape = marks[index % 4] as (typeof marks)[number]
  switch (shape) {
    case 'circle':
      return `<circle ${kind} cx="${x}" cy="${y}" r="4"${within}circle>`
    case 'square':
      return `<rect ${kind} x="${x - 4}" y="${y - 4}" width="8" height="8"${within}rect>`
    case 'triangle':
      return `<polygon ${kind} points="${x},${y - 5} ${x + 5},${y + 4} ${x - 5},${y + 4}"${within}polygon>`
    case 'diamond':
      return `<polygon ${kind} points="${x},${y - 5} ${x + 5},${y} ${x},${y + 5} ${x - 5},${y}"${within}polygon>`
    default:
      return shape satisfies never
  }
}

/** Whole decades around the values, at least one. */
function axisOf(values: readonly number[]): Axis {
  const from = Math.floor(Math.log10(Math.min(...values)))
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))))
  return { from, to }
}

function share({ from, to }: Axis, value: number): number {
  return (Math.log10(value) - from) / (to - from)
}

function decades({ from, to }: Axis): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index))
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 6 })
}

function shortened(value: number): string {
  return number(Number(value.toPrecision(3)))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
