import type { Catalogue, Settings } from '../../domain/catalogue/catalogue.ts'
import { namedOperator } from '../../domain/edits/operatorEdits.ts'
import { setSetting } from '../../domain/edits/settingsEdits.ts'
import { namedStatus } from '../../domain/edits/statusEdits.ts'
import { commandLine, type Failure } from '../../domain/failure.ts'
import type { Transition } from '../../domain/history/history.ts'
import { type PresenceState, recordNames } from '../../domain/presence/presenceState.ts'
import {
  createBatch,
  type FeedRecord,
  noneSkipped,
  type RecordBatch,
  type RecordNames,
  sortedByTime,
} from '../../domain/records/records.ts'
import type { Expectation } from '../../domain/replay/expectations.ts'
import { type Replay, type ReplaySetup, replayBatch } from '../../domain/replay/replay.ts'
import type { Scenario } from '../../domain/replay/scenario.ts'
import { sharedNames } from '../../domain/reports/absence/sharedNames.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { aheadToleranceMs } from '../../domain/rule/engine.ts'
import { createLineParser, type LineCounts } from '../../feed/lineParser.ts'
import { createRecordPlacing } from '../../feed/lines/recordPlacing.ts'
import { type FeedSource, readFeed } from '../../feed/wholeFeed.ts'
import type { System } from '../../system/system.ts'
import type { Call } from '../declaring/command.ts'
import { readTime } from '../options/readTime.ts'
import { openStore } from '../storing/openStore.ts'
import { readScenario, resolveInitial, type ScenarioFile, scenarioCatalogue } from './scenarioFile.ts'

export interface SimulateOptions {
  readonly until?: string
  readonly initial?: readonly string[]
  readonly set?: readonly string[]
  readonly timeline?: boolean
  readonly compare?: boolean
  readonly heartbeats?: string
}

type Counts = Pick<LineCounts, 'skipped' | 'firstSkipped'>

/** Another replay of the same records under other settings: it learns their names together with the first. */
export interface Beside {
  readonly state: PresenceState
  /** Takes each batch after the first replay has played it. */
  onBatch(batch: RecordBatch): void
}

/** Everything that a simulation needs, read and checked. */
export interface PreparedPlay {
  readonly catalogue: Catalogue
  /** The settings as they are, without `--set`. */
  readonly present: Settings
  readonly setup: ReplaySetup
  readonly expect: readonly Expectation[]
  /** JSON paths of the scenario's keys that nothing reads. */
  readonly unread: readonly string[]
  /** Plays the records into the replay and hands on the transitions as they come about. */
  play(
    replay: Replay,
    onTransitions: (transitions: readonly Transition[]) => Promise<void>,
    beside: Beside | null,
  ): Promise<Result<Counts, Failure>>
}

/** Reads the scenario or finds the feed, and settles catalogue, settings, times and where operators start. */
export async function preparePlay(call: Call<SimulateOptions>, system: System): Promise<Result<PreparedPlay, Failure>> {
  const [file] = call.args as [string | undefined]
  if (file !== undefined && call.options.heartbeats !== undefined) {
    return refuse({
      code: 'usage',
      message: 'a scenario brings its own records: --heartbeats does not go with it',
      hint: 'give either a scenario or --heartbeats FILE',
    })
  }
  const read = file === undefined ? ok(null) : await readScenario(file, system)
  if (!read.ok) return read
  const scenario = read.value?.scenario ?? null
  const stored = await catalogueOf(read.value, { call, system })
  if (!stored.ok) return stored
  const catalogue = withSettings(stored.value, call.options.set ?? [])
  if (!catalogue.ok) return catalogue
  const resolved =
    read.value === null
      ? ok({ initial: new Map<string, string>(), expect: [] })
      : await resolveInitial(read.value, catalogue.value)
  if (!resolved.ok) return resolved
  const initial = initialOf(catalogue.value, resolved.value.initial, call.options.initial ?? [])
  if (!initial.ok) return initial
  const until = untilOf(call.options.until, scenario)
  if (!until.ok) return until
  const setup = {
    catalogue: catalogue.value,
    start: scenario?.start ?? null,
    until: until.value,
    initial: initial.value,
  }
  const records = scenario?.records
  return ok({
    catalogue: catalogue.value,
    present: stored.value.settings,
    setup,
    expect: resolved.value.expect,
    unread: scenario?.unread ?? [],
    play: (replay, onTransitions, beside) =>
      records === undefined
        ? playFeed(replay, { call, system, onTransitions, beside })
        : playRecords(replay, records, { onTransitions, beside }),
  })
}

