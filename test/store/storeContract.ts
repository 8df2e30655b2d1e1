import { describe, expect, test } from 'vitest'
import { toDocument } from '../../src/domain/catalogue/document.ts'
import { ok, refuse } from '../../src/domain/result.ts'
import type { Store } from '../../src/store/port.ts'
import { catalogueWith } from '../support/catalogues.ts'
import type { TestClock } from '../support/system.ts'
import {
  addStatus,
  changeCatalogue,
  enter,
  entered,
  failure,
  historyOf,
  nothing,
  smallCatalogue,
  told,
  value,
} from './stores.ts'

export interface StoreUnderTest {
  readonly clock: TestClock
  /** Another store object on the same, at first empty, store. */
  open(): Store
}

/** What every implementation of the port keeps. */
export function describeStore(name: string, setUp: () => StoreUnderTest): void {
  const created = async (): Promise<StoreUnderTest> => {
    const place = setUp()
    value(await place.open().create(smallCatalogue, { existing: 'keep', document: toDocument(smallCatalogue) }))
    return place
  }

  describe(name, () => {
    test('nothing created: reading and changing are refused', async () => {
      const store = setUp().open()
      expect(failure(await store.read()).code).toBe('store-missing')
      expect(failure(await store.transact(nothing)).code).toBe('store-missing')
      expect(failure(await store.rehearse(nothing)).code).toBe('store-missing')
    })

    test('created: the catalogue, everybody in their first status, and the history says so', async () => {
      const { open, clock } = await created()
      const { catalogue, recorded, checkpoint } = value(await open().read())
      expect(catalogue).toEqual(smallCatalogue)
      expect([...recorded.stays]).toEqual(
        ['ana', 'bo'].map((id) => [id, { status: 'offline', since: clock.now(), cause: 'admin', due: null }]),
      )
      expect(checkpoint).toBeNull()
      expect((await historyOf(open())).map(told)).toEqual([
        '1 status-created online',
        '2 status-created on-break',
        '3 status-created offline',
        '4 settings-changed',
        '5 operator-added ana',
        '6 operator-added bo',
        '7 status-entered ana null→offline',
        '8 status-entered bo null→offline',
      ])
    })

    test('an existing store is kept, or replaced with the history going on', async () => {
      const { open } = await created()
      const other = catalogueWith({ operators: [{ id: 'ana' }] })
      const wish = { document: toDocument(other) }
      expect(value(await open().create(other, { ...wish, existing: 'keep' }))).toBe('kept')
      expect(value(await open().read()).catalogue).toEqual(smallCatalogue)
      expect(value(await open().create(other, { ...wish, existing: 'replace' }))).toBe('replaced')
      expect(value(await open().read()).catalogue).toEqual(other)
      expect((await historyOf(open())).slice(8).map(told)).toEqual(['9 operator-removed bo'])
    })

    test('a change is there for everybody once it is committed', async () => {
      const { open } = await created()
      const committed = value(await open().transact(addStatus('Lunch')))
      expect(committed.value).toBe('changed')
      expect(committed.entries.map(told)).toEqual(['9 status-created lunch'])
      const { catalogue, recorded } = value(await open().read())
      expect(catalogue.statuses.map(({ id }) => id)).toEqual(['online', 'on-break', 'offline', 'lunch'])
      expect(recorded.liveStatuses.has('lunch')).toBe(true)
    })

    test('a refusal, and a change of nothing, write nothing', async () => {
      const { open } = await created()
      const failed = await open().transact(() => refuse({ code: 'status-not-found', reference: 'x', similar: [] }))
      expect(failure(failed).code).toBe('status-not-found')
      expect(value(await open().transact(nothing))).toEqual({ value: 'nothing', entries: [] })
      expect(value(await open().transact(changeCatalogue(structuredClone(smallCatalogue)))).entries).toEqual([])
      expect(await historyOf(open())).toHaveLength(8)
    })

    test('an exception in decide lets go of the store', async () => {
      const { open } = await created()
      const store = open()
      const thrown = store.transact(() => {
        throw new Error('a bug')
      })
      await expect(thrown).rejects.toThrow('a bug')
      expect(value(await store.transact(enter('ana', 'online'))).value).toBe('offline → online')
      expect(value(await open().transact(enter('ana', 'offline'))).value).toBe('online → offline')
    })

    test('a change that concerns one operator is committed like any other', async () => {
      const { open } = await created()
      const change = { operator: 'ana', decideAlone: () => null, decide: enter('ana', 'online') }
      expect(value(await open().transactOn(change)).entries.map(told)).toEqual(['9 status-entered ana offline→online'])
      const facts = [entered({ at: 5, operator: 'ana', from: 'online', to: 'offline' })]
      const alone = { ...change, decideAlone: () => ok({ facts, value: 'alone' }), decide: enter('ana', 'offline') }
      expect(value(await open().transactOn(alone)).entries.map(told)).toEqual(['10 status-entered ana online→offline'])
      expect(value(await open().read()).recorded.stays.get('ana')?.status).toBe('offline')
      expect(value(await open().verify()).entries).toBe(10)
    })

    test('the commit is dated once, inside the lock', async () => {
      const { open, clock } = await created()
      clock.advance(90_000)
      const { entries } = value(await open().transact(enter('ana', 'online')))
      expect(entries).toMatchObject([{ at: clock.now(), recordedAt: clock.now(), from: 'offline', to: 'online' }])
      expect(value(await open().read()).recorded.stays.get('ana')?.since).toBe(clock.now())
    })

    test('what others wrote comes once, what one wrote oneself not again', async () => {
      const { open } = await created()
      const [one, other] = [open(), open()]
      expect(value(await one.read()).newEntries).toHaveLength(8)
      expect(value(await one.read()).newEntries).toEqual([])
      value(await other.transact(enter('ana', 'online')))
      value(await one.transact(enter('bo', 'online')))
      value(await other.transact(enter('bo', 'offline')))
      expect(value(await one.read()).newEntries.map(told)).toEqual(['11 status-entered bo online→offline'])
      let seen: string[] = []
      value(
        await other.transact((current) => {
          seen = current.newEntries.map(told)
          return ok({ facts: [], value: null })
        }),
      )
      expect(seen).toEqual([])
    })

    test('changes of one store object queue up and see each other', async () => {
      const { open } = await created()
      const store = open()
      const names = Array.from({ length: 10 }, (_, index) => `Status ${index}`)
      const lower = names.map((name, index) => ({ name, index }))
      const done = await Promise.all(
        lower.map(({ name, index }) =>
          store.transact(
            addStatus({ id: `s${index}`, name, color: '#123456', canReceive: false, countAfterClose: false }),
          ),
        ),
      )
      expect(done.every((result) => result.ok)).toBe(true)
      expect(value(await store.read()).catalogue.statuses).toHaveLength(13)
      expect(value(await open().verify()).entries).toBe(18)
    })

    test('a rehearsal decides and writes nothing', async () => {
      const { open } = await created()
      expect(value(await open().rehearse(addStatus('Lunch')))).toBe('changed')
      expect(value(await open().rehearse(enter('ana', 'online')))).toBe('offline → online')
      expect(value(await open().read()).catalogue).toEqual(smallCatalogue)
      expect(await historyOf(open())).toHaveLength(8)
    })

    test('the feed position of the last commit that had one is recorded', async () => {
      const { open } = await created()
      const feed = { file: 'a', offset: 120 }
      const decide = enter('ana', 'online')
      value(
        await open().transact(async (current, at) => {
          const change = await decide(current, at)
          return change.ok ? ok({ ...change.value, feed }) : change
        }),
      )
      value(await open().transact(enter('bo', 'online')))
      expect(value(await open().read()).recorded.feed).toEqual(feed)
    })

    test('a checkpoint comes back with the entries written after it', async () => {
      const { open } = await created()
      const watcher = open()
      value(await watcher.read())
      const checkpoint = { offset: 5, sessions: { ['__proto__']: ['tab-1'] }, text: 'ü\n' }
      value(await watcher.saveCheckpoint(checkpoint))
      value(await open().transact(enter('ana', 'online')))
      const snapshot = value(await open().read())
      expect(snapshot.checkpoint).toEqual(checkpoint)
      expect(snapshot.newEntries.map(told)).toEqual(['9 status-entered ana offline→online'])
      expect(snapshot.recorded.stays.get('ana')?.status).toBe('online')
    })

    test('one leads at a time, and says when it was awake', async () => {
      const { open } = await created()
      const first = value(await open().lead())
      expect(first?.previousAwakeAt).toBeNull()
      await first?.awake(5_000)
      expect(value(await open().lead())).toBeNull()
      await first?.awake(7_000)
      await first?.release()
      const second = value(await open().lead())
      expect(second?.previousAwakeAt).toBe(7_000)
      await second?.release()
    })

    test('leading keeps no change from being made', async () => {
      const { open } = await created()
      const lead = value(await open().lead())
      expect(value(await open().transact(enter('ana', 'online'))).value).toBe('offline → online')
      await lead?.release()
    })

    test('the whole history is whole', async () => {
      const { open } = await created()
      const before = value(await open().verify())
      expect(before.entries).toBe(8)
      value(await open().transact(enter('ana', 'online')))
      const after = value(await open().verify())
      expect(after).toEqual({ entries: 9, head: value(await open().read()).recorded.head })
      expect((await historyOf(open())).at(-1)?.prev).toBe(before.head)
    })
  })
}
