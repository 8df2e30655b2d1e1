import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startChild } from './processes.ts'
import { addStatus, enter, failure, historyOf, nothing, placeWithStore, value } from './stores.ts'

test('twenty processes at once: every acknowledged change is there', async () => {
  const place = await placeWithStore()
  const file = place.path('statuses.json')
  const ids = Array.from({ length: 20 }, (_, index) => `s${index}`)
  const children = await Promise.all(ids.map((id) => startChild([file, 'create', id])))
  const ends = await Promise.all(children.map((child) => child.ended))
  expect(ends.map(({ code, stderr }) => stderr || code)).toEqual(ids.map(() => 0))
  const { catalogue } = value(await place.open().read())
  expect(catalogue.statuses.map(({ id }) => id).sort()).toEqual(['offline', 'on-break', 'online', ...ids].sort())
  expect(value(await place.open().verify()).entries).toBe(28)
})

test('kill -9 at any call, really: what was there is whole, the next command works', async () => {
  const place = await placeWithStore()
  const file = place.path('statuses.json')
  let died = 0
  for (let n = 1; n <= 48; n += 1) {
    const child = await startChild([file, 'die', String(n), `d${n}`])
    const { signal, stderr } = await child.ended
    expect(stderr).toBe('')
    if (signal === 'SIGKILL') died += 1
    const { catalogue, recorded } = value(await place.open().read())
    expect(catalogue.statuses.map(({ id }) => id).sort()).toEqual([...recorded.liveStatuses].sort())
    if (n % 3 === 0) value(await place.open().transact(nothing))
  }
  value(await place.open().transact(addStatus('Last')))
  expect(value(await place.open().verify()).entries).toBeGreaterThan(9)
  expect(died).toBeGreaterThan(25)
  expect(place.names().filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('writers that are killed, stopped and continued lose nothing that they acknowledged; readers never see less', async () => {
  const place = await placeWithStore()
  const file = place.path('statuses.json')
  const reader = place.open()
  const acknowledged: string[] = []
  let seq = 0
  let reads = 0
  const look = async () => {
    const { recorded } = value(await reader.read())
    expect(recorded.seq).toBeGreaterThanOrEqual(seq)
    seq = recorded.seq
    reads += 1
  }
  for (let round = 0; round < 6; round += 1) {
    const children = await Promise.all(['ana', 'bo', 'ana'].map((id) => startChild([file, 'move', id, '1000'])))
    await Promise.all(children.map((child) => child.firstLine))
    for (const [index, child] of children.entries()) {
      for (let count = 0; count < 20 + round; count += 1) await look()
      if (index === 1) child.process.kill('SIGSTOP')
      else child.process.kill('SIGKILL')
    }
    for (const child of children) child.process.kill('SIGKILL')
    await Promise.all(children.map((child) => child.ended))
    acknowledged.push(...children.flatMap(({ lines }) => lines))
  }
  await look()
  const entries = await historyOf(place.open())
  expect(entries.length).toBeGreaterThanOrEqual(8 + acknowledged.length)
  // Each killed writer may have written one change more than it could tell.
  expect(entries.length).toBeLessThanOrEqual(8 + acknowledged.length + 18)
  expect(acknowledged.length).toBeGreaterThan(50)
  expect(reads).toBeGreaterThan(300)
  expect(value(await place.open().verify()).entries).toBe(entries.length)
})

test('busy names who holds the store since when, and the holder is not disturbed', async () => {
  const place = await placeWithStore()
  const holder = await startChild([place.path('statuses.json'), 'hold'])
  await holder.firstLine
  const before = place.everything()
  const busy = failure(await place.open({ lockWaitMs: 200 }).transact(enter('ana', 'online')))
  expect(busy).toEqual({
    code: 'busy',
    file: place.path('statuses.lock'),
    holder: { pid: holder.process.pid, since: expect.any(Number) },
    waitedMs: 200,
  })
  expect(place.everything()).toEqual(before)
  expect(value(await place.open().read()).recorded.seq).toBe(8)
  holder.process.stdin?.end()
  expect((await holder.ended).code).toBe(0)
})

test('a stopped holder keeps the store; a killed one loses it at once', async () => {
  const place = await placeWithStore()
  const holder = await startChild([place.path('statuses.json'), 'hold'])
  await holder.firstLine
  holder.process.kill('SIGSTOP')
  expect(failure(await place.open({ lockWaitMs: 100 }).transact(nothing)).code).toBe('busy')
  holder.process.kill('SIGKILL')
  await holder.ended
  expect(value(await place.open({ lockWaitMs: 0 }).transact(enter('ana', 'online'))).entries).toHaveLength(1)
})

test('a wait for the store ends at once when the program is told to stop', async () => {
  const place = await placeWithStore()
  const holder = await startChild([place.path('statuses.json'), 'hold'])
  await holder.firstLine
  const refused = failure(await place.open({ stop: AbortSignal.abort() }).transact(nothing))
  expect(refused).toMatchObject({ code: 'busy', waitedMs: 0 })
})

test('a reader never opens anything for writing', async () => {
  const place = await placeWithStore()
  const before = place.names().map((name) => statSync(place.path(name)).mtimeMs)
  value(await place.open().read())
  value(await place.open().verify())
  await historyOf(place.open())
  expect(place.names().map((name) => statSync(place.path(name)).mtimeMs)).toEqual(before)
})