async function catalogueOf(
  read: ScenarioFile | null,
  { call, system }: { readonly call: Call<SimulateOptions>; readonly system: System },
): Promise<Result<Catalogue, Failure>> {
  if (read !== null && read.scenario.catalogue.from !== 'store')
    return scenarioCatalogue(read.scenario.catalogue, read.file, system)
  const snapshot = await openStore(call.globals, system).read()
  return snapshot.ok ? ok(snapshot.value.catalogue) : snapshot
}

function withSettings(catalogue: Catalogue, assignments: readonly string[]): Result<Catalogue, Failure> {
  let changed = catalogue
  for (const assignment of assignments) {
    const pair = splitAt(assignment, assignment.indexOf('='))
    if (pair === null) return badPair('--set', assignment, 'offline-after=5m')
    const set = setSetting(changed, pair[0], pair[1])
    if (!set.ok) return set
    changed = set.value.catalogue
  }
  return ok(changed)
}

function initialOf(
  catalogue: Catalogue,
  scenario: ReadonlyMap<string, string>,
  assignments: readonly string[],
): Result<Map<string, string>, Failure> {
  const initial = new Map(scenario)
  const pairs = assignments.map((assignment) => splitAt(assignment, assignment.lastIndexOf('=')))
  const bad = pairs.indexOf(null)
  if (bad !== -1) return badPair('--initial', assignments[bad] as string, 'ana=online')
  // Deliberately the star first: it is for everybody else, wherever it stands.
  const ordered = (pairs as [string, string][]).sort(([a], [b]) => Number(b === '*') - Number(a === '*'))
  for (const [operator, reference] of ordered) {
    const status = namedStatus(catalogue.statuses, reference)
    if (!status.ok) return status
    const started = operator === '*' ? ok(null) : namedOperator(catalogue.operators, operator)
    if (!started.ok) return started
    for (const { id } of started.value === null ? catalogue.operators : [started.value])
      initial.set(id, status.value.id)
  }
  return ok(initial)
}

function untilOf(text: string | undefined, scenario: Scenario | null): Result<number | null, Failure> {
  if (text === undefined) return ok(scenario?.until ?? null)
  const until = readTime({ flag: '--until', text })
  const start = scenario?.start ?? null
  if (!until.ok || start === null || until.value >= start) return until
  const problem = { path: '--until', kind: 'before-start', at: until.value, start } as const
  return refuse({ code: 'invalid', source: commandLine, problems: [problem] })
}

interface Playing {
  readonly onTransitions: (transitions: readonly Transition[]) => Promise<void>
  readonly beside: Beside | null
}

function namesFor(replay: Replay, beside: Beside | null): RecordNames {
  return beside === null ? recordNames(replay.state) : sharedNames([replay.state, beside.state])
}

async function playBatch(replay: Replay, batch: RecordBatch, { onTransitions, beside }: Playing): Promise<void> {
  const transitions = replayBatch(replay, batch)
  beside?.onBatch(batch)
  await onTransitions(transitions)
}

async function playFeed(
  replay: Replay,
  { call, system, ...playing }: Playing & { readonly call: Call<SimulateOptions>; readonly system: System },
): Promise<Result<Counts, Failure>> {
  const { feed } = call.globals
  const parser = createLineParser({
    names: namesFor(replay, playing.beside),
    futureLimit: system.clock.now() + aheadToleranceMs,
  })
  const source: FeedSource = feed.file === '-' ? { bytes: system.stdin.bytes() } : { file: feed.file }
  const read = await readFeed({
    source,
    parser,
    onBatch: (batch) => playBatch(replay, batch, playing),
  })
  const isMissingDefault = !read.ok && !feed.named && read.failure.code === 'file' && read.failure.errno === 'ENOENT'
  return read.ok || isMissingDefault ? ok(parser.counts) : read
}

async function playRecords(
  replay: Replay,
  records: readonly FeedRecord[],
  playing: Playing,
): Promise<Result<Counts, Failure>> {
  const batch = createBatch(Math.max(1, records.length))
  // What a scenario names was found to exist, so every record has its place.
  const { placeRecord } = createRecordPlacing(namesFor(replay, playing.beside), Number.POSITIVE_INFINITY)
  for (const record of records) placeRecord(record, batch)
  await playBatch(replay, sortedByTime(batch), playing)
  return ok({ skipped: noneSkipped(), firstSkipped: {} })
}

function splitAt(text: string, place: number): [string, string] | null {
  return place < 1 ? null : [text.slice(0, place), text.slice(place + 1)]
}

function badPair(flag: string, value: string, example: string): Result<never, Failure> {
  return refuse({
    code: 'usage',
    message: `${flag} takes NAME=VALUE, not '${value}'`,
    hint: `for example ${flag} ${example}`,
  })
}
