import { appendFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { opstat } from '../../src/cli.ts'
import type { Clock } from '../../src/domain/clock.ts'
import { createFakeSystem } from '../../test/support/system.ts'
import { catalogueText, operatorId } from '../generating/catalogue.ts'
import { createDice } from '../generating/dice.ts'
import { writePieces } from '../generating/generate.ts'

/*
 * `node day.js OPERATORS HOURS`: a watcher lives through so many hours in virtual time, on real files. Each operator
 * has two sessions, heard every 30 seconds, and opens new ones each hour; one in twenty leaves for a while each hour,
 * is switched and comes back; the feed is rotated each hour. Prints, as JSON, the bytes still needed after each hour.
 */
const [operators, hours] = process.argv.slice(2).map(Number) as [number, number]
const startAt = Date.UTC(2026, 0, 5)
const hourMs = 3_600_000
const beatMs = 30_000
const awayMs = 1_200_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const dice = createDice(1)
const folder = mkdtempSync(join(tmpdir(), 'opstat-day-'))
const feed = join(folder, 'heartbeats.jsonl')
const stop = new AbortController()
const live: number[] = []
let now = startAt
/** When each operator comes back; 0: here. */
const backAt = new Float64Array(operators)

const clock: Clock = {
  now: () => now,
  steady: () => now - startAt,
  async sleep(ms) {
    writeFeed(now, now + ms)
    now += ms
    if (now % hourMs === 0) await endHour()
    await loopOnce()
  },
}

async function liveThroughIt(): Promise<void> {
  writePieces(join(folder, 'statuses.json'), catalogueText({ statuses: 10, operators }))
  const system = { ...createFakeSystem({ cwd: folder, clock, stop: stop.signal }), stdout: sink(), stderr: sink() }
  const code = await opstat(['watch', '--interval', '5s', '-o', 'json'], system)
  if (code !== 0) throw new Error(`watch ended with ${code}`)
  console.log(JSON.stringify({ live, switched }))
}

let switched = 0

function sink() {
  return {
    isTerminal: false,
    columns: 80,
    async write(text: string) {
      switched += text.split('"type":"switched"').length - 1
    },
  }
}

/** Everybody's second in the half minute, from `from` to before `to`. */
function writeFeed(from: number, to: number): void {
  const lines: string[] = []
  for (let at = from; at < to; at += 1000) {
    const hour = Math.floor((at - startAt) / hourMs)
    for (let index = ((at - startAt) % beatMs) / 1000; index < operators; index += beatMs / 1000) {
      if (at < (backAt[index] as number)) continue
      const isFirst = (at - startAt) % hourMs < beatMs
      if (isFirst && dice() % 20 === 0) backAt[index] = at + awayMs
      hear({ index, at, hour, isFirst }, lines)
    }
  }
  if (lines.length > 0) appendFileSync(feed, lines.join(''))
}

function hear(
  { index, at, hour, isFirst }: { index: number; at: number; hour: number; isFirst: boolean },
  lines: string[],
): void {
  const head = `{"at":"${new Date(at).toISOString()}","operator":"${operatorId(index)}"`
  for (const tab of [1, 2]) {
    if (isFirst && hour > 0) lines.push(`${head},"session":"${hour - 1}-${tab}-${index}","event":"close"}\n`)
    lines.push(`${head},"session":"${hour}-${tab}-${index}","event":"${isFirst ? 'open' : 'beat'}"}\n`)
  }
  if (backAt[index] !== 0 && !isFirst) {
    backAt[index] = 0
    lines.push(`${head},"event":"status","status":"online"}\n`)
  }
}

async function endHour(): Promise<void> {
  // What only the collection itself lets go of is gone after the next.
  for (let round = 0; round < 4; round++) {
    collect()
    await loopOnce()
  }
  const { heapUsed, external } = process.memoryUsage()
  live.push(heapUsed + external)
  if (live.length === hours) stop.abort('SIGTERM')
  else renameSync(feed, `${feed}.1`)
}

function loopOnce(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

liveThroughIt().finally(() => rmSync(folder, { recursive: true, force: true }))
