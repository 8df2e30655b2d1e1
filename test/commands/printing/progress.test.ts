import { join } from 'node:path'
import { expect, test } from 'vitest'
import { opstat as runOpstat } from '../../../src/cli.ts'
import type { Globals } from '../../../src/commands/declaring/command.ts'
import { withProgress } from '../../../src/commands/printing/progress.ts'
import type { Clock } from '../../../src/domain/clock.ts'
import { ok } from '../../../src/domain/result.ts'
import { createFileStore } from '../../../src/store/fileStore.ts'
import { Interrupted } from '../../../src/system/system.ts'
import { entered } from '../../store/decisions.ts'
import { createFolder, opstat } from '../../support/opstat.ts'
import { createFakeSystem, createTestClock, noon, type World } from '../../support/system.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline' },
  operators: [{ id: 'ana', name: 'Ana', initialStatus: 'online' }],
}

/** More than three of the blocks in which a feed is read. */
const beats = Array.from(
  { length: 12_000 },
  (_, index) =>
    `{"at":"${new Date(noon - 600_000 + index).toISOString()}","operator":"ana","session":"s","event":"beat"}\n`,
).join('')

/** So long each look at the clock takes: what is slow is slow by this. */
function slowClock(msEach: number): Clock {
  const clock = createTestClock(noon)
  return {
    ...clock,
    steady() {
      clock.advance(msEach)
      return clock.steady()
    },
  }
}

const globals = { quiet: false } as Globals

const simulate = 'presence simulate --until 2026-11-22T12:00:00Z'

function play(line: string, world: Partial<World> & { readonly folder?: string } = {}) {
  return opstat(line, {
    files: { 'statuses.json': catalogue, 'heartbeats.jsonl': beats },
    terminals: ['stderr'],
    clock: slowClock(600),
    ...world,
  })
}

/** What stood on the terminal at one time or another, without what draws it. */
function lines(stderr: string): string[] {
  return stderr
    .split('\r')
    .map((text) => text.replace('\x1b[K', ''))
    .filter((text) => text !== '')
}

test('a long replay shows its share, its speed and the time left in one line, which is gone in the end', async () => {
  const { code, stderr } = await play(simulate)
  expect(code).toBe(0)
  const shown = lines(stderr)
  expect(shown.length).toBeGreaterThan(2)
  for (const line of shown) expect(line).toMatch(/^playing heartbeats\.jsonl: \d+ %, [\d,.]+ records\/s, \d+ s left$/)
  const shares = shown.map((line) => Number(/(\d+) %/.exec(line)?.[1]))
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(shares.at(-1)).toBe(100)
  expect(stderr.endsWith('\r\x1b[K')).toBe(true)
})

