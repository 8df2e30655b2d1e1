import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRecorded, recordEntry } from '../../../src/domain/history/recorded.ts'
import { ok, refuse } from '../../../src/domain/result.ts'
import { factsOfRecorded, formatOpening, parseOpening } from '../../../src/store/history/opening.ts'
import type { Store } from '../../../src/store/port.ts'
import { noon } from '../../support/system.ts'
import { diesAt, Killed } from '../brokenDisk.ts'
import {
  addStatus,
  changeCatalogue,
  enter,
  failure,
  historyOf,
  type Place,
  placeWithStore,
  told,
  value,
} from '../stores.ts'

const hour = 3_600_000
const permit = () => ok(null)
const archive = (store: Store, before: number) => store.archive({ before, permit, rehearsed: false })

/** A store with a change at each of four hours after noon. */
async function lived(): Promise<Place> {
  const place = await placeWithStore()
  for (const decide of [addStatus('Lunch'), enter('ana', 'online'), enter('bo', 'lunch'), enter('ana', 'offline')]) {
    place.clock.advance(hour)
    value(await place.open().transact(decide))
  }
  return place
}

test('the history, what is recorded and the last hash are the same after archiving, whatever is cut off', async () => {
  for (const hours of [0.5, 1.5, 2.5, 3.5, 4.5]) {
    const place = await lived()
    const before = await historyOf(place.open())
    const { recorded } = value(await place.open().read())
    const { head } = value(await place.open().verify())
    const archived = value(await archive(place.open(), noon + hours * hour))
    expect(archived.entries).toBe(before.filter(({ recordedAt }) => recordedAt < noon + hours * hour).length)
    expect(await historyOf(place.open())).toEqual(before)
    expect(value(await place.open().verify())).toEqual({ entries: before.length, head })
    expect(value(await place.open().read()).recorded).toEqual(recorded)
    rmSync(place.path('statuses.state.json'))
    expect(value(await place.open().read()).recorded).toEqual(recorded)
  }
})

test('the archived part is named after the time, and the next one starts with the last hash and a snapshot', async () => {
  const place = await lived()
  const { file } = value(await archive(place.open(), noon + 1.5 * hour))
  expect(file).toBe(place.path('statuses.history-20261122T133000Z.jsonl'))
  const [opening = '', next = ''] = place.lines('statuses.history.jsonl')
  const last = JSON.parse(next)
  expect(JSON.parse(opening)).toMatchObject({
    type: 'segment',
    seq: last.seq - 1,
    prev: last.prev,
    archived: 'statuses.history-20261122T133000Z.jsonl',
    by: 'tester',
  })
})

test('changes go on in the next part, and it can be archived again', async () => {
  const place = await lived()
  value(await archive(place.open(), noon + 1.5 * hour))
  place.clock.advance(hour)
  value(await place.open().transact(enter('bo', 'online')))
  value(await archive(place.open(), noon + 3.5 * hour))
  value(await archive(place.open(), noon + 5.5 * hour))
  value(await place.open().transact(enter('bo', 'offline')))
  const store = place.open()
  expect((await historyOf(store)).slice(-4).map(told)).toEqual([
    '11 status-entered bo offline→lunch',
    '12 status-entered ana online→offline',
    '13 status-entered bo lunch→online',
    '14 status-entered bo online→offline',
  ])
  expect(value(await store.verify())).toMatchObject({ entries: 14 })
})

test('nothing written before it, nothing changed', async () => {
  const place = await lived()
  const before = place.everything()
  expect(value(await archive(place.open(), noon))).toEqual({ entries: 0, file: null })
  expect(value(await place.open().archive({ before: noon + hour, permit, rehearsed: true }))).toEqual({
    entries: 8,
    file: null,
  })
  const refused = refuse({ code: 'id-taken', of: 'status', id: 'x' } as const)
  expect(failure(await place.open().archive({ before: noon + hour, permit: () => refused, rehearsed: false }))).toEqual(
    refused.failure,
  )
  expect(place.everything()).toEqual(before)
})

test('a store that is open goes on: it is told what is new, and nothing twice', async () => {
  const place = await lived()
  const watcher = place.open()
  value(await watcher.read())
  value(await watcher.saveCheckpoint({ at: 1 }))
  value(await archive(place.open(), noon + 2.5 * hour))
  expect(value(await watcher.read()).newEntries).toEqual([])
  value(await place.open().transact(enter('bo', 'online')))
  const snapshot = value(await watcher.read())
  expect(snapshot.newEntries.map(told)).toEqual(['13 status-entered bo lunch→online'])
  expect(snapshot.checkpoint).toEqual({ at: 1 })
  value(await watcher.transact(enter('ana', 'online')))
  expect(value(await place.open().verify()).entries).toBe(14)
})

test('a checkpoint survives, and who takes over is told what came after it', async () => {
  const place = await lived()
  const watcher = place.open()
  value(await watcher.read())
  value(await watcher.saveCheckpoint({ at: 1 }))
  value(await place.open().transact(enter('bo', 'online')))
  value(await archive(place.open(), noon + 2.5 * hour))
  const next = value(await place.open().read())
  expect(next.checkpoint).toEqual({ at: 1 })
  expect(next.newEntries.map(told)).toEqual(['13 status-entered bo lunch→online'])
})

