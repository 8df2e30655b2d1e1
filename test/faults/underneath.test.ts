import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { has, isRoot, notTried } from '../support/machine.ts'
import { binFile, createFolder, type Ended, opstat, opstatProcess, runProcess } from '../support/opstat.ts'
import { startWatch } from '../support/watchProcess.ts'
import { createReceivingStore, receivingCatalogue } from './receivingStore.ts'

/** What may come to lie in place of a file. */
const things: readonly { readonly thing: string; put(file: string): void }[] = [
  { thing: 'directory', put: (file) => mkdirSync(file) },
  { thing: 'fifo', put: (file) => void spawnSync('mkfifo', [file]) },
  ...(isRoot() && has('mknod')
    ? [{ thing: 'device', put: (file: string) => void spawnSync('mknod', [file, 'c', '1', '3']) }]
    : []),
]

/** What happens to the catalogue under a running watcher, and what the watcher says of it. */
const mishaps: readonly { readonly said: RegExp; befall(file: string): void }[] = [
  { said: /there is no catalogue at/, befall: () => undefined },
  { said: /is not JSON/, befall: (file) => writeFileSync(file, '') },
  { said: /has version 2/, befall: (file) => writeFileSync(file, '{"version": 2}') },
  { said: /"statuses" is missing/, befall: (file) => writeFileSync(file, '{"version": 1}') },
  ...things.map(({ thing, put }) => ({ said: new RegExp(`is a ${thing}`), befall: put })),
]

test('whatever becomes of the catalogue under a running watcher is told and left alone; nobody is switched until it is mended', async () => {
  const folder = await createFolder()
  const store = await createReceivingStore(folder, { operators: ['ana', 'bo'] })
  const file = join(folder, 'statuses.json')
  const sound = readFileSync(file)
  const watch = startWatch(folder)
  await watch.until(({ type }) => type === 'started')
  const panel = store.keepBeating('ana', 'bo')
  await panel.beats(2)
  const silentSince = panel.silence('ana')
  for (const { said, befall } of mishaps) {
    rmSync(file, { recursive: true, force: true })
    befall(file)
    await watch.until(({ type, message }) => type === 'problem' && said.test(String(message)))
    const { code, stderr } = await opstatProcess(['status', 'create', 'Tea'], { folder })
    expect([code === 3 || code === 7, stderr]).toEqual([true, expect.stringMatching(said)])
  }
  while (Date.now() < silentSince + 4000) await panel.beats(1)
  expect(store.entered()).toEqual([])
  rmSync(file, { recursive: true, force: true })
  writeFileSync(`${file}.saved`, sound)
  renameSync(`${file}.saved`, file)
  await watch.until(({ type }) => type === 'mended')
  await watch.until(({ type }) => type === 'switched')
  expect((await watch.end('SIGTERM')).code).toBe(0)
  expect(store.entered()).toEqual(['ana offline auto-offline'])
  expect(readFileSync(file)).toEqual(sound)
  expect((await opstat('history verify', { folder })).code).toBe(0)
})

test('what an editor saves by renaming is followed by a running watcher', async () => {
  const folder = await createFolder()
  const store = await createReceivingStore(folder, { operators: ['ana'] })
  const file = join(folder, 'statuses.json')
  const watch = startWatch(folder)
  await watch.until(({ type }) => type === 'started')
  const edited = receivingCatalogue(['ana'])
  writeFileSync(`${file}~`, JSON.stringify({ ...edited, settings: { ...edited.settings, defaultOffline: 'lunch' } }))
  renameSync(`${file}~`, file)
  expect(await watch.until(({ type }) => type === 'switched')).toMatchObject({ operator: 'ana', to: 'lunch' })
  expect((await watch.end('SIGTERM')).code).toBe(0)
  expect(store.entered()).toEqual(['ana lunch auto-offline'])
  expect((await opstat('history verify', { folder })).code).toBe(0)
})

test('whatever comes in place of the feed is refused by a running watcher and switches nobody; then the feed is read on', async () => {
  const folder = await createFolder()
  const store = await createReceivingStore(folder, { operators: ['ana'] })
  const silentSince = store.beat('ana')
  const watch = startWatch(folder)
  await watch.until(({ type }) => type === 'started')
  const away = join(folder, 'away')
  renameSync(store.feed, away)
  for (const { thing, put } of things) {
    put(store.feed)
    await watch.until(({ event, found }) => event === 'refused' && found === thing)
    rmSync(store.feed, { recursive: true })
  }
  mkdirSync(store.feed)
  while (Date.now() < silentSince + 5000) expect((await opstat('presence list', { folder })).code).toBe(7)
  expect(store.entered()).toEqual([])
  rmSync(store.feed, { recursive: true })
  renameSync(away, store.feed)
  expect(await watch.until(({ type }) => type === 'switched')).toMatchObject({ operator: 'ana' })
  expect((await watch.end('SIGTERM')).code).toBe(0)
})

test('permissions taken from a running watcher are told, and what it could not do is done when it has them again', async () => {
  const account = 65_534
  const folder = await createFolder()
  const runAs = (args: readonly string[]) => asAccount(account, args, folder)
  if (!isRoot() || !has('setpriv') || !(await canRun(runAs))) return
  const store = await createReceivingStore(folder, { operators: ['ana'] })
  const before = readFileSync(join(folder, 'statuses.history.jsonl'))
  const tries = [
    { mode: 0o755, args: ['status', 'create', 'Tea'] },
    { mode: 0o755, args: ['operator', 'set-status', 'ana', 'lunch'] },
    { mode: 0o755, args: ['watch', '--once'] },
    { mode: 0o700, args: ['status', 'list'] },
  ]
  for (const { mode, args } of tries) {
    chmodSync(folder, mode)
    const { code, stderr } = await runAs(args)
    expect([args, code, stderr]).toEqual([
      args,
      7,
      expect.stringMatching(`${folder}/\\S+: permission denied \\(EACCES\\)`),
    ])
  }
  expect(readFileSync(join(folder, 'statuses.history.jsonl'))).toEqual(before)
  chownSync(folder, account, account)
  spawnSync('chown', ['-R', String(account), folder])
  expect((await runAs(['operator', 'set-status', 'ana', 'lunch'])).code).toBe(0)
  expect(store.entered()).toEqual(['ana lunch admin'])
})

function asAccount(account: number, args: readonly string[], folder: string): Promise<Ended> {
  const identity = [`--reuid=${account}`, `--regid=${account}`, '--clear-groups']
  const env = { OPSTAT_STORE: join(folder, 'statuses.json') }
  return runProcess('setpriv', [...identity, process.execPath, binFile, ...args], { folder: '/', env })
}

async function canRun(run: (args: readonly string[]) => Promise<Ended>): Promise<boolean> {
  return (await run(['--version'])).code === 0 || notTried('another account may not run the program here')
}