test.each<[string, string, Partial<World>]>([
  ['work of less than a second', simulate, { clock: slowClock(150) }],
  ['stderr that is no terminal', simulate, { terminals: ['stdout'] }],
  ['--quiet', `${simulate} --quiet`, {}],
  ['results that are streamed to the same terminal', `${simulate} -o jsonl`, { terminals: ['stdout', 'stderr'] }],
])('%s shows nothing', async (_what, line, world) => {
  const { code, stderr } = await play(line, world)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('results that are streamed elsewhere leave the terminal to the progress', async () => {
  const { stderr } = await play(`${simulate} -o jsonl`)
  expect(lines(stderr).length).toBeGreaterThan(2)
})

test.each<[string, Readonly<Record<string, string>>]>([
  ['OPSTAT_PLAIN', { OPSTAT_PLAIN: '1' }],
  ['a dumb terminal', { TERM: 'dumb' }],
])('with %s a line of its own stands there every ten seconds', async (_what, env) => {
  const { stderr } = await play(simulate, { env, clock: slowClock(6000) })
  expect(stderr).not.toContain('\r')
  const shown = stderr.trimEnd().split('\n')
  expect(shown.length).toBeGreaterThan(1)
  for (const line of shown) expect(line).toMatch(/^playing heartbeats\.jsonl: \d+ %, [\d,.]+ records\/s, \d+ s left$/)
})

test.each([
  ['feed check', /^checking heartbeats\.jsonl: \d+ %/],
  ['report absence', /^reading heartbeats\.jsonl: \d+ %/],
  ['presence list', /^reading heartbeats\.jsonl: \d+ %/],
  ['presence show ana', /^reading heartbeats\.jsonl: \d+ %/],
])('%s shows how far it is with the feed', async (line, shown) => {
  const { stderr } = await play(line)
  expect(lines(stderr)[0]).toMatch(shown)
  expect(stderr).toContain('\r\x1b[K')
})

test('standard input has no share, for nobody knows how much is to come', async () => {
  const { stderr } = await play(`${simulate} --heartbeats -`, { stdin: beats, clock: slowClock(1200) })
  expect(lines(stderr)[0]).toMatch(/^playing standard input: 12,000 records, [\d,.]+ records\/s$/)
})

test.each(['report time', 'report compliance', 'report absence', 'presence explain ana', 'history verify'])(
  '%s shows how far it is with a long history',
  async (line) => {
    const folder = await createFolder({ 'statuses.json': catalogue })
    const file = join(folder, 'statuses.json')
    const store = createFileStore({ file, clock: createTestClock(noon - 600_000), by: 'tester' })
    const facts = Array.from({ length: 5000 }, (_, index) =>
      entered({ at: noon - 600_000 + index, operator: 'ana', from: null, to: index % 2 === 0 ? 'online' : 'offline' }),
    )
    expect(await store.transact(() => ok({ facts, value: null }))).toMatchObject({ ok: true })
    const { code, stderr } = await play(line, { folder })
    expect(code).toBe(0)
    expect(lines(stderr)[0]).toMatch(/^(reading|checking) statuses\.history\.jsonl: /)
  },
)

test.each([simulate, `${simulate} -o jsonl`, 'feed check', 'report absence', 'presence list'])(
  '%s ends with 130 when it is interrupted, and says nothing any more',
  async (line) => {
    const stop = new AbortController()
    const clock = slowClock(600)
    let looks = 0
    const { code, stdout, stderr } = await play(line, {
      stop: stop.signal,
      clock: {
        ...clock,
        steady() {
          if (++looks === 4) stop.abort('SIGINT')
          return clock.steady()
        },
      },
    })
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    await new Promise((resolve) => setImmediate(resolve))
    expect(lines(stderr).filter((text) => !/^(playing|checking|reading) /.test(text))).toEqual([])
  },
)

test('an interrupted work is told so at its next pause, and not before', async () => {
  const stop = new AbortController()
  const system = createFakeSystem({ cwd: '/', clock: slowClock(60), stop: stop.signal })
  const reached: number[] = []
  const work = withProgress({ doing: 'reading', to: 'x', records: () => 0 }, { globals, system }, async (progress) => {
    for (let done = 1; done < 10; done++) {
      if (done === 4) stop.abort('SIGINT')
      const paused = progress.at(done)
      if (paused !== undefined) await paused
      reached.push(done)
    }
  })
  await expect(work).rejects.toBeInstanceOf(Interrupted)
  expect(reached).toEqual([1, 2, 3])
})

test('what an interrupted command still answers is not shown', async () => {
  const stop = new AbortController()
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const leaf = {
    declare: () => undefined,
    examples: [],
    async run() {
      stop.abort('SIGINT')
      await finished
      return ok({ value: 'late', human: () => 'late' })
    },
  }
  const system = createFakeSystem({ cwd: '/', stop: stop.signal })
  const tree = { slow: { summary: 'Takes its time', load: async () => leaf } }
  expect(await runOpstat(['slow'], system, tree)).toBe(130)
  finish()
  await new Promise((resolve) => setImmediate(resolve))
  expect(system.written).toEqual({ stdout: '', stderr: '' })
})
