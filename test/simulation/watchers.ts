import { watchOn } from '../../src/commands/watch.ts'
import { FileFollower } from '../../src/feed/fileFollower.ts'
import type { Follower } from '../../src/feed/follower.ts'
import { readFollowPosition } from '../../src/feed/followPosition.ts'
import type { System } from '../../src/system/system.ts'
import { createPaint } from '../support/paint.ts'
import { createFakeSystem } from '../support/system.ts'
import { feedFile } from './backEnd.ts'
import { feedFilesFor, type Site } from './diskCalls.ts'
import type { Machine, Process } from './machine.ts'
import { catalogueFile, openStoreFor } from './staff.ts'

/** A line of `watch -o json`. */
export interface Said {
  readonly type: string
  readonly operator?: string
  readonly due?: string
  readonly stepMs?: number
  /** When it was said, as the machine counts. */
  readonly order: number
}

/** A service that runs `opstat watch` and starts it again whenever it ends, as systemd would. */
export interface WatchService {
  process: Process | null
  isWanted: boolean
  start(): void
}

/** `noteLook` hears when a look began that read the feed to its end. */
export function createWatchService(site: Site, said: Said[], noteLook: (order: number) => void): WatchService {
  const { machine, dice } = site
  const service: WatchService = {
    process: null,
    isWanted: true,
    start: () => {
      if (service.process !== null || !service.isWanted) return
      const process = machine.spawn('watch', (own) => watch(site, own, { said, noteLook }))
      service.process = process
      process.onEnd = () => {
        service.process = null
        machine.at(machine.now + dice.between(200, 5000), service.start)
      }
    },
  }
  return service
}

interface Listener {
  readonly said: Said[]
  readonly noteLook: (order: number) => void
}

async function watch(site: Site, process: Process, { said, noteLook }: Listener): Promise<void> {
  const { machine } = site
  const fake = createFakeSystem({ cwd: '/site', clock: machine.clockFor(process), stop: process.signal.signal })
  const stdout: System['stdout'] = {
    ...fake.stdout,
    write: async (text) => {
      if (process.isDead) return
      machine.note(`watch: ${text.trimEnd()}`)
      said.push({ ...(JSON.parse(text) as Said), order: machine.order })
    },
  }
  const globals = {
    storeFile: catalogueFile,
    feed: { file: feedFile, named: false },
    format: 'json',
    color: 'never',
    asks: 'no-terminal',
    quiet: false,
    verbose: false,
  } as const
  const files = feedFilesFor(site, process)
  await watchOn(
    { args: [], options: {}, globals, paint: async () => createPaint() },
    { ...fake, stdout },
    {
      openStore: (clock) => openStoreFor(site, process, clock),
      openFollower: (position) => {
        const follower = new FileFollower(files, feedFile, readFollowPosition(position))
        return noting(follower, { machine, noteLook })
      },
    },
  )
}

function noting(
  follower: Follower,
  { machine, noteLook }: { machine: Machine } & Pick<Listener, 'noteLook'>,
): Follower {
  return {
    readToEnd: async (looking) => {
      const began = machine.order
      const look = await follower.readToEnd(looking)
      if (look.drained) noteLook(began)
      return look
    },
    position: () => follower.position(),
    feedPosition: () => follower.feedPosition(),
    close: () => follower.close(),
  }
}
