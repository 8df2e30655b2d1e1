import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { faketimeLibrary } from '../support/machine.ts'
import { createFolder, opstatProcess } from '../support/opstat.ts'
import { startWatch } from '../support/watchProcess.ts'

const library = faketimeLibrary()
const hour = 3600
const day = 24 * hour

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline', offlineAfter: '3s' },
  operators: ['ana', 'bo'].map((id) => ({ id, initialStatus: 'online' })),
}

/** Seconds by which the watcher's clocks are wrong, one after the other. */
const toAndFro = [hour, -hour, day, -day, 0]
/** No monotonic clock is ever set back: every timer of the process would wait for it. */
const ahead = [hour, day]
const beatEveryMs = 250
const beatsPerStep = 8

test.runIf(library !== null).each([
  { clocks: 'the wall clock set to and fro', steps: toAndFro },
  { clocks: 'the wall and the monotonic clock set ahead', steps: ahead },
])(
  '$clocks by an hour and by a day switches nobody who beats, and then in time who falls silent',
  async ({ steps }) => {
    await Promise.all([
      expectRightSwitches('the watcher alone', steps),
      expectRightSwitches('the whole machine', steps),
    ])
  },
)

async function expectRightSwitches(where: 'the watcher alone' | 'the whole machine', steps: readonly number[]) {
  const folder = await createFolder({ 'statuses.json': catalogue })
  await opstatProcess(['watch', '--once', '-q'], { folder })
  const clock = join(folder, 'clock')
  const setClock = (seconds: number) => writeFileSync(clock, `${seconds < 0 ? '' : '+'}${seconds}\n`)
  setClock(0)
  const watch = startWatch(folder, [], {
    LD_PRELOAD: library as string,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: '1',
    ...(steps === ahead ? {} : { FAKETIME_DONT_FAKE_MONOTONIC: '1' }),
  })
  await watch.until(({ type }) => type === 'started')
  const panel = startBeating(folder)
  for (const seconds of steps) {
    setClock(seconds)
    if (where === 'the whole machine') panel.stepTo(seconds)
    await panel.beats(beatsPerStep)
  }
  expect(switchedIn(folder), where).toEqual([])
  const due = panel.silence('ana') + 3000
  const { operator, at, recordedAt } = await watch.until(({ type }) => type === 'switched')
  expect([operator, at], where).toEqual(['ana', new Date(due).toISOString()])
  const wrongMs = where === 'the watcher alone' ? 1000 * (steps.at(-1) as number) : 0
  const lateMs = Date.parse(recordedAt as string) - wrongMs - due
  expect(lateMs, where).toBeGreaterThanOrEqual(0)
  expect(lateMs, where).toBeLessThan(2000)
  expect((await watch.end('SIGTERM')).code).toBe(0)
  expect(switchedIn(folder), where).toEqual(['ana offline auto-offline'])
}

/** Two operators who beat by a clock of their own until the test is over or they fall silent. */
function startBeating(folder: string) {
  const beating = new Map([
    ['ana', 0],
    ['bo', 0],
  ])
  const awaited = new Map<number, () => void>()
  let offsetMs = 0
  let beats = 0
  const timer = setInterval(() => {
    const at = Date.now() + offsetMs
    for (const operator of beating.keys()) {
      const line = { at: new Date(at).toISOString(), operator, session: 'tab', event: 'beat' }
      appendFileSync(join(folder, 'heartbeats.jsonl'), `${JSON.stringify(line)}\n`)
      beating.set(operator, at)
    }
    awaited.get(++beats)?.()
  }, beatEveryMs)
  onTestFinished(() => clearInterval(timer))
  return {
    stepTo: (seconds: number) => {
      offsetMs = seconds * 1000
    },
    beats: (more: number) => new Promise<void>((resolve) => awaited.set(beats + more, resolve)),
    /** Answers the last beat. */
    silence: (operator: string) => {
      const last = beating.get(operator) ?? 0
      beating.delete(operator)
      return last
    },
  }
}

function switchedIn(folder: string): string[] {
  return readFileSync(join(folder, 'statuses.history.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ from }) => typeof from === 'string')
    .map(({ operator, to, cause }) => `${operator} ${to} ${cause}`)
}
