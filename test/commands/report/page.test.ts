import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { style, styleHash } from '../../../src/views/reports/page/style.ts'
import { findBrowser, photograph } from '../../support/reports/browser.ts'
import { createLiveStore } from '../../support/reports/liveStore.ts'
import type { Picture } from '../../support/reports/png.ts'

/** Colours that nothing else on the page has. */
const [red, green, blue, plan] = ['#ff0000', '#00ff00', '#0000ff', { light: '#3949ab', dark: '#9fa8da' }] as const

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: green, canReceive: true },
    { id: 'lunch', name: 'Lunch', color: red, countAfterClose: true },
    { id: 'offline', name: 'Offline', color: blue },
  ],
  settings: { defaultOffline: 'offline' },
  calendars: [
    {
      id: 'day',
      name: 'Day',
      timeZone: 'UTC',
      week: {
        mon: [
          { from: '09:00', to: '17:00' },
          { from: '12:00', to: '12:30', status: 'lunch' },
        ],
      },
    },
  ],
  operators: [{ id: 'ana', name: '<script>alert("Ana")</script>', calendar: 'day' }],
}

/** Monday: offline to 9:15, online to 13:00, lunch to 15:00, online, gone from 16:00, switched at 16:10. */
async function liveThroughMonday() {
  const store = await createLiveStore({ 'statuses.json': catalogue })
  await store.at('08:00:00', 'operator set-status ana offline')
  await store.at('09:15:00', 'operator set-status ana online')
  await store.at('13:00:00', 'operator set-status ana lunch')
  await store.at('15:00:00', 'operator set-status ana online')
  await store.at('16:00:00', 'presence record beat ana')
  await store.at('16:10:01', 'watch --once')
  return store
}

const window = ['--from', '2026-11-23T08:00:00Z', '--to', '2026-11-23T18:00:00Z']

const browser = findBrowser()
if (browser === null) process.stderr.write('not tried: this machine has no chromium to look at the page with\n')

test.runIf(browser !== null)('the bars are where the numbers say, in light and in dark', async () => {
  const { at, folder } = await liveThroughMonday()
  await at('18:00:00', ['report', 'time', ...window, '--html', 'page.html'])
  for (const scheme of ['light', 'dark'] as const) {
    const picture = photograph(browser ?? '', { folder, name: 'page.html', scheme })
    // The plan has eight of the ten hours, from the first to the ninth.
    const planned = stretchOf(picture, [plan[scheme]])
    const bar = stretchOf(picture, [red, green, blue])
    const hour = (bar.to - bar.from) / 10
    const near = (actual: number, hours: number) =>
      expect(Math.abs(actual - (bar.from + hours * hour))).toBeLessThan(2.5)
    near(planned.from, 1)
    near(planned.to, 9)
    near(bar.edges.find(([, color]) => color === green)?.[0] ?? 0, 1.25)
    near(bar.edges.find(([, color]) => color === red)?.[0] ?? 0, 5)
    near(bar.edges.findLast(([, color]) => color === green)?.[0] ?? 0, 7)
    near(bar.edges.findLast(([, color]) => color === blue)?.[0] ?? 0, 8 + 1 / 6)
    expect(hour).toBeGreaterThan(70)
  }
})

/** The pixel row in which the colours cover most: where it begins and ends, and where each run of a colour begins. */
function stretchOf(picture: Picture, colors: readonly string[]) {
  let best = { y: 0, count: 0 }
  for (let y = 0; y < picture.height; y++) {
    let count = 0
    for (let x = 0; x < picture.width; x++) if (colors.includes(picture.color(x, y))) count++
    if (count > best.count) best = { y, count }
  }
  const found = Array.from({ length: picture.width }, (_, x) => [x, picture.color(x, best.y)] as const)
  const colored = found.filter(([, color]) => colors.includes(color))
  const edges = colored.filter(([, color], index) => color !== colored[index - 1]?.[1])
  return { from: colored[0]?.[0] ?? 0, to: (colored.at(-1)?.[0] ?? 0) + 1, edges }
}

