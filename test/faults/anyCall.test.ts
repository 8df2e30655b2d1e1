import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { canTrace } from '../support/machine.ts'
import { createFolder, type Ended, opstat, opstatProcess } from '../support/opstat.ts'
import {
  type CallKind,
  callsOf,
  type Fault,
  isWithinReach,
  runFaulted,
  type StoreCall,
  sharesItsKind,
} from './faultedCalls.ts'

const traces = canTrace()
/** `npm run soak` tries every errno at every call, `npm test` one at each, in turn. */
const wholeProduct = process.env.OPSTAT_SOAK === '1'

const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString()

interface Entry {
  readonly type: string
  readonly status?: { readonly id: string }
  readonly operator?: string
  readonly to?: string
  readonly cause?: string
}

/** A command, and what tells in the history that it was done: one such entry. */
interface Deed {
  readonly args: readonly string[]
  isTold(entry: Entry): boolean
  /** How the command ends where it was done before. */
  readonly again: number
}

const deeds: readonly Deed[] = [
  {
    args: ['status', 'create', 'Lunch'],
    isTold: ({ type, status }) => type === 'status-created' && status?.id === 'lunch',
    again: 5,
  },
  {
    args: ['operator', 'set-status', 'bo', 'on-break'],
    isTold: ({ operator, to }) => operator === 'bo' && to === 'on-break',
    again: 0,
  },
  {
    args: ['watch', '--once'],
    isTold: ({ operator, to, cause }) => operator === 'ana' && to === 'offline' && cause === 'auto-offline',
    again: 0,
  },
]

const cases = deeds.map((deed) => ({ ...deed, command: deed.args.join(' ') }))

test.runIf(traces).each(cases)(
  'killed at any call of `opstat $command`, all or nothing of it is there, and the next command goes on',
  async (deed) => {
    const run = { args: deed.args, template: await createStore() }
    const calls = await callsOf(run)
    expect(calls.length).toBeGreaterThan(10)
    // Where only the feed is read nothing changes: being killed there is being killed at the next call.
    const deadly = calls.filter((call) => !sharesItsKind(call))
    await inPairs(deadly, async (call) => {
      const killed = await runFaulted(run, { call, fault: 'SIGKILL' })
      const where = told(call, 'SIGKILL', killed)
      expect(killed.code, where).not.toBe(0)
      await expectWhole(deed, { ...run, ...killed, where })
    })
    process.stdout.write(`${deed.command}: killed at each of ${deadly.length} calls\n`)
  },
  300_000,
)

test.runIf(traces).each(cases)(
  'an I/O error at any call of `opstat $command` leaves the old content and names file and errno, or does no harm',
  async (deed) => {
    const run = { args: deed.args, template: await createStore() }
    const faults = faultsFor(await callsOf(run))
    await inPairs(faults, async ({ call, fault }) => {
      const faulted = await runFaulted(run, { call, fault })
      const where = told(call, fault, faulted)
      const { folder } = faulted
      const done = await isDone(deed, folder)
      if (faulted.code === 0) expect(done, where).toBe(true)
      else {
        expect({ code: faulted.code, done, text: faulted.stderr }, where).toEqual({
          code: 7,
          done: false,
          text: expect.stringMatching(new RegExp(`${folder}[^\n]*\\(${fault}\\)`)),
        })
        for (const name of ['statuses.json', 'statuses.history.jsonl'])
          expect(readFileSync(join(folder, name), 'utf8'), where).toBe(readFileSync(join(run.template, name), 'utf8'))
      }
      if (call.kind === 'fsync') expect(syncsAgain(call, faulted.after), where).toEqual([])
      await expectWhole(deed, { ...run, folder, where })
    })
    process.stdout.write(`${deed.command}: ${faults.length} errors at its calls\n`)
  },
  600_000,
)

