import { expect, test } from 'vitest'
import { opstat } from '../../support/opstat.ts'

const plain = { OPSTAT_PLAIN: '1', FORCE_COLOR: '3' }

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false },
    { id: 'lunch', name: 'Lunch', color: '#b26a00', canReceive: false, countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false },
  ],
  settings: { defaultOffline: 'offline' },
  operators: [{ id: 'ana', name: 'Ana', role: 'operator', account: null, initialStatus: 'online', calendar: null }],
}

test('read aloud, a plan names what it does in words', async () => {
  const wanted = {
    ...catalogue,
    statuses: [
      { ...catalogue.statuses[0], name: 'Ready', color: '#0072b2' },
      catalogue.statuses[2],
      { id: 'tea', name: 'Tea', color: '#8e4585' },
    ],
  }
  const { stdout, code } = await opstat('diff -f wanted.json --prune', {
    files: { 'statuses.json': catalogue, 'wanted.json': wanted },
    env: plain,
  })
  expect([stdout, code]).toEqual([
    `change status online
    name: from "Online" to "Ready"
    color: from #2e7d32 to #0072b2
create status tea: name "Tea", color #8e4585
delete status lunch
`,
    10,
  ])
})

test('read aloud, a timeline is a line for each stay', async () => {
  const feed = [
    '{"at":"2026-11-22T09:00:00Z","operator":"ana","session":"t","event":"beat"}',
    '{"at":"2026-11-22T09:20:00Z","event":"tick"}',
  ].join('\n')
  const { stdout } = await opstat('presence simulate --timeline', {
    files: { 'statuses.json': catalogue, 'heartbeats.jsonl': feed },
    env: plain,
  })
  expect(stdout).toContain(`ana
  2026-11-22T09:00:00.000Z to 2026-11-22T09:10:00.000Z: Online
  2026-11-22T09:10:00.000Z to 2026-11-22T09:20:00.000Z: Offline, switched automatically
`)
})

test('read aloud, what a report plots is in its tables alone', async () => {
  const lookBack = 'report absence --from 2026-11-22T09:00:00Z --to 2026-11-22T10:00:00Z'
  const feed = '{"at":"2026-11-22T09:00:00Z","operator":"ana","session":"t","event":"beat"}\n'
  const files = { 'statuses.json': catalogue, 'heartbeats.jsonl': feed }
  expect((await opstat(lookBack, { files })).stdout).toContain('o came back within ten minutes')
  expect((await opstat(lookBack, { files, env: plain })).stdout).not.toContain('o came back')
})
