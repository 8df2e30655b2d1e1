import { appendFileSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Catalogue, findStatus } from '../../src/domain/catalogue/catalogue.ts'
import type { Failure } from '../../src/domain/failure.ts'
import { ok, type Result, refuse } from '../../src/domain/result.ts'
import { type Disk, realDisk } from '../../src/store/disk/disk.ts'
import type { Change, OperatorChange, OperatorSnapshot } from '../../src/store/port.ts'
import { anyCatalogue, catalogueWith } from '../support/catalogues.ts'
import { noon } from '../support/system.ts'
import { addStatus, entered } from './decisions.ts'
import { failure, type Place, placeWithStore, told, value } from './stores.ts'

const [file, history, state] = ['statuses.json', 'statuses.history.jsonl', 'statuses.state.json'] as const
const farAheadMs = 10 * 365 * 86_400_000

/** Later than every file was written, so that the catalogue has settled. */
async function settledPlace(catalogue?: Catalogue): Promise<Place> {
  const place = await placeWithStore(catalogue)
  place.clock.advance(farAheadMs)
  return place
}

/** All that a decision about one operator may look at. */
interface Seen {
  readonly from: string | null
  readonly operator: unknown
  readonly stay: unknown
  readonly statuses: unknown
  readonly settings: unknown
  readonly lastNames: unknown
}

/** Puts an operator into a status; `asked` counts who was asked. */
function entering(operator: string, reference: string, asked = { alone: 0, whole: 0 }): OperatorChange<Seen> {
  const enter = (current: OperatorSnapshot, at: number): Result<Change<Seen>, Failure> => {
    const { statuses, settings, operators } = current.catalogue
    const known = operators.find(({ id }) => id === operator)
    const to = findStatus(statuses, reference)?.id
    if (known === undefined || to === undefined) return refuse({ code: 'status-not-found', reference, similar: [] })
    const stay = current.recorded.stays.get(operator)
    const from = stay?.status ?? null
    const seen = { from, operator: known, stay, statuses, settings, lastNames: current.recorded.statuses }
    return ok({ facts: from === to ? [] : [entered({ at, operator, from, to })], value: structuredClone(seen) })
  }
  return {
    operator,
    decideAlone(current, at) {
      asked.alone++
      return enter(current, at)
    },
    decide(current, at) {
      asked.whole++
      return enter(current, at)
    },
  }
}

/** What happens to a store, the same in each of several. */
type Event = { readonly name: string; readonly happen: (place: Place) => unknown }

const times = fc.nat({ max: 99 })

/** Which operator, and which status, of those there were at first; the last ones are unknown. */
const enterings = fc.record({ operator: fc.nat({ max: 3 }), to: fc.nat({ max: 4 }), by: fc.constantFrom('id', 'name') })

const accidents: fc.Arbitrary<Event> = fc.oneof(
  ...[
    ['another status is added by a command', (place: Place) => place.open().transact(addStatus('Lunch'))],
    ['the state is lost', (place: Place) => rmSync(place.path(state), { force: true })],
    ['the history ends in the middle of a line', (place: Place) => appendFileSync(place.path(history), '{"seq":99')],
    ['zeros at the end of the history', (place: Place) => appendFileSync(place.path(history), Buffer.alloc(9))],
    [
      'a block of zeros between lines of the history',
      (place: Place) => {
        const last = place.lines(history).at(-1)
        appendFileSync(place.path(history), `\0\0\0\n${last}\n`)
      },
    ],
    [
      'somebody rewrites the history',
      (place: Place) => {
        writeFileSync(place.path(history), place.text(history).replaceAll('"by":"tester"', '"by":"nobody"'))
      },
    ],
    ['the catalogue is written anew, the same', (place: Place) => byHand(place, (text) => text)],
    ['a blank is added by hand', (place: Place) => byHand(place, (text) => `${text} `)],
    ['a name is changed by hand', (place: Place) => byHand(place, (text) => text.replace('On break', 'Pause'))],
    ['an operator goes by hand', (place: Place) => editOperators(place, (operators) => operators.slice(1))],
    ['an operator comes by hand', (place: Place) => editOperators(place, (all) => [...all, { id: 'zoe' }])],
    ['the catalogue breaks', (place: Place) => byHand(place, (text) => `${text}x`)],
    [
      'a watcher writes the state',
      async (place: Place) => {
        const watcher = place.open()
        await watcher.read()
        await watcher.saveCheckpoint({ seen: [] })
      },
    ],
  ].map(([name, happen]) => fc.constant({ name, happen } as Event)),
  times.map((place) => ({ name: `byte ${place} of a hundred of the state flips`, happen: flip(state, place) })),
)

