import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { canTrace } from '../support/machine.ts'
import { createFolder, opstat, opstatProcess } from '../support/opstat.ts'
import { callsOf, type Run, type StoreCall } from './faultedCalls.ts'
import { startAndStop } from './stoppedCommand.ts'

const traces = canTrace()
const others = process.env.OPSTAT_SOAK === '1' ? 50 : 8
const create = (name: string) => ['status', 'create', name]

async function createStore(): Promise<string> {
  const folder = await createFolder()
  for (const args of [
    ['init', '-q'],
    ['status', 'create', 'Earlier', '-q'],
  ]) {
    const { code, stderr } = await opstatProcess(args, { folder })
    expect([code, stderr]).toEqual([0, expect.any(String)])
  }
  return folder
}

/** The calls that a command makes while it holds the store, but for those that only look. */
async function callsInsideLock(run: Run): Promise<StoreCall[]> {
  const calls = await callsOf(run)
  const [from, to] = [0, calls.findLastIndex(({ file, kind }) => file === 'statuses.lock' && kind === 'close')]
  const begun = calls.findIndex(({ file, kind }) => file === 'statuses.lock' && kind === 'pwrite64')
  return calls.slice(Math.max(from, begun), to).filter(({ kind }) => kind !== 'close' && kind !== 'fchmod')
}

async function expectAgreement(folder: string, names: readonly string[]): Promise<void> {
  const statuses = JSON.parse(readFileSync(join(folder, 'statuses.json'), 'utf8')).statuses as {
    readonly name: string
  }[]
  const found = statuses.map(({ name }) => name).filter((name) => names.includes(name))
  expect(found.sort()).toEqual([...names].sort())
  const { stdout } = await opstat('history -o jsonl', { folder })
  const told = stdout.split('\n').filter((line) => line.includes('"status-created"'))
  expect(told).toHaveLength(statuses.length)
  expect((await opstat('history verify', { folder })).code).toBe(0)
}

test.runIf(traces)(
  'a holder that was stopped in the middle of a change keeps the store: nobody else writes, and it ends its change',
  async () => {
    const run = { args: create('Held'), template: await createStore() }
    const call = (await callsInsideLock(run)).find(
      ({ kind, file }) => kind === 'pwrite64' && file === 'statuses.history.jsonl',
    )
    const holder = await startAndStop(run, call as StoreCall)
    const since = readFileSync(join(holder.folder, 'statuses.lock'), 'utf8')
    const refused = await Promise.all(
      Array.from({ length: others }, (_, index) => opstatProcess(create(`Other ${index}`), { folder: holder.folder })),
    )
    const { pid, at } = JSON.parse(since)
    for (const { code, stderr } of refused)
      expect([code, stderr]).toEqual([
        6,
        expect.stringContaining(`is held by process ${pid} since ${at}, also after 10s`),
      ])
    expect(readFileSync(join(holder.folder, 'statuses.json'), 'utf8')).not.toContain('Other')
    expect((await holder.goOn()).code).toBe(0)
    expect((await opstatProcess(create('Afterwards'), { folder: holder.folder })).code).toBe(0)
    await expectAgreement(holder.folder, ['Held', 'Afterwards'])
  },
)

test.runIf(traces)('whoever waits for a holder that is killed has the store within a second', async () => {
  const run = { args: create('Held'), template: await createStore() }
  const call = (await callsInsideLock(run)).find(({ kind }) => kind === 'rename') as StoreCall
  const holder = await startAndStop(run, call)
  const waiting = opstatProcess(create('Waiting'), { folder: holder.folder })
  // Long enough for it to have asked for the store several times.
  await pause(500)
  const killedAt = performance.now()
  holder.kill()
  expect((await waiting).code).toBe(0)
  expect(performance.now() - killedAt).toBeLessThan(1000)
  // Its history was written, so its change is finished by whoever comes next.
  await expectAgreement(holder.folder, ['Held', 'Waiting'])
})

test.runIf(traces)(
  'a lock file that is removed while the store is held lets nobody in, wherever the holder is',
  async () => {
    const run = { args: create('Held'), template: await createStore() }
    const calls = await callsInsideLock(run)
    expect(calls.length).toBeGreaterThan(8)
    const outcomes = await Promise.all(calls.map((call) => removeLockAt(run, call)))
    expect(outcomes).toEqual(calls.map(({ kind, nth, file }) => `${kind} ${nth} ${file}: kept out, then in`))
  },
)

async function removeLockAt(run: Run, call: StoreCall): Promise<string> {
  const holder = await startAndStop(run, call)
  const { folder } = holder
  rmSync(join(folder, 'statuses.lock'))
  const other = opstatProcess(create('Other'), { folder })
  const early = await Promise.race([other, pause(1000, null)])
  const held = await holder.goOn()
  expect([held.code, held.stderr]).toEqual([0, expect.any(String)])
  expect([(await other).code, (await other).stderr]).toEqual([0, expect.any(String)])
  await expectAgreement(folder, ['Held', 'Other'])
  return `${call.kind} ${call.nth} ${call.file}: ${early === null ? 'kept out, then in' : 'let in'}`
}
