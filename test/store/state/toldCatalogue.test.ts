import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { realDisk } from '../../../src/store/disk/disk.ts'
import { readState } from '../../../src/store/state/stateFile.ts'
import { catalogueWith } from '../../support/catalogues.ts'
import { noon } from '../../support/system.ts'
import { addStatus, changeCatalogue, enter } from '../decisions.ts'
import { type Place, placeWithStore, value } from '../stores.ts'

const many = Array.from({ length: 600 }, (_, index) => ({
  id: `op-${index}`,
  name: `Operator Ø ${index}`,
  account: 'x',
}))

/** Of a catalogue that is too large for the state to hold its text, years after it was written. */
async function largePlace(): Promise<Place> {
  const place = await placeWithStore(catalogueWith({ operators: many }))
  place.clock.advance(10 * 365 * 86_400_000)
  value(await place.open().transact(enter('op-7', 'online')))
  return place
}

const isTold = (place: Place) => readState(realDisk, place.path('statuses.state.json'))?.catalogue?.isTold ?? null

interface Document {
  statuses: { name: string; receives?: boolean }[]
  settings: object
  operators: { id: string; name: string }[]
  calendars: object[]
}

function byHand(place: Place, edit: (document: Document) => void): void {
  const document = JSON.parse(place.text('statuses.json')) as Document
  edit(document)
  writeFileSync(place.path('statuses.json'), JSON.stringify(document))
  utimesSync(place.path('statuses.json'), noon / 1000, noon / 1000)
}

const edits: readonly (readonly [what: string, edit: (document: Document) => void, told: boolean])[] = [
  ['nothing', () => undefined, true],
  ['another name', ({ operators }) => Object.assign(operators[3] as object, { name: 'Zoe' }), true],
  ['another order of operators', ({ operators }) => operators.reverse(), false],
  ['another order of statuses', ({ statuses }) => statuses.reverse(), true],
  ['an operator less', ({ operators }) => operators.splice(5, 1), true],
  ['an operator more at the beginning', ({ operators }) => operators.unshift({ id: 'zoe', name: 'Zoe' }), false],
  ['an operator more at the end', ({ operators }) => operators.push({ id: 'zoe', name: 'Zoe' }), true],
  ['another setting', ({ settings }) => Object.assign(settings, { offlineAfter: '7m' }), true],
  [
    'a calendar',
    ({ calendars }) => calendars.push({ id: 'c', name: 'C', timeZone: 'UTC', week: {}, exceptions: {} }),
    false,
  ],
]

test.each(edits)(
  'a large catalogue with %s by hand reads the same with the state and without',
  async (_what, edit, told) => {
    const place = await largePlace()
    expect(isTold(place)).toBe(true)
    byHand(place, edit)
    const parsed = value(await place.open().read()).catalogue
    // The change takes note of the edit, and the state of the catalogue.
    value(await place.open().transact(enter('op-8', 'online')))
    expect(isTold(place)).toBe(told)
    expect(value(await place.open().read()).catalogue).toEqual(parsed)
    value(await place.open().transact(enter('op-9', 'online')))
    expect(value(await place.open().read()).catalogue).toEqual(parsed)
    rmSync(place.path('statuses.state.json'))
    expect(value(await place.open().read()).catalogue).toEqual(parsed)
  },
)

test('a large catalogue is changed by commands as if it had been parsed', async () => {
  const [sparing, parsing] = [await largePlace(), await largePlace()]
  for (const step of [addStatus('Lunch'), enter('op-8', 'lunch'), changeOf('Pause'), enter('op-9', 'lunch')]) {
    for (const place of [sparing, parsing]) {
      if (place === parsing) rmSync(place.path('statuses.state.json'))
      value(await place.open().transact(step))
      value(await place.open().transact(enter('op-1', 'online')))
      value(await place.open().transact(enter('op-1', 'offline')))
    }
    expect(sparing.text('statuses.json')).toBe(parsing.text('statuses.json'))
    expect(sparing.text('statuses.history.jsonl')).toBe(parsing.text('statuses.history.jsonl'))
    expect(isTold(sparing)).toBe(true)
  }
})

/** Renames the last status. */
function changeOf(name: string): ReturnType<typeof addStatus> {
  return (current, at) => {
    const statuses = current.catalogue.statuses.map((status, index, { length }) =>
      index === length - 1 ? { ...status, name } : status,
    )
    return changeCatalogue({ ...current.catalogue, statuses })(current, at)
  }
}
