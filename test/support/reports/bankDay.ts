import { cpSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCatalogue } from '../../../src/domain/catalogue/rules/rules.ts'
import type { Clock } from '../../../src/domain/clock.ts'
import type { HistoryFact, Transition } from '../../../src/domain/history/history.ts'
import { parseRecordObject } from '../../../src/domain/records/recordFields.ts'
import type { FeedRecord } from '../../../src/domain/records/records.ts'
import { createReplay, finishReplay, replayBatch } from '../../../src/domain/replay/replay.ts'
import { ok } from '../../../src/domain/result.ts'
import { parseTimeValue } from '../../../src/domain/time.ts'
import { createFileStore } from '../../../src/store/fileStore.ts'
import { createFolder, projectFolder } from '../opstat.ts'
import { batchOf } from '../play.ts'
import { createTestClock } from '../system.ts'

const source = join(projectFolder, 'examples/bank-day')
const read = (name: string) => readFileSync(join(source, name), 'utf8')

export interface ExpectedDay {
  readonly until: string
  readonly transitions: readonly { at: string; operator: string; from: string; to: string; cause: string }[]
  readonly time: readonly { operator: string; status: string; wallMs: number; countedMs: number }[]
}

/** What the day must give, worked out elsewhere. */
export const expectedDay: ExpectedDay = JSON.parse(read('expected.json'))
export const dayBegins = Date.parse('1999-02-05T04:51:13Z')
export const dayEnds = Date.parse(expectedDay.until)

export interface RecordedDay {
  readonly folder: string
  readonly transitions: readonly Transition[]
  /** Standing at the day's end. */
  readonly clock: Clock
}

/** A folder with the real day as a watcher that looked all day would have left it: catalogue, feed and history. */
export async function recordBankDay(): Promise<RecordedDay> {
  const folder = await createFolder()
  cpSync(join(source, 'statuses.json'), join(folder, 'statuses.json'))
  cpSync(join(source, 'feed.jsonl'), join(folder, 'heartbeats.jsonl'))
  const { facts, transitions } = playDay()
  let now = dayBegins
  const clock: Clock = { ...createTestClock(0), now: () => now }
  const store = createFileStore({ file: join(folder, 'statuses.json'), clock, by: 'test' })
  const commit = async (some: readonly HistoryFact[]) => {
    const done = await store.transact(() => ok({ facts: some, value: null }))
    if (!done.ok) throw new Error(JSON.stringify(done.failure))
  }
  // The first commit records everybody where they start.
  await commit([])
  now = dayEnds
  await commit(facts)
  await store.close()
  return { folder, transitions, clock: createTestClock(dayEnds) }
}

/** The day's feed as a rotation would have left it: its first half under this name, the rest as the feed. */
export async function rotateDay(folder: string, suffix: string): Promise<void> {
  const feed = join(folder, 'heartbeats.jsonl')
  const lines = (await readFile(feed, 'utf8')).trimEnd().split('\n')
  const half = lines.length >> 1
  await writeFile(`${feed}${suffix}`, `${lines.slice(0, half).join('\n')}\n`)
  await writeFile(feed, `${lines.slice(half).join('\n')}\n`)
}

function playDay(): { facts: HistoryFact[]; transitions: readonly Transition[] } {
  const catalogue = parseCatalogue(JSON.parse(read('statuses.json')))
  if (!catalogue.ok) throw new Error('the real day has no valid catalogue')
  const setup = { catalogue: catalogue.value, start: dayBegins, until: dayEnds, initial: new Map() }
  const replay = createReplay(setup)
  const records = read('feed.jsonl')
    .split('\n')
    .filter((line) => line !== '')
    .map(recordOf)
  replayBatch(replay, batchOf(replay.state, records))
  const dialogues = [...replay.dialogueEdges].flatMap(([operator, edges]) =>
    edges.map(({ at, open }): HistoryFact => ({ type: 'dialogues', at, operator, open: open ? 1 : 0, by: operator })),
  )
  const { transitions } = finishReplay(replay, null).result
  const entered = transitions.map((transition): HistoryFact => ({ type: 'status-entered', ...transition }))
  return { facts: [...entered, ...dialogues].sort((a, b) => a.at - b.at), transitions }
}

function recordOf(line: string): FeedRecord {
  const parsed = parseRecordObject(JSON.parse(line), { at: parseTimeValue, sessionDefault: null })
  if (!parsed.ok) throw new Error(line)
  return parsed.value
}