test('where everything was archived, the cache still fits: nothing is told twice, the checkpoint stays', async () => {
  const place = await lived()
  const watcher = place.open()
  value(await watcher.read())
  value(await watcher.saveCheckpoint({ at: 1 }))
  place.clock.advance(hour)
  value(await archive(place.open(), noon + 4.5 * hour))
  expect(place.lines('statuses.history.jsonl')).toHaveLength(1)
  const next = value(await place.open().read())
  expect([next.checkpoint, next.newEntries]).toEqual([{ at: 1 }, []])
  expect(value(await watcher.read()).newEntries).toEqual([])
  value(await place.open().transact(enter('bo', 'online')))
  expect(value(await watcher.read()).newEntries.map(told)).toEqual(['13 status-entered bo lunch→online'])
})

test('every edit, removal and swap is found in both parts, and in the snapshot', async () => {
  const place = await lived()
  const archived = value(await archive(place.open(), noon + 2.5 * hour)).file as string
  for (const file of [archived, place.path('statuses.history.jsonl')]) {
    const whole = readFileSync(file, 'utf8')
    const lines = whole.split('\n').slice(0, -1)
    const damaged = lines.flatMap((line, index) => [
      lines.toSpliced(index, 1),
      lines.toSpliced(index, 1, line.replace(/line|Lunch|ana/, 'xyz')),
      ...(index === 0 ? [] : [lines.toSpliced(index - 1, 2, line, lines[index - 1] as string)]),
    ])
    for (const text of damaged.map((rest) => rest.map((line) => `${line}\n`).join(''))) {
      if (text === whole) continue
      writeFileSync(file, text)
      expect(failure(await place.open().verify()), text).toMatchObject({ code: 'history-broken' })
    }
    writeFileSync(file, whole)
  }
  expect(value(await place.open().verify()).entries).toBe(12)
})

test('where the archived part was taken away, what it came to stands for it, and verify says so', async () => {
  const place = await lived()
  const archived = value(await archive(place.open(), noon + 2.5 * hour)).file as string
  renameSync(archived, `${archived}.gz`)
  const entries = await historyOf(place.open())
  expect(entries.map(told).slice(-4)).toEqual([
    '10 status-entered ana null→online',
    '10 status-entered bo null→offline',
    '11 status-entered bo offline→lunch',
    '12 status-entered ana online→offline',
  ])
  expect(value(await place.open().verify())).toMatchObject({ entries: 12, away: { entries: 10, file: archived } })
})

test('a crash at any call leaves the history whole, and the next attempt is done', async () => {
  for (let call = 1; ; call++) {
    const place = await lived()
    const before = await historyOf(place.open())
    const broken = diesAt(call)
    let died = true
    try {
      await archive(place.open({ disk: broken.disk }), noon + 2.5 * hour)
      died = false
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    }
    broken.bury()
    expect(await historyOf(place.open()), `call ${call}, ${broken.last()}`).toEqual(before)
    expect(value(await place.open().verify()).entries).toBe(12)
    value(await archive(place.open(), noon + 2.5 * hour))
    value(await place.open().transact(enter('bo', 'online')))
    expect(place.names().filter((name) => name.includes('history-') || name.endsWith('.tmp'))).toEqual([
      'statuses.history-20261122T143000Z.jsonl',
    ])
    if (!died) return
  }
})

test('settings, calendars, deleted statuses and those who left are in the snapshot', async () => {
  const place = await lived()
  const { catalogue } = value(await place.open().read())
  value(
    await place.open().transact(
      changeCatalogue({
        ...catalogue,
        statuses: catalogue.statuses.filter(({ id }) => id !== 'on-break').toReversed(),
        settings: { ...catalogue.settings, offlineAfterMs: null },
        operators: catalogue.operators.filter(({ id }) => id !== 'bo'),
        calendars: [{ id: 'c', name: 'C', timeZone: 'UTC', week: {}, exceptions: new Map() }],
      }),
    ),
  )
  const { recorded } = value(await place.open().read())
  const copy = createRecorded()
  for (const fact of factsOfRecorded(recorded, noon))
    recordEntry(copy, { ...fact, seq: 1, recordedAt: 1, prev: '' }, '')
  expect({ ...copy, seq: recorded.seq, head: recorded.head }).toEqual(recorded)
  expect([...copy.liveStatuses]).toEqual([...recorded.liveStatuses])
})

test('an opening with any byte changed is none', () => {
  const text = formatOpening({
    seq: 3,
    prev: 'f00d',
    at: noon,
    by: 'ana',
    archived: 'x.jsonl',
    facts: [{ type: 'dialogues', at: noon, operator: 'ana', open: 2, by: 'ana' }],
    mark: { before: null, after: 'abc' },
    feed: { file: 'f', offset: 9 },
  })
  expect(parseOpening(text)).toMatchObject({ seq: 3, archived: 'x.jsonl', mark: { after: 'abc' }, feed: { offset: 9 } })
  fc.assert(
    fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom('x', '0', '{', ' '), (place, byte) => {
      const damaged = text.slice(0, place) + byte + text.slice(place + 1)
      expect(damaged === text || parseOpening(damaged) === null).toBe(true)
    }),
  )
})
