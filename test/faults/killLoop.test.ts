import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { binFile, cleanEnv, createFolder, ensureBuilt, opstatProcess } from '../support/opstat.ts'
import { type Attempt, isOrderOf, type Outcome, randomFrom } from './attempts.ts'

/** `npm run soak` goes on until so much was read and acknowledged. */
const enough =
  process.env.OPSTAT_SOAK === '1'
    ? { kills: 150, stops: 50, reads: 100_000, acknowledged: 10_000, ms: 3 * 60 * 60_000, strikeEveryMs: 300 }
    : { kills: 150, stops: 50, reads: 0, acknowledged: 0, ms: 25_000, strikeEveryMs: 70 }
const writers = Array.from({ length: 6 }, (_, index) => `w${index}`)
const readEveryMs = 3
const killShare = 0.7
const places = ['online', 'on-break', 'offline', ...writers]

interface Loop {
  readonly folder: string
  readonly random: () => number
  readonly running: Set<ChildProcess>
  /** By the operator or status whose own attempts they are: nobody else touches either. */
  readonly moves: Map<string, Attempt[]>
  readonly names: Map<string, Attempt[]>
  readonly refused: string[]
  readonly wrongReads: string[]
  reads: number
  acknowledged: number
  kills: number
  stops: number
  over: boolean
}

test(
  'writers that are killed and stopped lose no acknowledged change, and a reader never sees a torn catalogue',
  async () => {
    ensureBuilt()
    const seed = Number(process.env.OPSTAT_SEED ?? Date.now() % 2 ** 31)
    const loop = await startLoop(seed)
    const strikes = setInterval(() => strike(loop), enough.strikeEveryMs)
    const looks = setInterval(() => lookOnce(loop), readEveryMs)
    const end = setTimeout(() => {
      loop.over = true
    }, enough.ms)
    await Promise.all(writers.map((writer) => writeOn(loop, writer)))
    for (const timer of [strikes, looks]) clearInterval(timer)
    clearTimeout(end)

    const { folder, kills, stops, acknowledged, reads, refused, wrongReads } = loop
    const sum = `seed ${seed}: ${kills} kills, ${stops} stops, ${acknowledged} acknowledged, ${reads} reads`
    process.stdout.write(`${sum}\n`)
    expect({ refused, wrongReads }, sum).toEqual({ refused: [], wrongReads: [] })
    const verified = await opstatProcess(['history', 'verify'], { folder })
    expect([verified.code, verified.stderr], sum).toEqual([0, expect.any(String)])
    const { entered, edited } = await whatTheHistoryTells(folder)
    for (const writer of writers) {
      expect(
        isOrderOf(loop.moves.get(writer) ?? [], { start: 'offline', happened: entered.get(writer) ?? [] }),
        `${sum}: where ${writer} went`,
      ).toBe(true)
      expect(
        isOrderOf(loop.names.get(writer) ?? [], { start: `${writer} 0`, happened: edited.get(writer) ?? [] }),
        `${sum}: how ${writer} was called`,
      ).toBe(true)
    }
    const { statuses } = JSON.parse(readFileSync(join(folder, 'statuses.json'), 'utf8'))
    expect(namesOf(statuses), sum).toEqual(writers.map((writer) => edited.get(writer)?.at(-1) ?? `${writer} 0`))
    expect(acknowledged, sum).toBeGreaterThan(enough.acknowledged)
    expect(reads, sum).toBeGreaterThan(enough.reads)
    const after = await opstatProcess(['status', 'create', 'afterwards'], { folder })
    expect([after.code, after.stderr], sum).toEqual([0, expect.any(String)])
  },
  enough.ms + 120_000,
)