function byHand(place: Place, edit: (text: string) => string): void {
  writeFileSync(place.path(file), edit(place.text(file)))
  utimesSync(place.path(file), noon / 1000, noon / 1000)
}

function editOperators(place: Place, edit: (operators: { id: string }[]) => { id: string }[]): void {
  byHand(place, (text) => {
    try {
      const document = JSON.parse(text)
      return JSON.stringify({ ...document, operators: edit(document.operators) })
    } catch {
      return text
    }
  })
}

function flip(name: string, hundredth: number): Event['happen'] {
  return (place) => {
    const names = place.names()
    if (!names.includes(name)) return
    const bytes = readFileSync(place.path(name))
    const at = Math.floor((bytes.length * hundredth) / 100)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(place.path(name), bytes)
  }
}

test('a change of one operator comes to the same, and shows the same, as if everything had been read', async () => {
  const asked = { alone: 0, whole: 0 }
  const catalogues = fc.oneof(anyCatalogue, fc.constant(catalogueWith({ operators: [{ id: 'ana' }, { id: 'bo' }] })))
  const story = fc.array(fc.oneof({ weight: 4, arbitrary: enterings }, { weight: 1, arbitrary: accidents }), {
    minLength: 5,
    maxLength: 20,
  })
  await fc.assert(
    fc.asyncProperty(catalogues, story, async (catalogue, events) => {
      const [sparing, reading] = [await settledPlace(catalogue), await settledPlace(catalogue)]
      for (const event of events) {
        for (const place of [sparing, reading]) place.clock.advance(1000)
        if ('happen' in event) {
          for (const place of [sparing, reading]) await event.happen(place)
          continue
        }
        const operator = catalogue.operators[event.operator]?.id ?? 'nobody'
        const to = catalogue.statuses[event.to]?.[event.by as 'id'] ?? 'lunch'
        const spared = await sparing.open().transactOn(entering(operator, to, asked))
        const read = await reading.open().transact(entering(operator, to).decide)
        expect(comparable(sparing, spared)).toEqual(comparable(reading, read))
        expect(textOr(sparing, history)).toBe(textOr(reading, history))
        expect(textOr(sparing, file)).toBe(textOr(reading, file))
      }
      const [one, other] = [await sparing.open().read(), await reading.open().read()]
      expect(one.ok && one.value.recorded.stays).toEqual(other.ok && other.value.recorded.stays)
      expect(comparable(sparing, await sparing.open().verify())).toEqual(
        comparable(reading, await reading.open().verify()),
      )
    }),
    { numRuns: 60 },
  )
  // Else nothing was compared.
  expect(asked.alone).toBeGreaterThan(25)
  expect(asked.whole).toBeGreaterThan(25)
})

test.each([100, 10_000])('a change of one of %i operators reads little, appends once and syncs once', async (count) => {
  const operators = Array.from({ length: count }, (_, index) => ({ id: `op-${index}`, name: `Operator ${index}` }))
  const place = await settledPlace(catalogueWith({ operators }))
  // The first one takes note of the settled catalogue.
  value(await place.open().transactOn(entering('op-7', 'online')))
  const counted = { bytes: 0, writes: 0, syncs: 0 }
  const asked = { alone: 0, whole: 0 }
  const store = place.open({ disk: countingDisk(counted) })
  const { entries } = value(await store.transactOn(entering('op-77', 'on-break', asked)))
  expect(entries).toMatchObject([{ operator: 'op-77', from: 'offline', to: 'on-break' }])
  expect(asked).toEqual({ alone: 1, whole: 0 })
  expect(counted.bytes).toBeLessThan(200_000)
  // The lock's note, the history's line and the head of the state.
  expect(counted).toMatchObject({ writes: 3, syncs: 1 })
})

test('a change of one operator that changes nothing writes nothing', async () => {
  const place = await settledPlace()
  value(await place.open().transactOn(entering('ana', 'online')))
  const before = place.everything()
  const counted = { bytes: 0, writes: 0, syncs: 0 }
  const asked = { alone: 0, whole: 0 }
  value(await place.open({ disk: countingDisk(counted) }).transactOn(entering('ana', 'online', asked)))
  expect(asked).toEqual({ alone: 1, whole: 0 })
  expect(place.everything()).toEqual(before)
  // The lock's note.
  expect(counted).toMatchObject({ writes: 1, syncs: 0 })
})

test('who can not tell by one operator alone is asked again with everything', async () => {
  const place = await settledPlace()
  value(await place.open().transactOn(entering('ana', 'online')))
  const asked = { alone: 0, whole: 0 }
  const change = { ...entering('ana', 'on-break', asked), decideAlone: () => null }
  expect(value(await place.open().transactOn(change)).entries).toHaveLength(1)
  expect(asked).toEqual({ alone: 0, whole: 1 })
})

