import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSwitchHook } from '../../../src/commands/telling/switchHook.ts'
import type { SwitchedEntry } from '../../../src/domain/watching/notice.ts'
import type { ProgramEnd, ProgramRun } from '../../../src/system/system.ts'
import { createFolder, opstat, shell } from '../../support/opstat.ts'
import { createTestClock, noon } from '../../support/system.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  operators: ['ana', 'bo'].map((id) => ({ id, initialStatus: 'online' })),
}

/** A folder in which ana is overdue for an hour, and bo by a minute less. */
async function overdue(): Promise<string> {
  const folder = await createFolder({ 'statuses.json': catalogue })
  const clock = createTestClock(noon - 70 * 60_000)
  await opstat('watch --once', { folder, clock })
  for (const [operator, at] of [
    ['ana', noon - 70 * 60_000],
    ['bo', noon - 69 * 60_000],
  ] as const) {
    appendFileSync(
      join(folder, 'heartbeats.jsonl'),
      `${JSON.stringify({ at, operator, session: 's', event: 'beat' })}\n`,
    )
  }
  return folder
}

/** Runs one turn with a program that ends as told; what it was given. */
async function once(flags: readonly string[], end: (run: ProgramRun) => Promise<ProgramEnd>) {
  const folder = await overdue()
  const given: ProgramRun[] = []
  const runProgram = (run: ProgramRun) => {
    given.push(run)
    return end(run)
  }
  const ended = await opstat(['watch', '--once', ...flags], { folder, runProgram })
  return { ...ended, given }
}

const fine: ProgramEnd = { end: 'exit', code: 0, said: '' }

test('the program is called for each switch, in order, with the switch as JSON', async () => {
  const { given, code } = await once(['--on-switch', "tell --room 'the ops'", '-o', 'json'], async () => fine)
  expect(code).toBe(0)
  expect(given.map(({ command, timeoutMs }) => [command, timeoutMs])).toEqual([
    [['tell', '--room', 'the ops'], 10_000],
    [['tell', '--room', 'the ops'], 10_000],
  ])
  expect(given.map(({ input }) => JSON.parse(input))).toEqual(
    ['ana', 'bo'].map((operator, index) => ({
      type: 'switched',
      at: new Date(noon - (60 - index) * 60_000).toISOString(),
      operator,
      from: 'online',
      to: 'offline',
      cause: 'auto-offline',
      due: new Date(noon - (60 - index) * 60_000).toISOString(),
      lastSeen: new Date(noon - (70 - index) * 60_000).toISOString(),
      by: 'opstat',
      recordedAt: '2026-11-22T12:00:00.000Z',
    })),
  )
})

test.each<[ProgramEnd, string]>([
  [{ end: 'exit', code: 3, said: 'no room\x1b[2J\n' }, 'ended with 3: no room\\u{1b}[2J'],
  [{ end: 'killed', by: 'SIGKILL' }, 'was ended by SIGKILL'],
  [{ end: 'timeout', timeoutMs: 10_000 }, 'took longer than 10s and was killed'],
  [{ end: 'not-started', errno: 'ENOENT' }, 'could not be started: it does not exist (ENOENT)'],
])('a program that fails is a problem, and the switch stands: %j', async (end, words) => {
  const { stderr, text, code } = await once(['--on-switch', 'tell'], async () => end)
  expect(code).toBe(0)
  expect(stderr).toContain(
    `problem: the --on-switch program for ana ${words} (the switch stands; what was missed is in opstat history)\n`,
  )
  expect(text('statuses.history.jsonl').match(/"auto-offline"/g)?.length).toBeGreaterThanOrEqual(2)
})

test('a dry run calls nobody', async () => {
  expect((await once(['--on-switch', 'tell', '--dry-run'], async () => fine)).given).toEqual([])
})

test.each([
  ["--on-switch tell' x", '--on-switch leaves a quote open'],
  ['--metrics-port 70000', '--metrics-port: "70000" won\'t do: write PORT or HOST:PORT'],
  ['--metrics-port x', '--metrics-port: "x" won\'t do: write PORT or HOST:PORT'],
])('%s is refused', async (flags, words) => {
  const ended = await opstat(['watch', '--once', ...flags.split(/ (.*)/).filter((word) => word !== '')], {
    folder: await createFolder({ 'statuses.json': catalogue }),
    runProgram: async () => fine,
  })
  expect([ended.code, ended.stderr.includes(words)]).toEqual([2, true])
})

