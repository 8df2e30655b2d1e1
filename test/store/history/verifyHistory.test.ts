import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { addStatus, enter, failure, historyOf, nothing, type Place, placeWithStore, told, value } from '../stores.ts'

const name = 'statuses.history.jsonl'
let place: Place
let lines: string[]

beforeEach(async () => {
  place = await placeWithStore()
  value(await place.open().transact(addStatus('Lunch')))
  value(await place.open().transact(enter('ana', 'online')))
  value(await place.open().transact(enter('ana', 'lunch')))
  lines = place.lines(name)
})

async function verifyWith(changed: readonly string[]) {
  writeFileSync(place.path(name), changed.map((line) => `${line}\n`).join(''))
  return place.open().verify()
}

test('untouched, it is whole', async () => {
  expect(value(await verifyWith(lines))).toMatchObject({ entries: 11 })
})

test('every single removed line is found', async () => {
  for (const index of lines.keys()) {
    const broken = failure(await verifyWith(lines.toSpliced(index, 1)))
    expect(broken).toMatchObject({ code: 'history-broken', line: index + 1 })
  }
  expect(failure(await verifyWith([]))).toMatchObject({ code: 'history-broken', line: 1 })
})

test('every two swapped lines are found', async () => {
  for (const one of lines.keys()) {
    for (let other = one + 1; other < lines.length; other += 1) {
      const swapped = lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '')
      expect(failure(await verifyWith(swapped))).toMatchObject({ code: 'history-broken', line: one + 1 })
    }
  }
})

test('every doubled line is found', async () => {
  for (const [index, line] of lines.entries()) {
    expect(failure(await verifyWith(lines.toSpliced(index, 0, line))).code).toBe('history-broken')
  }
})

test('an edit of any character of any line is found', async () => {
  const noted = place.text('statuses.state.json')
  for (const [index, line] of lines.entries()) {
    for (let at = index % 3; at < line.length; at += 3) {
      const edited = `${line.slice(0, at)}${line[at] === '7' ? '8' : '7'}${line.slice(at + 1)}`
      const broken = failure(await verifyWith(lines.with(index, edited)))
      expect(broken, edited).toMatchObject({ code: 'history-broken' })
      if (broken.code === 'history-broken') expect([index + 1, index + 2]).toContain(broken.line)
    }
  }
  expect(place.text('statuses.state.json')).toBe(noted)
})

test('an end that a crash left is named, and gone with the next change', async () => {
  for (const torn of ['{"seq":12', `${lines[10]?.slice(0, 30)}`, '\0'.repeat(700), `${'\0'.repeat(9)}\n{"seq":13}\n`]) {
    writeFileSync(place.path(name), `${lines.join('\n')}\n${torn}`)
    expect(failure(await place.open().verify())).toMatchObject({ code: 'history-broken', line: 12 })
    expect(await historyOf(place.open())).toHaveLength(11)
    expect(value(await place.open().read()).recorded.seq).toBe(11)
    expect(value(await place.open().transact(enter('ana', 'online'))).entries.map(told)).toEqual([
      '12 status-entered ana lunch→online',
    ])
    expect(value(await place.open().verify())).toMatchObject({ entries: 12 })
    writeFileSync(place.path('statuses.state.json'), '')
  }
})

test('of a commit whose last line is lost nothing counts', async () => {
  const decided = await place.open().transact(async (current, at) => {
    const [one, other] = [await enter('ana', 'online')(current, at), await enter('bo', 'online')(current, at)]
    if (!one.ok || !other.ok) throw new Error('refused')
    return { ok: true, value: { facts: [...one.value.facts, ...other.value.facts], value: 'both' } }
  })
  expect(value(decided).entries.map(told)).toEqual([
    '12 status-entered ana lunch→online',
    '13 status-entered bo offline→online',
  ])
  rmSync(place.path('statuses.state.json'))
  truncateSync(place.path(name), place.text(name).length - 10)
  expect(value(await place.open().read()).recorded.stays.get('ana')?.status).toBe('lunch')
  expect(failure(await place.open().verify())).toMatchObject({ code: 'history-broken' })
  value(await place.open().transact(nothing))
  expect(value(await place.open().verify())).toMatchObject({ entries: 11 })
})

test('a line in the middle that is none stops commands, names the line and is left alone', async () => {
  const changed = lines.with(9, 'broken').map((line) => `${line}\n`)
  writeFileSync(place.path(name), changed.join(''))
  rmSync(place.path('statuses.state.json'))
  const broken = { code: 'history-broken', file: place.path(name), line: 10, reason: 'it is not an entry of a history' }
  expect(failure(await place.open().read())).toEqual(broken)
  expect(failure(await place.open().transact(enter('ana', 'online')))).toEqual(broken)
  expect(place.text(name)).toBe(changed.join(''))
  const read = []
  for await (const entry of place.open().history()) read.push(entry.ok ? told(entry.value) : entry.failure.code)
  expect(read.slice(-2)).toEqual(['9 status-created lunch', 'history-broken'])
})

test('a store object sees that the last line is another, of the same length', async () => {
  const store = place.open()
  value(await store.read())
  writeFileSync(
    place.path(name),
    `${lines.with(10, (lines[10] ?? '').replace('"to":"lunch"', '"to":"other"')).join('\n')}\n`,
  )
  const snapshot = value(await store.read())
  expect(snapshot.recorded.stays.get('ana')?.status).toBe('other')
  expect(snapshot.newEntries).toHaveLength(11)
})

test('what somebody appends to the history during a change is not overwritten', async () => {
  const foreign = `${lines[10]?.replace('"seq":11', '"seq":12')}\n`
  const refused = await place.open().transact((current, at) => {
    appendFileSync(place.path(name), foreign)
    return enter('bo', 'online')(current, at)
  })
  expect(failure(refused)).toEqual({ code: 'changed-underneath', file: place.path(name) })
  expect(place.text(name)).toBe(`${lines.join('\n')}\n${foreign}`)
})

test('a store object sees that the history was replaced by another', async () => {
  const store = place.open()
  value(await store.read())
  const shorter = lines.slice(0, 9).map((line) => `${line}\n`)
  writeFileSync(place.path(name), shorter.join(''))
  const snapshot = value(await store.read())
  expect(snapshot.recorded.seq).toBe(9)
  expect(snapshot.newEntries).toHaveLength(9)
  writeFileSync(place.path(name), `${shorter.join('')}${(lines[9] ?? '').replace('online', 'on-break')}\n`)
  appendFileSync(place.path(name), '')
  expect(value(await store.read()).recorded.stays.get('ana')?.status).toBe('on-break')
})
