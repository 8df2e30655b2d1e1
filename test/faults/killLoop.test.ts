import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { binFile, cleanEnv, createFolder, ensureBuilt, opstatProcess } from '../support/opstat.ts'

const writers = 6
const enoughKills = 150
const longestMs = 25_000
const strikeEveryMs = 70
const readEveryMs = 3
const killShare = 0.7

/** What the loop came to. An acknowledged change is one whose command ended with 0. */
interface Loop {
  readonly folder: string
  readonly random: () => number
  readonly running: Set<ChildProcess>
  readonly created: string[]
  readonly entered: { readonly operator: string; readonly to: string }[]
  readonly refused: string[]
  readonly reads: { count: number; mostStatuses: number; readonly wrong: string[] }
  kills: number
  stops: number
  over: boolean
}

test('writers that are killed and stopped lose no acknowledged change, and a reader never sees a torn catalogue', async () => {
  ensureBuilt()
  const seed = Number(process.env.OPSTAT_SEED ?? Date.now() % 2 ** 31)
  const loop = await startLoop(seed)
  const strikes = setInterval(() => strike(loop), strikeEveryMs)
  const looks = setInterval(() => lookOnce(loop), readEveryMs)
  const end = setTimeout(() => {
    loop.over = true
  }, longestMs)
  await Promise.all(Array.from({ length: writers }, (_, writer) => writeOn(loop, writer)))
  for (const timer of [strikes, looks]) clearInterval(timer)
  clearTimeout(end)

  const { folder, kills, stops, created, entered, refused, reads } = loop
  const verified = await opstatProcess(['history', 'verify'], { folder })
  const { statuses } = JSON.parse(readFileSync(join(folder, 'statuses.json'), 'utf8'))
  const ids = new Set(statuses.map(({ id }: { id: string }) => id))
  const { stdout } = await opstatProcess(['history', '-o', 'jsonl'], { folder })
  const history = stdout.trimEnd().split('\n').map(parseEntry)
  const moves = new Set(history.map(({ operator, to }) => `${operator} ${to}`))
  const sum = `seed ${seed}: ${kills} kills, ${stops} stops, ${created.length + entered.length} acknowledged, ${reads.count} reads`
  process.stdout.write(`${sum}\n`)

  expect(
    {
      lostStatuses: created.filter((id) => !ids.has(id)),
      lostMoves: entered.filter(({ operator, to }) => !moves.has(`${operator} ${to}`)),
      refused,
      wrongReads: reads.wrong,
      verified: verified.code,
    },
    sum,
  ).toEqual({ lostStatuses: [], lostMoves: [], refused: [], wrongReads: [], verified: 0 })
  expect(created.length, sum).toBeGreaterThan(0)
  expect(entered.length, sum).toBeGreaterThan(0)
  const after = await opstatProcess(['status', 'create', 'afterwards'], { folder })
  expect([after.code, after.stderr]).toEqual([0, expect.any(String)])
}, 120_000)

async function startLoop(seed: number): Promise<Loop> {
  const folder = await createFolder()
  const inits = [['init'], ...Array.from({ length: writers }, (_, writer) => ['operator', 'add', `o${writer}`])]
  for (const args of inits) {
    const { code, stderr } = await opstatProcess(args, { folder })
    if (code !== 0) throw new Error(stderr)
  }
  const loop: Loop = {
    folder,
    random: randomFrom(seed),
    running: new Set(),
    created: [],
    entered: [],
    refused: [],
    reads: { count: 0, mostStatuses: 0, wrong: [] },
    kills: 0,
    stops: 0,
    over: false,
  }
  onTestFinished(() => {
    for (const child of loop.running) child.kill('SIGKILL')
  })
  return loop
}

/** Creates a status and puts its own operator into it, again and again: every change is told from every other. */
async function writeOn(loop: Loop, writer: number): Promise<void> {
  const operator = `o${writer}`
  for (let count = 0; !loop.over; count += 1) {
    const id = `s${writer}-${count}`
    if (!(await acknowledged(loop, ['status', 'create', id, '--id', id]))) continue
    loop.created.push(id)
    if (await acknowledged(loop, ['operator', 'set-status', operator, id])) loop.entered.push({ operator, to: id })
  }
}

function acknowledged(loop: Loop, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [binFile, ...args], {
      cwd: loop.folder,
      env: cleanEnv,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk
    })
    loop.running.add(child)
    child.on('error', reject)
    child.on('close', (code) => {
      loop.running.delete(child)
      if (code !== null && code !== 0) loop.refused.push(`${args.join(' ')}: ${code} ${stderr}`)
      resolve(code === 0)
    })
  })
}

/** Kills one writer, or stops it for a moment, wherever it is just now. */
function strike(loop: Loop): void {
  const children = [...loop.running]
  const child = children[Math.floor(loop.random() * children.length)]
  if (child === undefined || loop.over) return
  if (loop.random() < killShare) {
    if (child.kill('SIGKILL')) loop.kills += 1
    loop.over = loop.over || loop.kills >= enoughKills
    return
  }
  child.kill('SIGSTOP')
  loop.stops += 1
  setTimeout(() => child.kill('SIGCONT'), Math.floor(loop.random() * 3 * strikeEveryMs))
}

/** Nothing is ever deleted here: a catalogue with fewer statuses than before has lost some. */
function lookOnce({ folder, reads }: Loop): void {
  const text = readFileSync(join(folder, 'statuses.json'), 'utf8')
  reads.count += 1
  try {
    const { length } = JSON.parse(text).statuses
    if (length < reads.mostStatuses) reads.wrong.push(`${length} statuses after ${reads.mostStatuses}`)
    reads.mostStatuses = Math.max(reads.mostStatuses, length)
  } catch (error) {
    reads.wrong.push(`${error}: ${text.slice(0, 200)}`)
  }
}

function parseEntry(line: string): { readonly operator?: string; readonly to?: string } {
  return JSON.parse(line)
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
