import type { Clock } from '../../src/domain/clock.ts'
import { factsOfChange } from '../../src/domain/history/factsOfChange.ts'
import type { HistoryEntry } from '../../src/domain/history/history.ts'
import { ok } from '../../src/domain/result.ts'
import { createFileStore } from '../../src/store/fileStore.ts'
import type { Change, Decide, Store } from '../../src/store/port.ts'
import { entered } from '../store/decisions.ts'
import { diskFor, type Site } from './diskCalls.ts'
import { Killed, type Process } from './machine.ts'
import { habits } from './people.ts'
import type { Weather } from './weather.ts'

export const catalogueFile = '/site/statuses.json'

/** What administrators were told was done, and what readers saw that can't be. */
export interface Ledger {
  readonly acknowledged: HistoryEntry[]
  readonly complaints: string[]
}

export function openStoreFor(site: Site, process: Process, clock: Clock = site.machine.clockFor(process)): Store {
  return createFileStore({
    file: catalogueFile,
    clock,
    by: 'maria',
    disk: diskFor(site, process),
    stop: process.signal.signal,
  })
}

/** A command line of an administrator: one change in a process of its own. What was acknowledged must last. */
function command(site: Site, ledger: Ledger, decide: Decide<null>): Process {
  return site.machine.spawn('command', async (process) => {
    const committed = await openStoreFor(site, process).transact(decide)
    if (committed.ok) ledger.acknowledged.push(...committed.value.entries)
  })
}

/**
 * Reads, again and again, what others write: everything it sees must be whole, and never less than was acknowledged. Nor
 * less than before, unless a commit was taken back that it had seen before it was done: a call failed, or an editor
 * saved meanwhile.
 */
export function startReader(site: Site, ledger: Ledger, isTroubled: () => boolean): Process {
  return site.machine.spawn('reader', async (process) => {
    const store = openStoreFor(site, process)
    const clock = site.machine.clockFor(process)
    let before = 0
    let excused = excusesOf(site)
    for (;;) {
      const troubled = isTroubled()
      const acknowledged = ledger.acknowledged.at(-1)?.seq ?? 0
      const read = await store.read()
      if (!read.ok && !troubled && !isTroubled()) ledger.complaints.push(`a reader met ${JSON.stringify(read.failure)}`)
      if (read.ok) {
        const { seq } = read.value.recorded
        if (seq < acknowledged) ledger.complaints.push(`a reader saw ${seq} of ${acknowledged} acknowledged entries`)
        if (seq < before && excused === excusesOf(site))
          ledger.complaints.push(`a reader saw ${before} entries, then ${seq}`)
        before = seq
        excused = excusesOf(site)
      }
      await clock.sleep(site.dice.between(100, 4000), process.signal.signal)
      if (process.isDead) throw new Killed('reader')
    }
  })
}

function excusesOf({ machine: { tally } }: Site): number {
  return tally.failedCalls + tally.handEdits
}

/** Administrators at work, and somebody with an editor. */
export function planStaff(site: Site, ledger: Ledger, weather: Weather): void {
  const { machine, dice } = site
  const operators = Object.keys(habits)
  const changes = [
    () => putInto(dice.pick(operators), dice.pick(['online', 'chat', 'on-break', 'offline'])),
    () => putInto(dice.pick(['fay', 'gil', 'hal']), 'online'),
    () => createStatus(`s${dice.between(1, 5)}`),
    () => deleteStatus(`s${dice.between(1, 5)}`),
    () => renameStatus('on-break', `Break ${dice.between(1, 999)}`),
  ]
  for (let at = 1000; at < weather.unsafeMs - 1000; at += dice.between(500, 15_000)) {
    machine.at(at, () => {
      const process = command(site, ledger, dice.pick(changes)())
      if (weather.kills && dice.chance(0.3)) process.effectsLeft = dice.between(1, 90)
    })
    if (weather.handEdits && dice.chance(0.1)) machine.at(at + 300, () => editByHand(site))
  }
}

/** An editor that saves by renaming. */
function editByHand({ machine, disk, dice }: Site): void {
  const old = disk.names.get(catalogueFile)
  if (old === undefined) return
  machine.tally.handEdits++
  const text = old.bytes
    .toString('utf8')
    .replace(/"color": "#[0-9a-f]{6}"/, `"color": "#${dice.between(100_000, 999_999)}"`)
  const saved = disk.make('file', old.mode)
  disk.put(saved, Buffer.from(text))
  saved.durable = saved.bytes
  disk.link(`${catalogueFile}.swp`, saved)
  disk.rename(`${catalogueFile}.swp`, catalogueFile)
}

function putInto(operator: string, to: string): Decide<null> {
  return ({ recorded }, at) => {
    const from = recorded.stays.get(operator)?.status ?? null
    return ok({ facts: from === to ? [] : [entered({ at, operator, from, to })], value: null })
  }
}

const plain = { color: '#123456', canReceive: false, countAfterClose: false } as const

function createStatus(id: string): Decide<null> {
  return changeStatuses((statuses) =>
    statuses.some((status) => status.id === id) ? statuses : [...statuses, { id, name: `Status ${id}`, ...plain }],
  )
}

function renameStatus(id: string, name: string): Decide<null> {
  return changeStatuses((statuses) => statuses.map((status) => (status.id === id ? { ...status, name } : status)))
}

function deleteStatus(id: string): Decide<null> {
  return changeStatuses((statuses) => statuses.filter((status) => status.id !== id))
}

type Statuses = Parameters<Decide<null>>[0]['catalogue']['statuses']

function changeStatuses(edit: (statuses: Statuses) => Statuses): Decide<null> {
  return ({ catalogue }, at) => {
    const after = { ...catalogue, statuses: edit(catalogue.statuses) }
    const facts = factsOfChange(catalogue, after, { at, by: 'maria' })
    const change: Change<null> = facts.length === 0 ? { facts, value: null } : { catalogue: after, facts, value: null }
    return ok(change)
  }
}