const entry = (operator: string): SwitchedEntry => ({
  at: noon,
  operator,
  from: 'online',
  to: 'offline',
  cause: 'auto-offline',
  due: noon,
  lastSeen: null,
  by: 'opstat',
  recordedAt: noon,
})

test('a slow program delays nobody; what does not fit the queue is skipped and said', async () => {
  let release: (end: ProgramEnd) => void = () => undefined
  const hook = createSwitchHook(['tell'], {
    clock: createTestClock(noon),
    runProgram: ({ signal }) =>
      new Promise((resolve) => {
        release = resolve
        signal.addEventListener('abort', () => resolve({ end: 'stopped' }))
      }),
  })
  hook.push(Array.from({ length: 1003 }, (_, index) => entry(`op-${index}`)))
  expect(hook.takeProblems(noon)).toEqual([
    { type: 'problem', at: noon, problem: { code: 'hook-skipped', switches: 3, reason: 'queue-full' } },
  ])
  release(fine)
  await hook.finish(1000)
  expect(hook.takeProblems(noon).map((notice) => 'problem' in notice && notice.problem)).toEqual([
    { code: 'hook-skipped', switches: 998, reason: 'stopped' },
    { code: 'hook-failed', operator: 'op-1', end: { end: 'stopped' } },
  ])
})

test('the numbers are written to a file that can be replaced at any moment', async () => {
  const folder = await overdue()
  await opstat('watch --once --metrics-file numbers.prom', { folder })
  const numbers = readFileSync(join(folder, 'numbers.prom'), 'utf8')
  expect(numbers).toContain('\nopstat_switches_total{cause="auto-offline"} 2\n')
  expect(numbers).toContain('\nopstat_operators{presence="away",status="offline"} 2\n')
  expect(numbers).toContain('\nopstat_feed_records_total 2\n')
  expect(numbers).toContain('\nopstat_last_turn_timestamp_seconds 1795348800\n')
})

test('a file that can not be written is said once, and the rule goes on', async () => {
  const folder = await overdue()
  mkdirSync(join(folder, 'numbers.prom'))
  const { stderr, stdout } = await opstat('watch --once --metrics-file numbers.prom', { folder })
  expect(stderr.match(/can't write the metrics/g)).toHaveLength(1)
  expect(stdout.match(/ switched /g)).toHaveLength(2)
})

test('an address that is taken is refused before anything is watched', async () => {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  const folder = await createFolder({ 'statuses.json': catalogue })
  const ended = await opstat(`watch --metrics-port ${port}`, { folder })
  server.close()
  expect([ended.code, ended.stderr]).toEqual([
    7,
    `error: can't listen on 127.0.0.1:${port}: another program listens there (EADDRINUSE)\nhint: give another with --metrics-port [HOST:]PORT\n`,
  ])
})

test('the built watcher serves its numbers while it watches, tells a real program, and ends within two seconds', async () => {
  const folder = await createFolder({
    'statuses.json': { ...catalogue, settings: { offlineAfter: '1s', feedTimeout: null } },
  })
  const script = `
    opstat watch --metrics-port 127.0.0.1:$PORT --on-switch 'tee -a told.jsonl' -o json > out.jsonl 2> err.txt & pid=$!
    for i in $(seq 100); do
      curl -sf http://127.0.0.1:$PORT/healthz > health.txt && test -s told.jsonl && break
      opstat presence record tick; sleep 0.1
    done
    curl -sf http://127.0.0.1:$PORT/metrics > metrics.txt
    kill -TERM $pid; start=$(date +%s%N); wait $pid; code=$?
    echo "$code $(( ($(date +%s%N) - start) / 1000000 ))"
  `
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  await new Promise((resolve) => server.close(resolve))
  const { stdout } = await shell(script, { folder, env: { PORT: String(port) } })
  const [code, tookMs] = stdout.trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  expect(code).toBe(0)
  expect(tookMs).toBeLessThan(2000)
  expect(readFileSync(join(folder, 'health.txt'), 'utf8')).toBe('ok\n')
  expect(existsSync(join(folder, 'told.jsonl'))).toBe(true)
  expect(readFileSync(join(folder, 'metrics.txt'), 'utf8')).toMatch(
    /opstat_switches_total\{cause="auto-offline"\} [12]\n/,
  )
})
