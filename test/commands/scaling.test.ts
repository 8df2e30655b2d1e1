import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { catalogueText, operatorId, statusesOf } from '../../bench/generating/catalogue.ts'
import { feedBlocks } from '../../bench/generating/feed.ts'
import { beginCounting } from '../support/steps.ts'

const counter = await beginCounting()
afterAll(() => counter.end())
// What is loaded before is not counted.
const { createFileStore } = await import('../../src/store/fileStore.ts')
const { entered } = await import('../store/decisions.ts')
const { createFolder, opstat } = await import('../support/opstat.ts')
const { createTestClock, noon } = await import('../support/system.ts')

/*
 * Ten times as much to do takes about ten times the steps: nothing looks at all for each of all, which would take a
 * hundred times as many. A step is a call, a turn of a loop, an element looked at (test/support/steps.ts).
 */

/** A little more than ten, since what is small is done without what large sizes need; all for each would be a hundred. */
const mostTimes = 13
/** Sorting by a field takes some more than its share. */
const mostTimesSorting = 16

interface Size {
  readonly statuses: number
  readonly operators: number
}

const filled = new Map<string, Promise<string>>()
const root = mkdtempSync(join(tmpdir(), 'opstat-scaling-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A store with so much in it, made once: three stays of each operator, two sessions each, manifests. */
function storeOf(size: Size): Promise<string> {
  const name = `${size.statuses}-${size.operators}`
  const made = filled.get(name) ?? fill(join(root, name), size)
  filled.set(name, made)
  return made
}

async function fill(folder: string, { statuses, operators }: Size): Promise<string> {
  mkdirSync(folder)
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const catalogue = JSON.parse([...catalogueText({ statuses, operators })].join(''))
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, workday]))
  catalogue.calendars = [{ id: 'office', name: 'Office', timeZone: 'Europe/Kyiv', week }]
  for (const operator of catalogue.operators) operator.calendar = 'office'
  write('statuses.json', JSON.stringify(catalogue, null, 2))
  const promoted = catalogue.operators.map((operator: object) => ({ ...operator, role: 'supervisor' }))
  write('changed.json', JSON.stringify({ ...catalogue, operators: promoted }))
  write('fewer.json', JSON.stringify({ ...catalogue, operators: catalogue.operators.slice(0, operators / 2) }))
  const startAt = noon - 7_200_000
  const plan = { operators, records: operators * 6, variant: 'canonical', seed: 1, startAt } as const
  write('heartbeats.jsonl', [...feedBlocks(plan)].map((block) => Buffer.from(block).toString()).join(''))
  const store = createFileStore({ file: join(folder, 'statuses.json'), clock: createTestClock(noon), by: 'tester' })
  const places = statusesOf(statuses) as { readonly id: string }[]
  const facts = Array.from({ length: operators * 3 }, (_, index) => {
    const to = places[index % places.length] as { readonly id: string }
    return entered({ at: startAt + index, operator: operatorId(index % operators), from: null, to: to.id })
  })
  expect(await store.transact(() => ({ ok: true, value: { facts, value: null } }))).toMatchObject({ ok: true })
  return folder
}

const workday = [{ from: '09:00', to: '18:00' }]

/** Where it is no failure to end otherwise than with 0. */
const codes: Readonly<Record<string, number>> = { 'diff -f changed.json': 10, doctor: 10 }

const ofOperators = [
  'operator list',
  'operator list --sort name --filter role=operator -o csv',
  'presence list',
  'presence explain op-000003',
  'presence simulate --timeline',
  'presence simulate -o json',
  'presence simulate --set offline-after=5m --compare',
  'feed check',
  'report time --by day',
  'report time --timeline',
  'report compliance',
  'report absence',
  'history',
  'history verify',
  'status list',
  'diff -f changed.json',
  'apply -f fewer.json --prune --yes',
  'apply -f changed.json',
  'export --format yaml',
  'validate',
  'watch --once',
  'doctor',
  'operator set-status op-000003 offline',
  'operator add zoe',
  '__complete operator show op-',
]

const ofStatuses = [
  'status list',
  'status create Errands',
  'status edit reason-3 --name Errands',
  'status delete reason-3 --move-to offline --yes',
  'report time',
  'validate',
  'doctor',
  'diff -f fewer.json',
]

async function steps(line: string, size: Size): Promise<number> {
  const folder = await createFolder()
  cpSync(await storeOf(size), folder, { recursive: true })
  return counter.stepsOf(async () => {
    const { code, stderr } = await opstat(line, { folder, clock: createTestClock(noon) })
    const expected = codes[line] ?? 0
    expect({ line, code, stderr: code === expected ? '' : stderr }).toEqual({ line, code: expected, stderr: '' })
  })
}

/** How many times the steps that a tenth of it took a tenfold takes, what every run takes left out. */
async function growth(line: string, sizes: readonly [Size, Size, Size]): Promise<number> {
  // What is only done the first time is none of it.
  await steps(line, sizes[0])
  const [few, some, many] = [await steps(line, sizes[0]), await steps(line, sizes[1]), await steps(line, sizes[2])]
  return (many - some) / Math.max(1, some - few)
}

test.each(ofOperators)('%s with ten times the operators takes no more than its share of steps', async (line) => {
  const sizes = [10, 100, 1000].map((operators) => ({ statuses: 6, operators }))
  const most = line.includes('--sort') ? mostTimesSorting : mostTimes
  expect(await growth(line, sizes as [Size, Size, Size])).toBeLessThan(most)
})

test.each(ofStatuses)('%s with ten times the statuses takes no more than its share of steps', async (line) => {
  const sizes = [9, 90, 900].map((statuses) => ({ statuses, operators: 4 }))
  expect(await growth(line, sizes as [Size, Size, Size])).toBeLessThan(mostTimes)
})
