/** The page's only style; it is named by its hash in the page's policy, so nothing else can style or run anything. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #ffffff; --soft: #5b5b66; --line: #d5d5dd; --plan: #3949ab; --gone: #b00020; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8ee; --paper: #17171b; --soft: #a9a9b6; --line: #3b3b46; --plan: #9fa8da; --gone: #ff8a80; }
}
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: var(--ink); background: var(--paper); font: 16px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin-bottom: 0.2rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
p.window, p.note { color: var(--soft); margin: 0.2rem 0; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.3rem; }
th, td { white-space: nowrap; padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child { text-align: left; font-weight: 600; }
thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; }
svg.timeline { display: block; width: 100%; height: auto; margin: 0.5rem 0 1rem; }
svg text { font: 12px system-ui, sans-serif; }
svg text:not(.mark) { fill: var(--ink); }
svg text.mark { text-anchor: middle; font-weight: 600; pointer-events: none; }
svg text.hour { text-anchor: middle; fill: var(--soft); }
.tick { stroke: var(--line); }
.stay { stroke: var(--ink); stroke-width: 0.5; }
.plan { fill: var(--plan); }
.pause { fill: var(--paper); stroke: var(--plan); stroke-width: 1.5; }
.gone { fill: url(#hatch); stroke: var(--ink); stroke-width: 1; }
.hatch { fill: #ffffff; }
.switch { fill: var(--gone); stroke: var(--paper); }
.bar { fill: var(--plan); }
.bar.back { fill: var(--paper); stroke: var(--plan); stroke-width: 1.5; }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.4rem 1.2rem; padding: 0; }
svg.swatch { width: 24px; height: 18px; vertical-align: -3px; }
svg.defs { position: absolute; }
details { margin: 0.3rem 0; }
@media print {
  @page { size: landscape; margin: 12mm; }
  body { max-width: none; margin: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section, svg.timeline, tr { break-inside: avoid; }
}
`

/** SHA-256 of the style, in base64: a test holds it against the text. */
export const styleHash = 'vND+z4DQUO1QoRDn4dpUMoKw/rH2sKMKHih8o2bu1OQ='
