import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { followerOf } from '../../../src/commands/live/livePresence.ts'
import { openWatcher } from '../../../src/commands/watching/openWatcher.ts'
import { finishTurns, takeTurn } from '../../../src/commands/watching/turn.ts'
import { keepVigil } from '../../../src/commands/watching/vigil.ts'
import type { HistoryEntry } from '../../../src/domain/history/history.ts'
import { ok, type Result } from '../../../src/domain/result.ts'
import type { Follower } from '../../../src/feed/follower.ts'
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

export type Watched = Awaited<ReturnType<typeof watchWith>>

/**
 * A watcher of one operator, ana, who opened her panel at noon, on real files. `interfere` arms what happens next:
 * between the watcher's look and its lock, or between its look at the clocks and at the feed.
 */
export async function watchWith(meanwhile: {
  readonly lock?: (watched: Watched) => Promise<void>
  readonly look?: (watched: Watched) => Promise<void>
  /** `default`: nobody named the feed. */
  readonly feed?: 'named' | 'default'
}) {
  const folder = await createFolder({ 'statuses.json': catalogue })
  const clock = createTestClock(noon)
  const vigil = keepVigil(clock)
  let stopper = new AbortController()
  const systemNow = () => ({ ...createFakeSystem({ cwd: folder, clock, stop: stopper.signal }), clock: vigil.clock })
  const feed = { file: join(folder, 'heartbeats.jsonl'), named: meanwhile.feed !== 'default' }
  // Not named as a rotated feed would be.
  const aside = join(folder, 'aside.jsonl')
  const open = () => createFileStore({ file: join(folder, 'statuses.json'), clock: vigil.clock, by: 'maria' })
  unwrap(await open().transact(() => ok({ facts: [], value: null })))
  let isTime = false
  const happen = async (act: ((watched: Watched) => Promise<void>) | undefined) => {
    if (!isTime || act === undefined) return
    isTime = false
    await act(watched)
  }
  const openWatch = async () => {
    const inner = open()
    const store: Store = {
      ...inner,
      transact: async (decide) => {
        await happen(meanwhile.lock)
        return inner.transact(decide)
      },
    }
    stopper = new AbortController()
    const system = systemNow()
    const follow = followerOf(feed, system)
    const openFollower: typeof follow = (position) => {
      const follower = follow(position)
      const readToEnd: typeof follower.readToEnd = async (looking) => {
        await happen(meanwhile.look)
        return follower.readToEnd(looking)
      }
      return { ...wrapped(follower), readToEnd }
    }
    return unwrap(
      await openWatcher({
        store,
        system,
        vigil,
        feed,
        openFollower,
        mode: 'daemon',
        deeds: 'written',
        leadership: null,
      }),
    )
  }
  let watcher = await openWatch()
  onTestFinished(() => watcher.live.follower.close())
  const watched = {
    folder,
    clock,
    feedFile: feed.file,
    turn: async () => unwrap(await takeTurn(watcher)),
    /** Tells the watcher to stop, as SIGTERM does. */
    stop: () => stopper.abort('SIGTERM'),
    /** The last thing that a watcher does. */
    finish: () => finishTurns(watcher),
    /** A new watcher on the same files. */
    restart: async () => {
      await watcher.live.follower.close()
      watcher = await openWatch()
    },
    record: (line: object) => appendFile(feed.file, `${JSON.stringify(line)}\n`),
    beat: (seconds: number) =>
      watched.record({ at: noon + seconds * 1000, operator: 'ana', session: 'tab', event: 'beat' }),
    setStatus: async (to: string): Promise<void> => {
      const by = {
        by: 'maria',
        due: null,
        lastSeen: null,
        cause: 'admin',
        from: 'online',
        to,
        operator: 'ana',
      } as const
      unwrap(await open().transact((_, at) => ok({ facts: [{ type: 'status-entered', at, ...by }], value: null })))
    },
    /** As an editor does. */
    deleteStatus: async (id: string): Promise<void> => {
      const statuses = catalogue.statuses.filter((status) => status.id !== id)
      await writeFile(join(folder, 'statuses.json'), JSON.stringify({ ...catalogue, statuses }))
    },
    /** Puts a directory in the feed's place. */
    hideFeed: async () => {
      await rename(feed.file, aside)
      await mkdir(feed.file)
    },
    showFeed: async () => {
      await rm(feed.file, { recursive: true })
      await rename(aside, feed.file)
    },
    interfere: () => {
      isTime = true
    },
    history: () => transitionsOf(open()),
  }
  await watched.record({ at: noon, operator: 'ana', session: 'tab', event: 'open' })
  await watched.turn()
  return watched
}

/** A class's methods can't be spread. */
function wrapped(follower: Follower): Follower {
  return {
    readToEnd: (looking) => follower.readToEnd(looking),
    position: () => follower.position(),
    feedPosition: () => follower.feedPosition(),
    close: () => follower.close(),
  }
}

/** Passes time as the watcher sees it: second by second. */
export async function passSeconds(watched: Watched, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    watched.clock.advance(1000)
    await watched.turn()
  }
}

/** `online > offline auto-offline 12:00:30`: what was entered, first stays left out. */
async function transitionsOf(store: Store): Promise<string[]> {
  const entries: HistoryEntry[] = []
  for await (const entry of store.history()) entries.push(unwrap(entry))
  return entries.flatMap((entry) => {
    if (entry.type !== 'status-entered' || entry.from === null) return []
    const at = new Date(entry.at).toISOString().slice(11, 19)
    return [`${entry.from} > ${entry.to} ${entry.cause} ${at}`]
  })
}

function unwrap<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
