import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, opstat } from '../../support/opstat.ts'
import { createTestClock, noon } from '../../support/system.ts'

const document = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false },
    { id: 'on-break', name: 'On break', color: '#f9a825', canReceive: false, countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false },
  ],
  settings: { defaultOffline: 'offline', access: 'roles' },
  operators: [
    { id: 'ana', name: 'Ana Kovalenko', account: 'ana' },
    { id: 'ben', name: 'Ben', account: 'boss', role: 'supervisor' },
    { id: 'zoe', name: 'Zoe', initialStatus: 'on-break' },
  ],
}

const feed = '{"at":"2026-11-22T11:00:00.000Z","operator":"zoe","event":"status","status":"offline"}\n'

/** Who says what; as root everything is open to them. */
const story: readonly (readonly [account: string, uid: number, line: string])[] = [
  ['root', 0, 'operator set-status ana online'],
  ['root', 0, 'operator set-status ana Online'],
  ['root', 0, 'operator set-status ana ON%20BREAK -o json'],
  ['root', 0, 'operator set-status an online'],
  ['root', 0, 'operator set-status ana onlin'],
  ['root', 0, 'operator set-status nobody nowhere -o json'],
  ['root', 0, 'operator set-status zoe offline --dry-run'],
  ['root', 0, 'operator set-status zoe on-break'],
  ['root', 0, 'operator set-status zoe online'],
  ['ana', 1000, 'operator set-status ana online'],
  ['ana', 1000, 'operator set-status zoe offline'],
  ['boss', 1001, 'operator set-status zoe offline'],
  ['guest', 1002, 'operator set-status ana offline -o json'],
  ['boss', 1001, 'settings set access open'],
  ['guest', 1002, 'operator set-status ana offline'],
  ['guest', 1002, 'operator set-status ana online'],
  ['guest', 1002, 'operator set-status zoe online'],
]

test('set-status says and writes the same, whether the store knows the operator at once or has to read everything', async () => {
  const told: string[][] = []
  for (const knows of [true, false]) {
    const folder = await createFolder({ 'statuses.json': document, 'heartbeats.jsonl': feed })
    // Years after the files were written: the catalogue has settled.
    const clock = createTestClock(noon + 10 * 365 * 86_400_000)
    const lines: string[] = []
    for (const [name, uid, line] of story) {
      clock.advance(1000)
      const words = line.split(' ').map((word) => word.replace('%20', ' '))
      const { code, stdout, stderr } = await opstat(words, { folder, clock, account: { name, uid } })
      lines.push(`$ ${line}\n${code}\n${stdout}${stderr}`)
      if (!knows) rmSync(join(folder, 'statuses.state.json'), { force: true })
    }
    const entries = readFileSync(join(folder, 'statuses.history.jsonl'), 'utf8').split('\n')
    // Dated at the modification of the files.
    told.push([...lines, ...entries.slice(10).map((entry) => entry.replace(/,"prev":.*/, ''))])
  }
  expect(told[0]).toEqual(told[1])
  expect(told[0]?.join('\n')).toContain('put ana into online, from offline')
})
