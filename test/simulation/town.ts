import { toDocument } from '../../src/domain/catalogue/document.ts'
import { catalogueWith, statusNamed } from '../support/catalogues.ts'
import { BackEnd, feedFile } from './backEnd.ts'
import type { Dice } from './dice.ts'
import type { Site } from './diskCalls.ts'
import type { Writing } from './evidence.ts'
import { Machine, type Process } from './machine.ts'
import { type Inode, MemoryDisk } from './memoryDisk.ts'
import { habits, latecomers, Panel } from './people.ts'
import { type Ledger, openStoreFor, startReader } from './staff.ts'
import { createWatchService, type Said, type WatchService } from './watchers.ts'
import type { Weather } from './weather.ts'

export const windowMs = 30_000
export const holdMs = 10_000
export const feedTimeoutMs = 10_000

/** A contact centre on one machine, and everything that is written down about it. */
export interface Town {
  readonly site: Site
  readonly backEnd: BackEnd
  readonly panels: ReadonlyMap<string, Panel>
  readonly services: readonly WatchService[]
  readonly startServices: () => void
  readonly care: 'careful' | 'careless'
  readonly ledger: Ledger
  readonly said: Said[]
  /** By the entry's number in the history. */
  readonly writings: Writing[]
  /** The catalogue's file is not as the program left it. */
  isCatalogueBroken: boolean
  /** By how much the clocks were set back, and by how much in steps so small that they are followed at once. */
  steppedBackMs: number
  slewedMs: number
  /** When they were set last, in true milliseconds. */
  steppedAtMs: number
  /** When a watcher last began to read the feed that it then read to its end, as the machine counts. */
  lookedAt: number
  /** The cache that was lost last, and how long the history was after the last power cut. */
  lostState: Inode | null
  historyAtPowerCut: number
}

export async function createTown(dice: Dice, weather: Weather): Promise<Town> {
  const machine = new Machine(dice)
  const disk = new MemoryDisk(() => machine.wall())
  const backEnd = new BackEnd({ machine, disk, dice })
  const ledger: Ledger = { acknowledged: [], complaints: [] }
  const said: Said[] = []
  const { onLock, onWrite, writings } = watchWriters(machine, disk)
  const meanwhile = () => {
    machine.now += dice.between(0, 30)
    backEnd.actDue()
  }
  const trouble = { errnoRate: 0, shortWrites: false, feedErrno: null }
  const site: Site = { machine, disk, dice, trouble, meanwhile, onLock, onWrite }
  machine.onBury((process) => disk.closeAllOf(process))
  const noteLook = (order: number) => {
    town.lookedAt = Math.max(town.lookedAt, order)
  }
  const services = Array.from({ length: weather.watchers }, () => createWatchService(site, said, noteLook))
  const town: Town = {
    site,
    backEnd,
    panels: new Map(
      [...Object.keys(habits), ...Object.values(latecomers)].map((id) => [
        id,
        new Panel(id, { machine, backEnd, dice }),
      ]),
    ),
    services,
    startServices: () => {
      for (const service of services) service.start()
      startReader(site, ledger, () => town.isCatalogueBroken || site.trouble.errnoRate > 0)
    },
    care: weather.ticks === 'always' ? 'careless' : 'careful',
    ledger,
    said,
    writings,
    isCatalogueBroken: false,
    steppedBackMs: 0,
    slewedMs: 0,
    steppedAtMs: Number.NEGATIVE_INFINITY,
    lookedAt: 0,
    lostState: null,
    historyAtPowerCut: 0,
  }
  await createStore(site, weather)
  planTicks(site, backEnd, weather)
  planWriteBack(site)
  return town
}

/** Notes of every entry when its writer had got the lock and when it wrote. */
function watchWriters(machine: Machine, disk: MemoryDisk) {
  const locks = new Map<Process, { lockedAt: number; lockedMs: number }>()
  const known = new Set<string>()
  const writings: Writing[] = []
  return {
    writings,
    onLock: (process: Process) => {
      locks.set(process, { lockedAt: machine.order, lockedMs: machine.now })
    },
    onWrite: (process: Process, file: Inode) => {
      if (disk.names.get('/site/statuses.history.jsonl') !== file) return
      for (const text of file.bytes.toString('latin1').split('\n').slice(0, -1).reverse()) {
        if (known.has(text)) break
        known.add(text)
        const seq = Number(/^\{"seq":(\d+)/.exec(text)?.[1] ?? 0)
        const lock = locks.get(process) ?? { lockedAt: 0, lockedMs: 0 }
        writings[seq] = { ...lock, wroteAt: machine.order, wroteMs: machine.now }
      }
    },
  }
}

async function createStore(site: Site, { guard }: Weather): Promise<void> {
  const { machine } = site
  const made = catalogue(guard)
  machine.spawn('init', async (process) => {
    const created = await openStoreFor(site, process).create(made, { existing: 'keep', document: toDocument(made) })
    if (!created.ok) throw new Error(JSON.stringify(created.failure))
  })
  await machine.run(machine.now + 200)
  machine.now = 0
}

function planTicks({ machine, dice }: Site, backEnd: BackEnd, { ticks }: Weather): void {
  if (ticks === 'none') return
  const tick = () => {
    backEnd.record({ event: 'tick' })
    backEnd.plan(machine.now + 2000, tick)
  }
  backEnd.plan(ticks === 'always' ? 0 : dice.between(10, 60) * 1000, tick)
}

/** What the kernel writes by itself: of the feed at most some seconds are lost in a power cut. */
function planWriteBack({ machine, disk, dice }: Site): void {
  const write = () => {
    for (const [name, inode] of disk.names) if (name.startsWith(feedFile)) disk.sync(inode)
    if (dice.chance(0.3)) disk.syncAll()
    machine.at(machine.now + dice.between(500, 5000), write)
  }
  machine.at(1000, write)
}

const catalogue = (guard: boolean) =>
  catalogueWith({
    statuses: [
      statusNamed('Online', { canReceive: true }),
      statusNamed('Chat', { canReceive: true }),
      { ...statusNamed('On break', { countAfterClose: true }), id: 'on-break' },
      statusNamed('Offline'),
    ],
    settings: {
      defaultOffline: 'offline',
      offlineAfterMs: windowMs,
      sessionTimeoutMs: 20_000,
      feedTimeoutMs,
      massGuard: guard ? { share: 0.3, atLeast: 2, holdMs } : null,
    },
    operators: [
      ...Object.keys(habits).map((id) => ({ id, initialStatus: 'online' })),
      ...Object.values(latecomers).map((id) => ({ id, initialStatus: 'offline' })),
    ],
  })