test('a store object that has read is told of everything that others wrote, and of nothing twice', async () => {
  const place = await settledPlace()
  value(await place.open().transactOn(entering('ana', 'online')))
  const store = place.open()
  value(await store.read())
  value(await place.open().transactOn(entering('bo', 'online')))
  value(await store.transactOn(entering('ana', 'on-break')))
  value(await place.open().transactOn(entering('bo', 'on-break')))
  expect(value(await store.read()).newEntries.map(told)).toEqual(['12 status-entered bo online→on-break'])
})

test('of several entries the last one is noted as the end of the history', async () => {
  const place = await settledPlace()
  value(await place.open().transactOn(entering('ana', 'online')))
  const asked = { alone: 0, whole: 0 }
  const twice: OperatorChange<null> = {
    operator: 'ana',
    decideAlone(_, at) {
      asked.alone++
      const away = entered({ at, operator: 'ana', from: 'online', to: 'on-break' })
      const back = entered({ at, operator: 'ana', from: 'on-break', to: 'online' })
      return ok({ facts: [away, back], value: null })
    },
    decide: () => refuse({ code: 'status-not-found', reference: 'x', similar: [] }),
  }
  const { entries } = value(await place.open().transactOn(twice))
  expect(asked).toEqual({ alone: 1, whole: 0 })
  expect(entries).toHaveLength(2)
  const noted = JSON.parse(place.lines(state)[0] ?? '')
  expect(noted.seq).toBe(entries.at(-1)?.seq)
  expect(noted.head).toBe(value(await place.open().read()).recorded.head)
})

test('after some changes of one operator everything is read once, so that none looks through much', async () => {
  const place = await settledPlace()
  value(await place.open().transactOn(entering('ana', 'online')))
  const asked = { alone: 0, whole: 0 }
  for (let round = 0; round < 30; round++) {
    value(await place.open().transactOn(entering('ana', 'on-break', asked)))
    value(await place.open().transactOn(entering('ana', 'online', asked)))
  }
  expect(asked.whole).toBeGreaterThan(0)
  expect(asked.alone).toBeGreaterThan(10 * asked.whole)
})

test('an edited end of the history is seen by a change of one operator too, and told of', async () => {
  const place = await settledPlace()
  for (const to of ['online', 'on-break', 'online']) value(await place.open().transactOn(entering('ana', to)))
  const lines = place.lines(history)
  const edited = lines.with(-1, (lines.at(-1) ?? '').replace('"by":"tester"', '"by":"nobody"'))
  writeFileSync(place.path(history), `${edited.join('\n')}\n`)
  const asked = { alone: 0, whole: 0 }
  const { entries } = value(await place.open().transactOn(entering('ana', 'on-break', asked)))
  expect(asked).toEqual({ alone: 0, whole: 1 })
  expect(entries.map(told)).toEqual(['12 history-altered', '13 status-entered ana online→on-break'])
  expect(value(await place.open().verify()).alterations).toHaveLength(1)
})

test('a line that can not be appended leaves the history as it was', async () => {
  const place = await settledPlace()
  value(await place.open().transactOn(entering('ana', 'online')))
  const before = place.text(history)
  const disk: Disk = {
    ...realDisk,
    fsync: async () => {
      throw Object.assign(new Error('EIO'), { code: 'EIO' })
    },
  }
  const asked = { alone: 0, whole: 0 }
  const refused = failure(await place.open({ disk }).transactOn(entering('ana', 'on-break', asked)))
  expect(asked).toEqual({ alone: 1, whole: 0 })
  expect(refused).toMatchObject({ code: 'file', file: place.path(history), action: 'append', errno: 'EIO' })
  expect(place.text(history)).toBe(before)
  expect(value(await place.open().transactOn(entering('ana', 'on-break'))).entries).toHaveLength(1)
})

function countingDisk(counted: { bytes: number; writes: number; syncs: number }): Disk {
  return {
    ...realDisk,
    read: (...args) => {
      const bytes = realDisk.read(...args)
      counted.bytes += bytes
      return bytes
    },
    write: (...args) => {
      counted.writes++
      return realDisk.write(...args)
    },
    fsync: (fd) => {
      counted.syncs++
      return realDisk.fsync(fd)
    },
  }
}

function comparable(place: Place, result: Result<unknown, Failure>): unknown {
  return JSON.parse(JSON.stringify(result).replaceAll(place.folder, 'FOLDER'))
}

function textOr(place: Place, name: string): string {
  return place.names().includes(name) ? place.text(name) : ''
}
