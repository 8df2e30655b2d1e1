import { execFile } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { has } from '../support/machine.ts'
import { createFolder, opstatProcess } from '../support/opstat.ts'
import { startWatch, type WatchProcess } from '../support/watchProcess.ts'
import { startFeedWriter } from './feedWriter.ts'

const rotates = has('logrotate')
const minute = 60_000
const runMs = process.env.OPSTAT_SOAK === '1' ? minute : 5000
const linesPerSecond = 1000

interface Mode {
  readonly mode: string
  readonly directives: string
  readonly event: 'rotated' | 'truncated'
  readonly everyMs: number
}

// The names of `dateext` tell seconds apart; what is compressed at the next rotation is to be read before, once a second.
const modes: readonly Mode[] = [
  { mode: 'create', directives: 'create 0640', event: 'rotated', everyMs: 700 },
  {
    mode: 'create and dateext',
    directives: 'create 0640\ndateext\ndateformat -%Y%m%d-%s',
    event: 'rotated',
    everyMs: 1100,
  },
  {
    mode: 'create and delaycompress',
    directives: 'create 0640\ncompress\ndelaycompress',
    event: 'rotated',
    everyMs: 2500,
  },
  { mode: 'copytruncate', directives: 'copytruncate', event: 'truncated', everyMs: 700 },
]

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'lunch', name: 'Lunch', color: '#f9a825', countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline', offlineAfter: '2s', feedTimeout: '1s' },
  operators: [
    ...Array.from({ length: 19 }, (_, index) => ({ id: `op-${index}`, initialStatus: 'online' })),
    { id: 'silent', initialStatus: 'online' },
    { id: 'last', initialStatus: 'offline' },
  ],
}

/** A beat of each operator in turn, or a tick: where this writer is kept waiting, that time counts for nobody. */
function lineOf(n: number): string {
  const turn = n % 20
  const who = turn === 19 ? { event: 'tick' } : { operator: `op-${turn}`, session: 'tab', event: 'beat' }
  return JSON.stringify({ at: new Date().toISOString(), ...who, n })
}

test.runIf(rotates).each(modes)(
  'logrotate with $mode under 1,000 lines a second: what is to be kept is read once, and nobody is switched wrongly',
  async ({ mode, directives, event, everyMs }) => {
    const folder = await createFolder({ 'statuses.json': catalogue, 'heartbeats.jsonl': '' })
    const feed = join(folder, 'heartbeats.jsonl')
    await opstatProcess(['watch', '--once', '-q'], { folder })
    const metrics = join(folder, 'metrics.prom')
    const watch = startWatch(folder, ['--metrics-file', metrics])
    await watch.until(({ type }) => type === 'started')
    const writer = startFeedWriter(feed, { linesPerSecond, lineOf })
    const rotations = await rotateOften(folder, { feed, directives, everyMs })
    writer.stop()
    appendFileSync(
      feed,
      `${JSON.stringify({ at: new Date().toISOString(), operator: 'last', event: 'status', status: 'lunch' })}\n`,
    )
    await watch.until(({ type, operator }) => type === 'switched' && operator === 'silent')
    await untilTold(folder, 'last')
    expect((await watch.end('SIGTERM')).code).toBe(0)

    const written = writer.written() + 1
    const kept = linesKept(folder)
    const accepted = Number(/^opstat_feed_records_total (\d+)$/m.exec(readFileSync(metrics, 'utf8'))?.[1])
    const sum = `${mode}: ${rotations} rotations, ${written} lines written, ${kept} kept by logrotate, ${accepted} read`
    process.stdout.write(`${sum}\n`)
    const told = rotationsTold(watch, event)
    if (event === 'rotated')
      expect({ told, kept, accepted }, sum).toEqual({ told: rotations, kept: written, accepted: written })
    else {
      // Between its copy and its truncation logrotate loses lines; the watcher may still have read some of them.
      expect(told, sum).toBeGreaterThanOrEqual(rotations)
      expect(accepted, sum).toBeGreaterThanOrEqual(kept)
      expect(accepted, sum).toBeLessThanOrEqual(written)
    }
    expect(switchedIn(folder)).toEqual(['silent offline auto-offline', 'last lunch panel'])
  },
  2 * minute,
)

/** Answers how often. */
async function rotateOften(
  folder: string,
  { feed, directives, everyMs }: Pick<Mode, 'directives' | 'everyMs'> & { readonly feed: string },
): Promise<number> {
  const conf = join(folder, 'logrotate.conf')
  writeFileSync(conf, `"${feed}" {\nrotate 1000\n${directives}\n}\n`, { mode: 0o600 })
  const until = performance.now() + runMs
  let rotations = 0
  while (performance.now() < until) {
    await pause(everyMs)
    await promisify(execFile)('logrotate', ['--force', '--state', join(folder, 'logrotate.state'), conf])
    rotations += 1
  }
  return rotations
}

async function untilTold(folder: string, operator: string): Promise<void> {
  const history = join(folder, 'statuses.history.jsonl')
  while (!readFileSync(history, 'utf8').includes(`"operator":"${operator}","from":"offline"`)) await pause(20)
}

function rotationsTold({ said }: WatchProcess, event: Mode['event']): number {
  const told = said.filter((line) => line.type === 'feed' && line.event === event)
  return told.reduce((sum, { between }) => sum + 1 + Number(between), 0)
}

/** Whole lines in the feed and in all that logrotate made of it. */
function linesKept(folder: string): number {
  return readdirSync(folder)
    .filter((name) => name.startsWith('heartbeats.jsonl'))
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
    .reduce(
      (sum, { name, bytes }) =>
        sum + (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1').split('\n').length - 1,
      0,
    )
}

function switchedIn(folder: string): string[] {
  return readFileSync(join(folder, 'statuses.history.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ from }) => typeof from === 'string')
    .map(({ operator, to, cause }) => `${operator} ${to} ${cause}`)
}
