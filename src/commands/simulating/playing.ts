import type { Catalogue, Settings } from '../../domain/catalogue/catalogue.ts'
import { commandLine, type Failure } from '../../domain/failure.ts'
import type { Expectation } from '../../domain/replay/expectations.ts'
import type { Replay, ReplaySetup } from '../../domain/replay/replay.ts'
import type { Scenario } from '../../domain/replay/scenario.ts'
import type { Transitions } from '../../domain/replay/transitionLog.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import type { Call } from '../declaring/command.ts'
import { readTime } from '../options/readTime.ts'
import { withStore } from '../storing/openStore.ts'
import { initialOf, withSettings } from './assignments.ts'
import { type Beside, type PlayCounts, playFeed, playRecords } from './playedRecords.ts'
import { readScenario, resolveInitial, type ScenarioFile, scenarioCatalogue } from './scenarioFile.ts'

export interface SimulateOptions {
  readonly until?: string
  readonly initial?: readonly string[]
  readonly set?: readonly string[]
  readonly timeline?: boolean
  readonly compare?: boolean
  readonly heartbeats?: string
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
    onTransitions: (transitions: Transitions) => Promise<void>,
    beside: Beside | null,
  ): Promise<Result<PlayCounts, Failure>>
}

/** Reads the scenario or finds the feed, and settles catalogue, settings, times and where operators start. */
export async function preparePlay(call: Call<SimulateOptions>, system: System): Promise<Result<PreparedPlay, Failure>> {
  const [file] = call.args as [string | undefined]
  if (file !== undefined && call.options.heartbeats !== undefined)
    return refuse({ code: 'usage', mistake: 'scenario-with-feed' })
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
  const snapshot = await withStore(call.globals, system, (store) => store.read())
  return snapshot.ok ? ok(snapshot.value.catalogue) : snapshot
}

function untilOf(text: string | undefined, scenario: Scenario | null): Result<number | null, Failure> {
  if (text === undefined) return ok(scenario?.until ?? null)
  const until = readTime({ flag: '--until', text })
  const start = scenario?.start ?? null
  if (!until.ok || start === null || until.value >= start) return until
  const problem = { path: '--until', kind: 'before-start', at: until.value, start } as const
  return refuse({ code: 'invalid', source: commandLine, problems: [problem] })
}
