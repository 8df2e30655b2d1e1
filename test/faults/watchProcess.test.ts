import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFolder, opstatProcess } from '../support/opstat.ts'
import { startWatch } from '../support/watchProcess.ts'

const operators = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `op-${index}`, name: `Op ${index}`, initialStatus: 'online' }))

const catalogue = (count: number) => ({
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'lunch', name: 'Lunch', color: '#f9a825', countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline', offlineAfter: '3s' },
  operators: operators(count),
})

async function createStore(count: number) {
  const folder = await createFolder({ 'statuses.json': catalogue(count) })
  // The first stays are recorded before anybody is seen.
  await opstatProcess(['watch', '--once', '-q'], { folder })
  const beat = (operator: string) => {
    const line = { at: new Date().toISOString(), operator, session: 'tab', event: 'beat' }
    appendFileSync(join(folder, 'heartbeats.jsonl'), `${JSON.stringify(line)}\n`)
    return Date.parse(line.at)
  }
  /** Beats three times a second until the test is over; answers how to wait for so many more beats. */
  const keepBeating = (...ids: string[]) => {
    let beats = 0
    const awaited = new Map<number, () => void>()
    const timer = setInterval(() => {
      ids.forEach(beat)
      awaited.get(++beats)?.()
    }, 300)
    onTestFinished(() => clearInterval(timer))
    return (more: number) => new Promise<void>((resolve) => awaited.set(beats + more, resolve))
  }
  const entered = () =>
    readFileSync(join(folder, 'statuses.history.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ type, from }) => type === 'status-entered' && from !== null)
  return { folder, beat, keepBeating, entered }
}

test('who falls silent is switched after three seconds and before five; who beats, and whom an administrator moved, is not', async () => {
  const { folder, beat, keepBeating, entered } = await createStore(3)
  const watch = startWatch(folder)
  await watch.until(({ type }) => type === 'started')
  keepBeating('op-1')
  const lastBeat = beat('op-0')
  expect((await opstatProcess(['operator', 'set-status', 'op-2', 'Lunch'], { folder })).code).toBe(0)
  const switched = await watch.until(({ type }) => type === 'switched')
  expect(Date.now() - lastBeat).toBeGreaterThanOrEqual(3000)
  expect(Date.parse(switched.recordedAt as string) - lastBeat).toBeLessThan(5000)
  expect(switched).toMatchObject({
    operator: 'op-0',
    from: 'online',
    to: 'offline',
    at: new Date(lastBeat + 3000).toISOString(),
  })
  const { code, tookMs } = await watch.end('SIGTERM')
  expect(code).toBe(0)
  expect(tookMs).toBeLessThan(2000)
  expect(entered().map(({ operator, to, cause }) => `${operator} ${to} ${cause}`)).toEqual([
    'op-2 lunch admin',
    'op-0 offline auto-offline',
  ])
})

test('ten operators at once are ten switches in one commit, and each once although the watcher is killed right after', async () => {
  const { folder, beat, entered } = await createStore(10)
  const watch = startWatch(folder)
  await watch.until(({ type }) => type === 'started')
  for (const { id } of operators(10)) beat(id)
  await watch.until(({ type }) => type === 'switched')
  await watch.end('SIGKILL')
  const again = startWatch(folder)
  await again.until(({ type }) => type === 'started')
  await again.end('SIGINT')
  expect(entered().map(({ operator, to }) => `${operator} ${to}`)).toEqual(
    operators(10).map(({ id }) => `${id} offline`),
  )
  expect(new Set(entered().map(({ recordedAt }) => recordedAt)).size).toBe(1)
  expect((await opstatProcess(['history', 'verify'], { folder })).code).toBe(0)
})

test('a second watcher stands by and takes over when the first is killed; each switch happens once', async () => {
  const { folder, beat, keepBeating, entered } = await createStore(2)
  const first = startWatch(folder)
  await first.until(({ type }) => type === 'started')
  const second = startWatch(folder)
  await second.until(({ type }) => type === 'standby')
  keepBeating('op-1')
  beat('op-0')
  await first.end('SIGKILL')
  await second.until(({ type }) => type === 'started')
  await second.until(({ type, operator }) => type === 'switched' && operator === 'op-0')
  expect((await second.end('SIGTERM')).code).toBe(0)
  expect(entered().map(({ operator, to }) => `${operator} ${to}`)).toEqual(['op-0 offline'])
})

test('a watcher stopped for longer than the window, while beats go on, switches nobody when it goes on', async () => {
  const { folder, keepBeating, entered } = await createStore(2)
  const watch = startWatch(folder)
  await watch.until(({ type }) => type === 'started')
  const beats = keepBeating('op-0', 'op-1')
  await beats(5)
  watch.child.kill('SIGSTOP')
  await beats(18)
  watch.child.kill('SIGCONT')
  await beats(5)
  const { code } = await opstatProcess(['operator', 'set-status', 'op-1', 'lunch'], { folder })
  expect(code).toBe(0)
  expect((await watch.end('SIGTERM')).code).toBe(0)
  expect(entered().map(({ operator, cause }) => `${operator} ${cause}`)).toEqual(['op-1 admin'])
})

test('a catalogue broken under a running watcher is told, decides nothing, and is picked up when it is mended', async () => {
  const { folder, beat, entered } = await createStore(1)
  const watch = startWatch(folder)
  await watch.until(({ type }) => type === 'started')
  beat('op-0')
  writeFileSync(join(folder, 'statuses.json'), '{"version": 1, "statuses": [')
  expect(await watch.until(({ type }) => type === 'problem')).toMatchObject({ code: 'not-json' })
  writeFileSync(join(folder, 'statuses.json'), JSON.stringify(catalogue(1)))
  await watch.until(({ type }) => type === 'mended')
  await watch.until(({ type }) => type === 'switched')
  expect((await watch.end('SIGTERM')).code).toBe(0)
  expect(entered().map(({ operator, to }) => `${operator} ${to}`)).toEqual(['op-0 offline'])
})
