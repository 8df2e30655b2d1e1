import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { opstat, opstatProcess } from '../support/opstat.ts'
import { canMount, type FileSystem, mountedAfterPowerCut, mountedImage } from './mounts.ts'

const fileSystems: readonly FileSystem[] = ['ext4', 'xfs']

interface Entry {
  readonly type: string
  readonly status?: { readonly id: string }
  readonly operator?: string
  readonly to?: string
  readonly cause?: string
  readonly after?: { readonly offlineAfter?: string }
}

const isOf = (operator: string, status: string) => (entry: Entry) => entry.operator === operator && entry.to === status
const isStatus = (id: string) => (entry: Entry) => entry.type === 'status-created' && entry.status?.id === id

/** Commands one after the other, and what each leaves in the history for good. */
const deeds: readonly { readonly args: readonly string[]; isTold(entry: Entry): boolean }[] = [
  { args: ['init'], isTold: isStatus('offline') },
  { args: ['status', 'create', 'Lunch'], isTold: isStatus('lunch') },
  { args: ['status', 'create', 'Tea'], isTold: isStatus('tea') },
  { args: ['operator', 'add', 'ana', '--status', 'online'], isTold: isOf('ana', 'online') },
  { args: ['operator', 'set-status', 'ana', 'lunch'], isTold: isOf('ana', 'lunch') },
  { args: ['operator', 'set-status', 'ana', 'tea'], isTold: isOf('ana', 'tea') },
  { args: ['settings', 'set', 'offline-after', '1s'], isTold: ({ after }) => after?.offlineAfter === '1s' },
  { args: ['operator', 'add', 'bo', '--status', 'online'], isTold: isOf('bo', 'online') },
  { args: ['watch', '--once'], isTold: (entry) => entry.cause === 'auto-offline' && isOf('bo', 'offline')(entry) },
]

for (const kind of fileSystems)
  test.runIf(canMount(kind))(`what a command acknowledged is there after a power cut on ${kind}`, async () => {
    const { image, at } = mountedImage(kind)
    const told: string[] = []
    for (const { args, isTold } of deeds) {
      await runUntilDone(args, at)
      const after = mountedAfterPowerCut(image, kind)
      const entries = await entriesIn(after)
      expect(entries.some(isTold), `${args.join(' ')} is lost`).toBe(true)
      expect((await opstat('history verify', { folder: after })).code, args.join(' ')).toBe(0)
      const statuses = JSON.parse((await opstat('status list --json', { folder: after })).stdout)
      expect(statuses.map(({ id }: { id: string }) => id)).toEqual(
        entries.filter(({ type }) => type === 'status-created').map(({ status }) => status?.id),
      )
      expect((await opstatProcess(['status', 'create', 'Afterwards'], { folder: after })).code).toBe(0)
      told.push(args.join(' '))
    }
    process.stdout.write(`${kind}: there after a power cut: ${told.join('; ')}\n`)
  })

/** A watcher that looks once has something to do when the second is over: it is asked again until then. */
async function runUntilDone(args: readonly string[], folder: string): Promise<void> {
  writeFileSync(join(folder, 'heartbeats.jsonl'), '')
  for (;;) {
    const { code, stdout, stderr } = await opstatProcess(args, { folder })
    expect([code, stderr]).toEqual([0, expect.any(String)])
    if (args[0] !== 'watch' || stdout.includes('switched')) return
  }
}

async function entriesIn(folder: string): Promise<Entry[]> {
  const { code, stdout, stderr } = await opstat('history -o jsonl', { folder })
  expect([code, stderr]).toEqual([0, ''])
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry)
}
