import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { has } from '../support/machine.ts'
import { createFolder, opstat, opstatProcess, shell } from '../support/opstat.ts'
import { startWatch } from '../support/watchProcess.ts'
import { canMount, mountedImage, mountedTmpfs, remount } from './mounts.ts'
import { createReceivingStore } from './receivingStore.ts'

/** Catalogue and history byte by byte; the cache may be gone or older. */
function bytesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    ['statuses.json', 'statuses.history.jsonl'].map((name) => [name, readFileSync(join(folder, name), 'latin1')]),
  )
}

function fillUp(folder: string): string {
  const filler = join(folder, 'filler')
  for (let bytes = 4096; bytes >= 1; bytes /= 2) {
    for (;;) {
      try {
        writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' })
      } catch {
        break
      }
    }
  }
  return filler
}

async function expectWhole(folder: string): Promise<void> {
  expect((await opstat('validate', { folder })).code).toBe(0)
  expect((await opstat('history verify', { folder })).code).toBe(0)
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
}

test.runIf(canMount('tmpfs'))(
  'a full disk truncates nothing, and the watcher catches up when there is room',
  async () => {
    const folder = mountedTmpfs('64k')
    const elsewhere = await createFolder()
    const store = await createReceivingStore(folder, { operators: ['ana', 'bo'], feed: join(elsewhere, 'feed.jsonl') })
    store.beat('ana')
    const watch = startWatch(folder, ['--heartbeats', store.feed])
    await watch.until(({ type }) => type === 'started')
    const panel = store.keepBeating('ana', 'bo')
    const filler = fillUp(folder)
    // What still fits into the last page of the history is no full disk yet.
    for (let count = 0; ; count += 1) {
      const before = bytesOf(folder)
      const { code, stderr } = await opstatProcess(['operator', 'set-status', 'bo', count % 2 ? 'online' : 'lunch'], {
        folder,
      })
      if (code === 0) continue
      expect([code, stderr]).toEqual([
        7,
        expect.stringMatching(`${folder}/statuses\\.\\S+: no space left on the device \\(ENOSPC\\)`),
      ])
      expect(bytesOf(folder)).toEqual(before)
      break
    }
    const full = bytesOf(folder)
    const created = await opstatProcess(['status', 'create', 'Tea'], { folder })
    expect([created.code, created.stderr]).toEqual([7, expect.stringContaining('(ENOSPC)')])
    panel.silence('ana')
    await watch.until(({ type, message }) => type === 'problem' && String(message).includes('(ENOSPC)'))
    expect(bytesOf(folder)).toEqual(full)
    expect((await opstat('presence list', { folder })).code).toBe(0)
    const roomAt = Date.now()
    rmSync(filler)
    const switched = await watch.until(({ type, operator }) => type === 'switched' && operator === 'ana')
    expect(Date.parse(switched.recordedAt as string) - roomAt).toBeLessThan(10_000)
    expect((await watch.end('SIGTERM')).code).toBe(0)
    expect((await opstatProcess(['status', 'create', 'Tea'], { folder })).code).toBe(0)
    expect(store.entered().filter((entry) => entry.startsWith('ana'))).toEqual(['ana offline auto-offline'])
    await expectWhole(folder)
  },
)

test('a limit to the size of files (ulimit -f) truncates nothing', async () => {
  const folder = await createFolder()
  const store = await createReceivingStore(folder, { operators: ['ana'] })
  const before = bytesOf(folder)
  for (const command of ['status create Tea', 'operator set-status ana lunch', 'settings set offline-after 9m']) {
    const { code, stderr } = await shell(`ulimit -f 1; opstat ${command} 2>&1 | cat; exit "\${PIPESTATUS[0]}"`, {
      folder,
    })
    expect([command, code, stderr]).toEqual([command, 7, ''])
    expect(bytesOf(folder)).toEqual(before)
  }
  expect((await opstatProcess(['status', 'create', 'Tea'], { folder })).code).toBe(0)
  expect(store.entered()).toEqual([])
  await expectWhole(folder)
})

test.runIf(canMount('tmpfs'))(
  'a file system that is read-only can be read, and what would be written is named',
  async () => {
    const folder = mountedTmpfs('1m')
    await createReceivingStore(folder, { operators: ['ana'] })
    const before = bytesOf(folder)
    remount(folder, 'ro')
    for (const args of [
      ['status', 'create', 'Tea'],
      ['operator', 'set-status', 'ana', 'lunch'],
      ['watch', '--once'],
    ]) {
      const { code, stderr } = await opstatProcess(args, { folder })
      expect([code, stderr], args.join(' ')).toEqual([
        7,
        expect.stringMatching(`${folder}/\\S+: the file system is read-only \\(EROFS\\)`),
      ])
    }
    for (const line of ['status list', 'presence list', 'history verify', 'doctor']) {
      expect([0, 10], line).toContain((await opstat(line, { folder })).code)
    }
    remount(folder, 'rw')
    expect(bytesOf(folder)).toEqual(before)
    expect((await opstatProcess(['status', 'create', 'Tea'], { folder })).code).toBe(0)
    await expectWhole(folder)
  },
)

test.runIf(canMount('ext4') && has('chattr'))(
  'files that even root may not write (chattr +i) stay as they are and are named',
  async () => {
    const { at: folder } = mountedImage('ext4')
    await createReceivingStore(folder, { operators: ['ana'] })
    const before = bytesOf(folder)
    const flag = (change: '+i' | '-i', name: string) =>
      expect(spawnSync('chattr', [change, join(folder, name)]).status).toBe(0)
    for (const [name, args] of [
      ['statuses.json', ['status', 'create', 'Tea']],
      ['statuses.history.jsonl', ['status', 'create', 'Tea']],
      ['statuses.history.jsonl', ['operator', 'set-status', 'ana', 'lunch']],
      ['.', ['status', 'create', 'Tea']],
    ] as const) {
      flag('+i', name)
      const { code, stderr } = await opstatProcess(args, { folder })
      flag('-i', name)
      expect([code, stderr], `${name}: ${args.join(' ')}`).toEqual([
        7,
        expect.stringMatching(`${folder}/statuses\\.\\S+: .* \\(E(PERM|ACCES)\\)`),
      ])
      expect(bytesOf(folder)).toEqual(before)
    }
    // The cache is not needed.
    flag('+i', 'statuses.state.json')
    expect((await opstatProcess(['operator', 'set-status', 'ana', 'lunch'], { folder })).code).toBe(0)
    flag('-i', 'statuses.state.json')
    expect((await opstatProcess(['status', 'create', 'Tea'], { folder })).code).toBe(0)
    await expectWhole(folder)
  },
)