test('the page is inert: names are escaped, nothing is loaded or run, and the policy names the one style', async () => {
  const { at } = await liveThroughMonday()
  for (const report of ['time', 'compliance', 'absence']) {
    const { stdout } = await at('18:00:00', ['report', report, ...window, '--html', '-'])
    expect(stdout).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(stdout).toContain('&lt;script&gt;alert(&quot;Ana&quot;)&lt;/script&gt;')
    expect(stdout).not.toMatch(/<script|<link|<img|<iframe|javascript:|https?:|\son\w+=|\sstyle=/i)
    const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`
    expect(stdout).toContain(policy.replaceAll("'", '&#39;'))
  }
  expect(styleHash).toBe(createHash('sha256').update(style).digest('base64'))
})

test('the page says who was late, who was gone, and how long the break was after the last dialogue', async () => {
  const { at } = await liveThroughMonday()
  const { stdout } = await at('18:00:00', ['report', 'compliance', ...window, '--html', '-'])
  const glance = /<h2>At a glance<\/h2>[\s\S]*?<tbody>\s*<tr>([\s\S]*?)<\/tr>/.exec(stdout)?.[1] ?? ''
  const cells = [...glance.matchAll(/<td>([^<]*)<\/td>/g)].map(([, text]) => text)
  // Late, left early (gone from 16:10 to 17:00), gone without saying so, breaks, breaks after the last dialogue.
  expect(cells).toEqual(['0:15:00', '0:50:00', '0:10:00', '2:00:00', '2:00:00', '0:00:00'])
})

test('a screen reader finds a heading for every table, a head for every column and row, and words for every picture', async () => {
  const { at } = await liveThroughMonday()
  const { stdout } = await at('18:00:00', ['report', 'absence', ...window, '--html', '-'])
  const count = (pattern: RegExp) => [...stdout.matchAll(pattern)].length
  expect(count(/<table>/g)).toBe(count(/<caption>[^<]/g))
  expect(count(/<tr><th scope="row">/g)).toBe(count(/<tr>/g) - count(/<thead>/g))
  expect(count(/<svg/g)).toBe(count(/<svg[^>]* (aria-hidden="true"|role="img" aria-label(ledby)?="[^"]+")/g))
  // Every part of the timeline says what it is when the mouse is over it, and each status has a letter.
  expect(count(/<rect class="(stay|plan|pause|gone)" [^>]*><title>/g)).toBeGreaterThan(6)
  expect(stdout).toContain('planned Lunch, 12:00 to 12:30, 0:30:00')
  expect(stdout).toContain('gone without saying so, 16:00 to 16:10, 0:10:00')
  expect([...stdout.matchAll(/<text class="mark" x="12"[^>]*>(.)<\/text>/g)].map(([, mark]) => mark)).toEqual([
    'O',
    'L',
    'F',
  ])
})

test('a page for several days has a picture for each', async () => {
  const { at } = await liveThroughMonday()
  const { stdout } = await at('25T12:00:00', ['report', 'time', '--from', '2026-11-23', '--html', '-'])
  expect([...stdout.matchAll(/<h3>([^<]+)<\/h3>/g)].map(([, day]) => day)).toEqual([
    '2026-11-23',
    '2026-11-24',
    '2026-11-25',
  ])
})

test('a file is written beside the table, and said so; one that can not be written ends with 7', async () => {
  const { at, run, folder } = await liveThroughMonday()
  const ended = await at('18:00:00', 'report time --html out.html')
  expect(ended.stdout).toContain('OPERATOR')
  expect(ended.stderr).toContain(`wrote ${join(folder, 'out.html')}`)
  expect(ended.text('out.html')).toContain('</html>')
  mkdirSync(join(folder, 'taken.html'))
  const refused = await run('report time --html taken.html')
  expect(refused).toMatchObject({ code: 7, stdout: '' })
  expect(refused.stderr).toContain('taken.html')
})
