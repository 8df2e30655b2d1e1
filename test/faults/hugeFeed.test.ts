import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, opstatProcess } from '../support/opstat.ts'
import { receivingCatalogue } from './receivingStore.ts'

const isSoak = process.env.OPSTAT_SOAK === '1'
/** `npm run soak` reads ten gigabytes of records. */
const feedBytes = isSoak ? 10 * 2 ** 30 : 64 * 2 ** 20
const mostMegabytes = 150

/** Leaves the most memory that was resident at a time, in KiB, in the file that the variable names. */
const measuring = `
process.on('exit', () => {
  require('node:fs').writeFileSync(process.env.MAX_RSS_FILE, String(process.resourceUsage().maxRSS))
})
`

test('gigabytes of records, a line of a gigabyte and garbage are read in little memory, each line accepted or counted', async () => {
  const folder = await createFolder({ 'statuses.json': receivingCatalogue(['ana', 'bo']), 'measuring.cjs': measuring })
  const feed = join(folder, 'heartbeats.jsonl')
  const records = writeRecords(feed)
  const garbage = [
    'no record',
    '{"at":',
    '\\u0000\\u001b[2J',
    '[]',
    `{"at":"2026-11-22T10:00:00Z","operator":"eve","event":"beat","session":"s"}`,
  ]
  writeFileSync(feed, `${garbage.join('\n')}\n`, { flag: 'a' })
  appendFileSync(feed, Buffer.from([0xff, 0xfe, 0x0a, 0xc3, 0x28, 0x0a]))
  // A hole: one line of nothing, a gigabyte long.
  truncateSync(feed, sizeOf(feed) + 2 ** 30)
  appendFileSync(feed, `\n${recordLine(0)}`)
  const metrics = join(folder, 'metrics.prom')
  const report = join(folder, 'rss')
  const { code, stderr } = await opstatProcess(['watch', '--once', '-q', '--metrics-file', metrics], {
    folder,
    env: { NODE_OPTIONS: `--require ${join(folder, 'measuring.cjs')}`, MAX_RSS_FILE: report },
  })
  expect([code, stderr]).toEqual([0, expect.any(String)])
  const numbers = readFileSync(metrics, 'utf8')
  const accepted = Number(/^opstat_feed_records_total (\d+)$/m.exec(numbers)?.[1])
  const skipped = [...numbers.matchAll(/^opstat_feed_skipped_lines_total\{[^}]*\} (\d+)$/gm)].map(([, count]) =>
    Number(count),
  )
  const megabytes = Number(readFileSync(report, 'utf8')) / 1024
  const sum = `${(sizeOf(feed) / 2 ** 30).toFixed(1)} GiB of feed: ${accepted} records, at most ${Math.round(megabytes)} MiB resident`
  process.stdout.write(`${sum}\n`)
  expect(accepted).toBe(records + 1)
  expect(skipped.reduce((total, count) => total + count, 0)).toBe(garbage.length + 2 + 1)
  expect(megabytes, sum).toBeLessThan(mostMegabytes)
}, 1_200_000)

/** Answers how many. */
function writeRecords(feed: string): number {
  const lines = Array.from({ length: 10_000 }, (_, index) => recordLine(index))
  const piece = Buffer.from(lines.join(''))
  const fd = openSync(feed, 'a')
  let written = 0
  for (; written * piece.length < feedBytes; written += 1) writeSync(fd, piece)
  closeSync(fd)
  return written * lines.length
}

function recordLine(index: number): string {
  const at = new Date(Date.UTC(2026, 10, 22, 9) + index * 100).toISOString()
  return `${JSON.stringify({ at, operator: index % 2 ? 'ana' : 'bo', session: `tab-${index % 5}`, event: 'beat' })}\n`
}

function sizeOf(file: string): number {
  return statSync(file).size
}
