import { type Catalogue, findStatus, type Settings } from '../../domain/catalogue.ts'
import { aheadToleranceMs } from '../../domain/engine.ts'
import { commandLine, type Failure } from '../../domain/failure.ts'
import type { Transition } from '../../domain/history.ts'
import { type PresenceState, recordNames } from '../../domain/presenceState.ts'
import {
  createBatch,
  type FeedRecord,
  noneSkipped,
  pushRecord,
  type RecordBatch,
  type RecordNames,
  recordKinds,
} from '../../domain/records.ts'
import { type Replay, type ReplaySetup, replayBatch, sortedByTime } from '../../domain/replay.ts'
import { sharedNames } from '../../domain/reports/absence/sharedNames.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { parseCatalogue } from '../../domain/rules.ts'
import { type Expectation, parseScenario, resolveScenario, type Scenario } from '../../domain/scenario.ts'
import { setSetting } from '../../domain/settingsEdits.ts'
import { similarTo } from '../../domain/text.ts'
import { parseTimeArgument } from '../../domain/time.ts'
import { createLineParser, type LineCounts } from '../../feed/lineParser.ts'
import { type FeedSource, readFeed } from '../../feed/wholeFeed.ts'
import { readDocumentBytes, readDocumentFile } from '../../formats/documentFile.ts'
import type { System } from '../../system/system.ts'
import type { Call } from '../command.ts'
import { openStore } from '../openStore.ts'

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
  const scenario = file === undefined ? ok(null) : await readScenario(file, system)
  if (!scenario.ok) return scenario
  const stored = await catalogueOf(scenario.value, { file, call, system })
  if (!stored.ok) return stored
  const catalogue = withSettings(stored.value, call.options.set ?? [])
  if (!catalogue.ok) return catalogue
  const resolved =
    scenario.value === null
      ? ok({ initial: new Map<string, string>(), expect: [] })
      : resolveScenario(scenario.value, catalogue.value)
  if (!resolved.ok) return refuse({ code: 'invalid', source: file as string, problems: resolved.failure })
  const initial = initialOf(catalogue.value, resolved.value.initial, call.options.initial ?? [])
  if (!initial.ok) return initial
  const until = untilOf(call.options.until, scenario.value)
  if (!until.ok) return until
  const setup = {
    catalogue: catalogue.value,
    start: scenario.value?.start ?? null,
    until: until.value,
    initial: initial.value,
  }
  const records = scenario.value?.records
  return ok({
    catalogue: catalogue.value,
    present: stored.value.settings,
    setup,
    expect: resolved.value.expect,
    play: (replay, onTransitions, beside) =>
      records === undefined
        ? playFeed(replay, { call, system, onTransitions, beside })
        : playRecords(replay, records, { onTransitions, beside }),
  })
}

async function readScenario(file: string, system: System): Promise<Result<Scenario, Failure>> {
  const source = file === '-' ? 'standard input' : file
  const document =
    file === '-' ? await readDocumentBytes(system.stdin.bytes(), source) : await readDocumentFile(system.absolute(file))
  if (!document.ok) return document
  const scenario = parseScenario(document.value.value)
  return scenario.ok ? scenario : refuse({ code: 'invalid', source, problems: scenario.failure })
}

async function catalogueOf(
  scenario: Scenario | null,
  at: { readonly file: string | undefined; readonly call: Call<SimulateOptions>; readonly system: System },
): Promise<Result<Catalogue, Failure>> {
  const source = scenario?.catalogue ?? { from: 'store' }
  if (source.from === 'store') {
    const snapshot = await openStore(at.call.globals, at.system).read()
    return snapshot.ok ? ok(snapshot.value.catalogue) : snapshot
  }
  if (source.from === 'inline') return catalogueFrom(source.document, `the catalogue in ${at.file}`)
  const file =
    at.file === undefined || at.file === '-' ? at.system.absolute(source.file) : at.system.beside(at.file, source.file)
  const document = await readDocumentFile(file)
  return document.ok ? catalogueFrom(document.value.value, file) : document
}

function catalogueFrom(document: unknown, source: string): Result<Catalogue, Failure> {
  const parsed = parseCatalogue(document)
  return parsed.ok ? parsed : refuse({ code: 'invalid', source, problems: parsed.failure })
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
  const operators = catalogue.operators.map(({ id }) => id)
  for (const [operator, reference] of ordered) {
    const status = findStatus(catalogue.statuses, reference)
    if (status === undefined) {
      return refuse({
        code: 'status-not-found',
        reference,
        similar: similarTo(
          reference,
          catalogue.statuses.flatMap(({ id, name }) => [id, name]),
        ),
      })
    }
    if (operator === '*') for (const id of operators) initial.set(id, status.id)
    else if (!operators.includes(operator))
      return refuse({ code: 'operator-not-found', reference: operator, similar: similarTo(operator, operators) })
    else initial.set(operator, status.id)
  }
  return ok(initial)
}

function untilOf(text: string | undefined, scenario: Scenario | null): Result<number | null, Failure> {
  if (text === undefined) return ok(scenario?.until ?? null)
  const until = parseTimeArgument(text)
  if (until !== null) return ok(until)
  return refuse({
    code: 'invalid',
    source: commandLine,
    problems: [{ path: '--until', kind: 'bad-time', value: text }],
  })
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
    acceptUnterminated: true,
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
  const names = namesFor(replay, playing.beside)
  for (const record of records) pushNamed(batch, names, record)
  await playBatch(replay, sortedByTime(batch), playing)
  return ok({ skipped: noneSkipped(), firstSkipped: {} })
}

/** Appends a record whose names are known to exist. */
function pushNamed(batch: RecordBatch, names: RecordNames, record: FeedRecord): void {
  const operator = 'operator' in record ? names.operatorIndex(record.operator) : -1
  pushRecord(batch, {
    at: record.at,
    kind: recordKinds.indexOf(record.event),
    operator,
    subject: subjectOf(names, operator, record),
  })
}

function subjectOf(names: RecordNames, operator: number, record: FeedRecord): number {
  if ('session' in record) return names.sessionSlot(operator, record.session)
  if ('dialogue' in record) return names.dialogueSlot(operator, record.dialogue)
  if ('status' in record) return names.statusIndex(record.status)
  return 'inquiry' in record ? names.inquiryIndex(record.inquiry) : -1
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
