import { rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { HistoryEnd, ToldAlteration } from '../../../src/domain/history/history.ts'
import { hashOfNothing } from '../../../src/domain/history/recorded.ts'
import { ok } from '../../../src/domain/result.ts'
import { sha256 } from '../../../src/store/sha256.ts'
import { type BrokenDisk, diesAt, failsAt, Killed } from '../brokenDisk.ts'
import {
  addStatus,
  enter,
  historyOf,
  nothing,
  type Place,
  placeWithStore,
  smallCatalogue,
  told,
  value,
} from '../stores.ts'

const name = 'statuses.history.jsonl'
const last = 11

interface Damage {
  readonly what: string
  /** Null: the file is removed. */
  readonly text: (lines: readonly string[]) => string | null
  /** So many entries are left, the last one as it was or not. */
  readonly left: number
}

const damages: readonly Damage[] = [
  {
    what: 'edits the last line',
    text: (lines) => whole(lines.with(-1, (lines.at(-1) ?? '').replace('"to":"lunch"', '"to":"offline"'))),
    left: last,
  },
  { what: 'removes the last line', text: (lines) => whole(lines.slice(0, -1)), left: last - 1 },
  { what: 'removes the last three lines', text: (lines) => whole(lines.slice(0, -3)), left: last - 3 },
  { what: 'cuts the last line in half', text: (lines) => whole(lines).slice(0, -100), left: last - 1 },
  { what: 'empties the file', text: () => '', left: 0 },
  { what: 'removes the file', text: () => null, left: 0 },
]

test.each(damages)('who $what is told of by the next write, which goes through, and from then on', async (damage) => {
  const { place, alteration } = await damaged(damage)
  const { entries } = value(await place.open().transact(addStatus('Break')))
  expect(entries.map(told)[0]).toBe(`${damage.left + 1} history-altered`)
  expect(entries.map(told).at(-1)).toContain('status-created break')
  await expectTold(place, [alteration])
  value(await place.open().transact(enter('bo', 'online')))
  await expectTold(place, [alteration])
})

test.each(damages)('who $what is told of by a watcher that was running meanwhile', async (damage) => {
  const place = await lived()
  const watcher = place.open()
  value(await watcher.read())
  const alteration = doDamage(place, damage)
  value(await watcher.read())
  value(await watcher.saveCheckpoint({ seen: ['ana'] }))
  value(await watcher.transact(enter('bo', 'online')))
  value(await watcher.saveCheckpoint({ seen: ['bo'] }))
  await expectTold(place, [alteration])
})

test.each(damages)('who $what is told of by init --force and before an archiving', async (damage) => {
  const wish = { existing: 'replace', document: { version: 1, statuses: [] } } as const
  const forced = await damaged(damage)
  value(await forced.place.open().create({ ...smallCatalogue, statuses: [], operators: [] }, wish))
  await expectTold(forced.place, [forced.alteration])
  const { place, alteration } = await damaged(damage)
  place.clock.advance(1000)
  value(await place.open().archive({ before: place.clock.now(), permit: () => ok(null), rehearsed: false }))
  value(await place.open().transact(enter('bo', 'online')))
  await expectTold(place, [alteration])
})

test('a newline that an editor took from the last line is put back, and the entry is kept', async () => {
  const place = await lived()
  const lines = place.lines(name)
  writeFileSync(place.path(name), lines.join('\n'))
  value(await place.open().transact(enter('bo', 'online')))
  expect(place.lines(name).slice(0, -1)).toEqual(lines)
  await expectTold(place, [])
})

test('what changes nothing and who only reads leave the place to be found by history verify', async () => {
  const { place } = await damaged(damages[1] as Damage)
  value(await place.open().read())
  value(await place.open().transact(nothing))
  value(await place.open().saveCheckpoint({}))
  expect(await place.open().verify()).toMatchObject({ ok: false, failure: { code: 'history-broken', line: last } })
})

test('where the state is older than the history, or gone, there is nothing to tell', async () => {
  const place = await lived()
  const state = place.text('statuses.state.json')
  value(await place.open().transact(enter('ana', 'online')))
  writeFileSync(place.path('statuses.state.json'), state)
  value(await place.open().transact(enter('bo', 'online')))
  rmSync(place.path('statuses.state.json'))
  value(await place.open().transact(enter('bo', 'offline')))
  await expectTold(place, [])
})

test('every further change of the end is told of too', async () => {
  const { place, alteration } = await damaged(damages[1] as Damage)
  value(await place.open().transact(enter('bo', 'online')))
  const again = doDamage(place, { what: 'again', text: (lines) => whole(lines.slice(0, -2)), left: last - 1 })
  value(await place.open().transact(enter('bo', 'online')))
  // What told of the first is among the entries that are gone.
  await expectTold(place, [{ ...again, seq: alteration.seq }])
})

test.each(damages)('killed before any call, it is told of once all the same: who $what', async (damage) => {
  await atEveryCall(damage, diesAt)
})

test.each(damages)('EIO at any call, it is told of once all the same: who $what', async (damage) => {
  await atEveryCall(damage, (n) => failsAt(n, 'EIO'))
})

async function atEveryCall(damage: Damage, breakAt: (n: number) => BrokenDisk): Promise<void> {
  for (let n = 1; ; n += 1) {
    const { place, alteration } = await damaged(damage)
    const broken = breakAt(n)
    try {
      await place.open({ disk: broken.disk }).transact(addStatus('Break'))
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    } finally {
      broken.bury()
    }
    value(await place.open().transact(enter('bo', 'online')))
    value(await place.open().transact(enter('bo', 'offline')))
    await expectTold(place, [alteration], `${broken.last()} (${n})`)
    if (broken.calls() < n) return
  }
}

async function expectTold(place: Place, alterations: readonly ToldAlteration[], where?: string): Promise<void> {
  const verified = value(await place.open().verify())
  expect(verified.alterations ?? [], where).toEqual(alterations)
  const entries = await historyOf(place.open())
  expect(entries.filter(({ type }) => type === 'history-altered').length, where).toBe(alterations.length)
}

/** A store with eleven entries. */
async function lived(): Promise<Place> {
  const place = await placeWithStore()
  for (const decide of [addStatus('Lunch'), enter('ana', 'online'), enter('ana', 'lunch')])
    value(await place.open().transact(decide))
  return place
}

async function damaged(damage: Damage): Promise<{ place: Place; alteration: ToldAlteration }> {
  const place = await lived()
  return { place, alteration: doDamage(place, damage) }
}

function doDamage(place: Place, { text, left }: Damage): ToldAlteration {
  const lines = place.lines(name)
  const expected = endOf(lines)
  const changed = text(lines)
  if (changed === null) rmSync(place.path(name))
  else writeFileSync(place.path(name), changed)
  const found = endOf((changed ?? '').split('\n').slice(0, left))
  return { seq: left + 1, expected, found }
}

function endOf(lines: readonly string[]): HistoryEnd {
  const line = lines.at(-1)
  return { seq: lines.length, head: line === undefined ? hashOfNothing : sha256(line) }
}

function whole(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