async function createStore(): Promise<string> {
  const folder = await createFolder({
    'statuses.json': {
      version: 1,
      statuses: [
        { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
        { id: 'on-break', name: 'On break', color: '#f9a825', countAfterClose: true },
        { id: 'offline', name: 'Offline', color: '#757575' },
      ],
      settings: { defaultOffline: 'offline', offlineAfter: null },
      operators: [{ id: 'ana' }, { id: 'bo' }],
    },
    'heartbeats.jsonl': ['ana', 'bo']
      .flatMap((operator, index) => [
        { at: ago(20), operator, session: 'tab', event: 'open' },
        { at: ago(20), operator, event: 'status', status: 'online' },
        { at: ago(index === 0 ? 15 : 0), operator, session: 'tab', event: 'beat' },
      ])
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
  })
  // The choices of twenty minutes ago are recorded while the rule is off: when it is on again, ana is due at once.
  for (const args of [
    ['watch', '--once'],
    ['settings', 'set', 'offline-after', '10m'],
  ]) {
    const { code, stderr } = await opstatProcess(args, { folder })
    expect([code, stderr]).toEqual([0, expect.any(String)])
  }
  return folder
}

const errnos: Readonly<Record<CallKind, readonly Fault[]>> = {
  openat: ['EIO', 'EACCES', 'EMFILE'],
  write: ['EIO', 'ENOSPC', 'EDQUOT'],
  pwrite64: ['ENOSPC', 'EIO', 'EDQUOT'],
  fsync: ['EIO', 'ENOSPC', 'EDQUOT'],
  fdatasync: ['EIO', 'ENOSPC', 'EDQUOT'],
  rename: ['EIO', 'ENOSPC', 'EROFS', 'EDQUOT', 'EACCES'],
  ftruncate: ['EIO', 'EROFS'],
  unlink: ['EIO', 'EROFS', 'EACCES'],
  close: ['EIO', 'EDQUOT'],
  fchmod: ['EROFS', 'EIO'],
}

function faultsFor(calls: readonly StoreCall[]): { readonly call: StoreCall; readonly fault: Fault }[] {
  const reachable = calls.filter((call) => isWithinReach(call, calls))
  return reachable.flatMap((call, index) => {
    const fitting: readonly Fault[] = call.writes ? [...errnos.openat, 'EROFS', 'ENOSPC', 'EDQUOT'] : errnos[call.kind]
    const chosen = wholeProduct ? fitting : [fitting[index % fitting.length] as Fault]
    return chosen.map((fault) => ({ call, fault }))
  })
}

/** A directory may be synced again for a name that entered it later. */
function syncsAgain({ file }: StoreCall, after: readonly StoreCall[]): StoreCall[] {
  const entered = after.findIndex(({ kind }) => kind === 'rename')
  const related = file === '.' && entered !== -1 ? after.slice(0, entered) : after
  return related.filter((call) => call.kind === 'fsync' && call.file === file)
}

function told({ kind, nth, file }: StoreCall, fault: Fault, { code, stderr }: Ended): string {
  return `${fault} at ${kind} ${nth} of ${file}: exit ${code} ${stderr}`
}

interface Aftermath {
  readonly template: string
  readonly folder: string
  readonly where: string
}

/** Catalogue and history read as one, the command again does the rest, and the deed stands exactly once. */
async function expectWhole(deed: Deed, { template, folder, where }: Aftermath): Promise<void> {
  const old = readFileSync(join(template, 'statuses.history.jsonl'), 'utf8')
  expect(readFileSync(join(folder, 'statuses.history.jsonl'), 'utf8').startsWith(old), where).toBe(true)
  const done = await isDone(deed, folder)
  const statuses = JSON.parse(readFileSync(join(folder, 'statuses.json'), 'utf8')).statuses as { readonly id: string }[]
  expect([3, 4], where).toContain(statuses.length)
  const again = await opstatProcess(deed.args, { folder })
  expect({ code: again.code, stderr: again.stderr }, where).toMatchObject({ code: done ? deed.again : 0 })
  expect(await entriesOf(deed, folder), where).toHaveLength(1)
  const next = await opstatProcess(['status', 'create', 'Tea'], { folder })
  expect([next.code, next.stderr], where).toEqual([0, expect.any(String)])
  expect((await opstat('history verify', { folder })).code, where).toBe(0)
  expect(await findingsOf(folder), where).toEqual([])
}

/** Where a status is to be created, catalogue and history have to agree. */
async function isDone(deed: Deed, folder: string): Promise<boolean> {
  const listed = JSON.parse((await opstat('status list --json', { folder })).stdout) as { readonly id: string }[]
  const told = (await entriesOf(deed, folder)).length > 0
  if (deed.args.includes('Lunch')) expect(listed.some(({ id }) => id === 'lunch')).toBe(told)
  return told
}

async function entriesOf(deed: Deed, folder: string): Promise<Entry[]> {
  const { code, stdout, stderr } = await opstat('history -o jsonl', { folder })
  expect([code, stderr]).toEqual([0, ''])
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry)
    .filter((entry) => deed.isTold(entry))
}

/** What `doctor` finds wrong with the store; feed and watcher are as they should be here. */
async function findingsOf(folder: string): Promise<unknown[]> {
  const { stdout } = await opstat('doctor --json', { folder })
  const findings = JSON.parse(stdout) as { readonly level: string; readonly area: string }[]
  return findings.filter(({ level, area }) => level !== 'note' && level !== 'ok' && !/feed|watcher/.test(area))
}

/** Two at a time. */
async function inPairs<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const rest = [...items]
  const work = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await run(item)
  }
  await Promise.all([work(), work()])
}