async function startLoop(seed: number): Promise<Loop> {
  const folder = await createFolder()
  const inits = [
    ['init'],
    ...writers.map((writer) => ['status', 'create', `${writer} 0`, '--id', writer]),
    ...writers.map((writer) => ['operator', 'add', writer]),
  ]
  for (const args of inits) {
    const { code, stderr } = await opstatProcess(args, { folder })
    if (code !== 0) throw new Error(stderr)
  }
  const loop: Loop = {
    folder,
    random: randomFrom(seed),
    running: new Set(),
    moves: new Map(writers.map((writer) => [writer, []])),
    names: new Map(writers.map((writer) => [writer, []])),
    refused: [],
    wrongReads: [],
    reads: 0,
    acknowledged: 0,
    kills: 0,
    stops: 0,
    over: false,
  }
  onTestFinished(() => {
    for (const child of loop.running) child.kill('SIGKILL')
  })
  return loop
}

/** Renames its own status and moves its own operator, by turns. */
async function writeOn(loop: Loop, writer: string): Promise<void> {
  for (let count = 1; !loop.over; count += 1) {
    const name = `${writer} ${count}`
    loop.names.get(writer)?.push({ to: name, outcome: await attempt(loop, ['status', 'edit', writer, '--name', name]) })
    const to = places[count % places.length] as string
    loop.moves.get(writer)?.push({ to, outcome: await attempt(loop, ['operator', 'set-status', writer, to]) })
    loop.over ||= isEnough(loop)
  }
}

function attempt(loop: Loop, args: readonly string[]): Promise<Outcome> {
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
      if (code === 0) loop.acknowledged += 1
      resolve(code === 0 ? 'acknowledged' : 'unknown')
    })
  })
}

function isEnough({ kills, stops, acknowledged, reads }: Loop): boolean {
  return kills >= enough.kills && stops >= enough.stops && acknowledged > enough.acknowledged && reads > enough.reads
}

/** Kills one writer, or stops it for a moment, wherever it is just now. */
function strike(loop: Loop): void {
  const children = [...loop.running]
  const child = children[Math.floor(loop.random() * children.length)]
  if (child === undefined || loop.over) return
  if (loop.random() < killShare) {
    if (child.kill('SIGKILL')) loop.kills += 1
    return
  }
  child.kill('SIGSTOP')
  loop.stops += 1
  setTimeout(() => child.kill('SIGCONT'), Math.floor(loop.random() * 3 * enough.strikeEveryMs))
}

/** The numbers behind the names only ever grow: a smaller one, like a text that is no catalogue, is wrong. */
function lookOnce(loop: Loop): void {
  const text = readFileSync(join(loop.folder, 'statuses.json'), 'utf8')
  loop.reads += 1
  try {
    const numbers = namesOf(JSON.parse(text).statuses).map((name) => Number(name.split(' ')[1]))
    const seen = lastNumbers.get(loop) ?? numbers
    lastNumbers.set(loop, numbers)
    if (numbers.length !== writers.length || numbers.some((number, index) => !(number >= (seen[index] as number))))
      loop.wrongReads.push(`${numbers} after ${seen}`)
  } catch (error) {
    loop.wrongReads.push(`${error}: ${text.slice(0, 200)}`)
  }
}

const lastNumbers = new WeakMap<Loop, readonly number[]>()

function namesOf(statuses: readonly { readonly id: string; readonly name: string }[]): string[] {
  return statuses.filter(({ id }) => writers.includes(id)).map(({ name }) => name)
}

/** Where each operator went and what each status was called, in order. */
async function whatTheHistoryTells(folder: string) {
  const { stdout } = await opstatProcess(['history', '-o', 'jsonl'], { folder })
  const entered = new Map(writers.map((writer) => [writer, [] as string[]]))
  const edited = new Map(writers.map((writer) => [writer, [] as string[]]))
  for (const line of stdout.trimEnd().split('\n')) {
    const { type, operator, from, to, after } = JSON.parse(line)
    if (type === 'status-entered' && from !== null) entered.get(operator)?.push(to)
    if (type === 'status-edited') edited.get(after.id)?.push(after.name)
  }
  return { entered, edited }
}
