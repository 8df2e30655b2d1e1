import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drainFeed, followerOf, openLivePresence } from '../../../src/commands/live/livePresence.ts'
import { starterCatalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { createRecorded } from '../../../src/domain/history/recorded.ts'
import { startPresent } from '../../../src/domain/presence/presentTime.ts'
import { slotsInUse } from '../../../src/domain/presence/slots.ts'
import type { StoreSnapshot } from '../../../src/store/port.ts'
import { createFakeSystem, noon } from '../../support/system.ts'

const ana = {
  id: 'ana',
  name: 'Ana',
  role: 'operator',
  account: null,
  initialStatus: 'online',
  calendar: null,
} as const
const snapshot: StoreSnapshot = {
  catalogue: { ...starterCatalogue, operators: [ana] },
  catalogueHash: null,
  recorded: createRecorded(),
  newEntries: [],
  checkpoint: null,
  checkpointColumns: new Uint8Array(0),
  checkpointFailure: null,
  document: async () => null,
}

test('of a long feed only the sessions of the last hour are known after it was read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'opstat-live-'))
  const feed = { file: join(folder, 'heartbeats.jsonl'), named: true }
  const count = 50_000
  const lines = Array.from({ length: count }, (_, index) => {
    const at = new Date(noon - (count - index) * 10_000).toISOString()
    return `{"at":"${at}","operator":"ana","session":"reload-${index}","event":"beat"}\n`
  })
  writeFileSync(feed.file, lines.join(''))
  const system = createFakeSystem({ cwd: folder })
  const live = openLivePresence(snapshot, feed, followerOf(feed, system))
  const present = startPresent({ wall: noon, steady: system.clock.steady() })
  await drainFeed(live, { present, clock: system.clock, recorded: snapshot.recorded, events: [] })
  await live.follower.close()
  expect(live.parser.counts.accepted).toBe(count)
  expect(slotsInUse(live.state.sessions)).toBeLessThan(5_000)
})
