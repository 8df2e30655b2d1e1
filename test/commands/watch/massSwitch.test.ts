import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, opstat } from '../../support/opstat.ts'
import { createTestClock, noon } from '../../support/system.ts'

test('two thousand operators who fall silent together are switched in one commit, told in order', async () => {
  const ids = Array.from({ length: 2000 }, (_, index) => `op-${String(index).padStart(4, '0')}`)
  const statuses = [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ]
  const operators = ids.map((id) => ({ id, name: id, initialStatus: 'online' }))
  const folder = await createFolder({ 'statuses.json': { version: 1, statuses, operators } })
  const clock = createTestClock(noon)
  const at = new Date(noon).toISOString()
  const beats = ids.map((operator) => `{"at":"${at}","operator":"${operator}","session":"tab","event":"beat"}\n`)
  writeFileSync(join(folder, 'heartbeats.jsonl'), beats.join(''))
  expect(await opstat('watch --once -q', { folder, clock })).toMatchObject({ code: 0, stdout: '' })
  clock.advance(601_000)
  const { stdout, text } = await opstat('watch --once -o json', { folder, clock })
  const lines = text('statuses.history.jsonl').trimEnd().split('\n')
  const switches = lines.filter((line) => line.includes('"cause":"auto-offline"'))
  // All but a commit's last line say that it goes on.
  const ends = switches.filter((line) => !line.endsWith(',"more":true}'))
  expect(switches).toHaveLength(2000)
  expect(ends).toEqual([lines.at(-1)])
  const told = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; operator?: string })
  expect(told.map(({ type }) => type)).toEqual(['started', ...ids.map(() => 'switched'), 'stopped'])
  expect(told.slice(1, -1).map(({ operator }) => operator)).toEqual(ids)
})
