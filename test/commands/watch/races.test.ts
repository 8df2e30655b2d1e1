import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { followerOf } from '../../../src/commands/live/livePresence.ts'
import { openWatcher } from '../../../src/commands/watching/openWatcher.ts'
import { takeTurn } from '../../../src/commands/watching/watcher.ts'
import type { HistoryEntry } from '../../../src/domain/history.ts'
import { ok, type Result } from '../../../src/domain/result.ts'
import { createFileStore } from '../../../src/store/fileStore.ts'
import type { Store } from '../../../src/store/port.ts'
import { createFolder } from '../../support/opstat.ts'
import { createFakeSystem, createTestClock, noon } from '../../support/system.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'lunch', name: 'Lunch', color: '#f9a825', countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline', offlineAfter: '30s' },
  operators: [{ id: 'ana', name: 'Ana', initialStatus: 'online' }],
}

/** A watcher whose next commit finds that something happened between its look and the lock. */
async function watchWith(
  meanwhile: (world: { folder: string; setStatus(status: string): Promise<void> }) => Promise<void>,
) {
  const folder = await createFolder({ 'statuses.json': catalogue })
  const clock = createTestClock(noon)
  const system = createFakeSystem({ cwd: folder, clock })
  const file = join(folder, 'statuses.json')
  const open = () => createFileStore({ file, clock, by: 'maria' })
  const setStatus = async (to: string): Promise<void> => {
    const by = { by: 'maria', due: null, lastSeen: null, cause: 'admin', from: 'online', to, operator: 'ana' } as const
    unwrap(await open().transact((_, at) => ok({ facts: [{ type: 'status-entered', at, ...by }], value: null })))
  }
  let isTime = false
  const inner = open()
  const store: Store = {
    ...inner,
    async transact(decide) {
      if (isTime) await meanwhile({ folder, setStatus })
      isTime = false
      return inner.transact(decide)
    },
  }
  const feed = { file: join(folder, 'heartbeats.jsonl'), named: true }
  const watcher = unwrap(
    await openWatcher({
      store,
      system,
      feed,
      openFollower: followerOf(feed, system),
      mode: 'daemon',
      leadership: null,
    }),
  )
  const turn = async () => unwrap(await takeTurn(watcher))
  const record = (line: object) => appendFile(feed.file, `${JSON.stringify(line)}\n`)
  await record({ at: noon, operator: 'ana', session: 'tab', event: 'open' })
  await turn()
  return { clock, turn, record, interfere: () => (isTime = true), history: () => transitionsOf(open()) }
}

async function transitionsOf(store: Store): Promise<string[]> {
  const entries: HistoryEntry[] = []
  for await (const entry of store.history()) entries.push(unwrap(entry))
  return entries.flatMap((entry) =>
    entry.type === 'status-entered' && entry.from !== null ? [`${entry.from} > ${entry.to} ${entry.cause}`] : [],
  )
}

function unwrap<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

/** Passes time as the watcher sees it: second by second. */
async function passSeconds(
  watch: { clock: { advance(ms: number): void }; turn(): Promise<unknown> },
  seconds: number,
): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    watch.clock.advance(1000)
    await watch.turn()
  }
}

test('a sign of life that arrives between the look and the lock prevents the switch', async () => {
  const watch = await watchWith(({ folder }) =>
    appendFile(
      join(folder, 'heartbeats.jsonl'),
      `${JSON.stringify({ at: noon + 29_000, operator: 'ana', session: 'tab', event: 'beat' })}\n`,
    ),
  )
  await passSeconds(watch, 30)
  watch.interfere()
  await passSeconds(watch, 1)
  expect(await watch.history()).toEqual([])
})

test('an administrator who is faster to the lock is not overwritten by the switch', async () => {
  const watch = await watchWith(({ setStatus }) => setStatus('lunch'))
  await passSeconds(watch, 30)
  watch.interfere()
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch admin'])
})

test('an administrator who is faster to the lock is not overwritten by a choice made before', async () => {
  const watch = await watchWith(({ setStatus }) => setStatus('lunch'))
  await passSeconds(watch, 5)
  watch.interfere()
  await watch.record({ at: noon + 5500, operator: 'ana', event: 'status', status: 'offline' })
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch admin'])
})

test('a choice stamped after the faster administrator leaves from where the administrator put them', async () => {
  const watch = await watchWith(({ setStatus }) => setStatus('lunch'))
  await passSeconds(watch, 5)
  watch.interfere()
  await watch.record({ at: noon + 6500, operator: 'ana', event: 'status', status: 'offline' })
  await passSeconds(watch, 2)
  expect(await watch.history()).toEqual(['online > lunch admin', 'lunch > offline panel'])
})
