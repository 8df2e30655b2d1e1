import { readlinkSync } from 'node:fs'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { followerOf } from '../../../src/commands/live/livePresence.ts'
import { watchOn } from '../../../src/commands/watch.ts'
import { realDisk } from '../../../src/store/disk/disk.ts'
import { createFileStore } from '../../../src/store/fileStore.ts'
import { createFolder } from '../../support/opstat.ts'
import { createPaint } from '../../support/paint.ts'
import { createFakeSystem, createTestClock, noon } from '../../support/system.ts'

test('a watcher refuses to start where it can not read what the one before left, and forgets nothing', async () => {
  const catalogue = {
    version: 1,
    statuses: [{ id: 'online', name: 'Online', color: '#2e7d32', canReceive: true }],
    operators: [{ id: 'ana', initialStatus: 'online' }],
  }
  const folder = await createFolder({ 'statuses.json': catalogue })
  const beat = (seconds: number) => `{"at":${noon + seconds * 1000},"operator":"ana","session":"tab","event":"beat"}\n`
  await appendFile(join(folder, 'heartbeats.jsonl'), beat(0))
  expect(await watchOnce(folder, {})).toEqual({ ok: true })
  const state = join(folder, 'statuses.state.json')
  const before = await readFile(state, 'utf8')
  expect(before).toContain('linesRead')
  await appendFile(join(folder, 'heartbeats.jsonl'), beat(1))
  expect(await watchOnce(folder, { unreadable: state })).toMatchObject({
    ok: false,
    failure: { code: 'file', file: state, errno: 'EMFILE' },
  })
  expect(await readFile(state, 'utf8')).toBe(before)
  expect(await watchOnce(folder, {})).toEqual({ ok: true })
})

async function watchOnce(folder: string, { unreadable }: { readonly unreadable?: string }) {
  const system = createFakeSystem({ cwd: folder, clock: createTestClock(noon) })
  const feed = { file: join(folder, 'heartbeats.jsonl'), named: true }
  const disk: typeof realDisk = {
    ...realDisk,
    read: (...args) => {
      if (readlinkSync(`/proc/self/fd/${args[0]}`) !== unreadable) return realDisk.read(...args)
      throw Object.assign(new Error('EMFILE'), { code: 'EMFILE' })
    },
  }
  const storeFile = join(folder, 'statuses.json')
  const plain = { format: 'json', color: 'never', asks: 'no-input', quiet: false, verbose: false } as const
  const { ok, ...rest } = await watchOn(
    { args: [], options: { once: true }, globals: { storeFile, feed, ...plain }, paint: async () => createPaint() },
    system,
    {
      openStore: (clock) => createFileStore({ file: storeFile, clock, by: 'maria', disk }),
      openFollower: followerOf(feed, system),
    },
  )
  return 'failure' in rest ? { ok, failure: rest.failure } : { ok }
}
