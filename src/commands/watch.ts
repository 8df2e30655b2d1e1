import type { Command } from 'commander'
import { commandLine, type Failure } from '../domain/failure.ts'
import { exposuresOf } from '../domain/inspection/exposure.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import { parseDuration } from '../domain/time.ts'
import type { Notice } from '../domain/watching/notice.ts'
import { feedPlaces } from '../feed/reading/feedTail.ts'
import type { System } from '../system/system.ts'
import type { Shown } from '../views/shown.ts'
import type { Call } from './declaring/command.ts'
import { dryRunOption, feedOption } from './declaring/globals.ts'
import { followerOf } from './live/livePresence.ts'
import { lineFormat } from './options/lineFormat.ts'
import { openStore } from './storing/openStore.ts'
import { type OutletOptions, openOutlets, outletOptions } from './telling/outlets.ts'
import { createTeller, type Teller } from './telling/teller.ts'
import { type Lead, type Pace, takeTheLead, type WatchGround } from './watching/lead.ts'
import { openWatcher } from './watching/openWatcher.ts'
import { finishTurns, takeTurn } from './watching/turn.ts'
import { keepVigil, type Vigil } from './watching/vigil.ts'
import type { Watcher } from './watching/watcher.ts'

const defaultInterval = '1s'

export function declare(command: Command): void {
  command
    .option('--once', 'decide once and exit, trusting the wall clock (for cron)')
    .option('--interval <duration>', 'how often to look', defaultInterval)
  outletOptions(command)
  feedOption(command)
  dryRunOption(command)
}

export const examples = [
  'opstat watch --once',
  'opstat watch --once --dry-run -o json',
  "opstat watch --once --on-switch 'logger -t opstat' --metrics-file opstat.prom",
]

/** It watches for SIGTERM and SIGINT itself and ends with 0. */
export const stopsItself = true

interface WatchOptions extends OutletOptions {
  readonly interval?: string
  readonly dryRun?: boolean
}

/** The daemon: a turn every interval until it is stopped; what it does in a turn is in `watching/watcher.ts`. */
export async function run(call: Call<WatchOptions>, system: System): Promise<Result<Shown, Failure>> {
  const { globals } = call
  const format = lineFormat(globals.format, { telling: 'watch', formats: ['table', 'json', 'jsonl'] })
  if (!format.ok) return format
  const outlets = await openOutlets(call, system)
  if (!outlets.ok) return outlets
  try {
    return await watchOn(call, system, {
      openStore: (clock) => openStore(globals, { ...system, clock }),
      openFollower: followerOf(globals.feed, system),
      outlets: outlets.value,
    })
  } finally {
    await outlets.value.close([])
  }
}

/** The same on a ground that is handed in: the simulation has one of its own. */
export async function watchOn(
  call: Call<WatchOptions>,
  world: System,
  ground: WatchGround,
): Promise<Result<Shown, Failure>> {
  const vigil = keepVigil(world.clock)
  const system: System = { ...world, clock: vigil.clock }
  const intervalMs = intervalOf(call.options.interval ?? defaultInterval)
  if (!intervalMs.ok) return intervalMs
  const teller = createTeller(call, system)
  const deeds = call.options.dryRun === true ? 'reported' : 'written'
  const pace: Pace = { mode: call.options.once === true ? 'once' : 'daemon', intervalMs: intervalMs.value }
  const lead =
    deeds === 'reported'
      ? ok({ store: ground.openStore(system.clock), leadership: null })
      : await takeTheLead(ground, system, { teller, pace })
  if (!lead.ok) return lead
  if (lead.value === null) return ok(silent)
  const { store, leadership } = lead.value
  try {
    return await watchStore({ call, system, vigil, ground, deeds, pace, teller, store, leadership })
  } finally {
    await leadership?.release()
    await store.close()
  }
}

function intervalOf(text: string): Result<number, Failure> {
  const interval = parseDuration(text)
  if (interval.ok) return interval
  const problem = { path: '--interval', kind: 'bad-duration', value: text, flaw: interval.failure } as const
  return refuse({ code: 'invalid', source: commandLine, problems: [problem] })
}

const silent: Shown = { value: undefined, human: () => '' }

interface Watch extends Lead {
  readonly call: Call<WatchOptions>
  readonly system: System
  readonly vigil: Vigil
  readonly ground: WatchGround
  readonly deeds: Watcher['deeds']
  readonly pace: Pace
  readonly teller: Teller
}

async function watchStore(watch: Watch): Promise<Result<Shown, Failure>> {
  const { call, system, ground, teller } = watch
  const opened = await openWatcher({ ...watch, ...ground, mode: watch.pace.mode, feed: call.globals.feed })
  if (!opened.ok) return opened
  const watcher = opened.value
  const { settings } = watcher.snapshot.catalogue
  await teller.tell([
    {
      type: 'started',
      at: system.clock.now(),
      store: call.globals.storeFile,
      feed: call.globals.feed.file,
      offlineAfterMs: settings.offlineAfterMs,
      dryRun: watch.deeds === 'reported',
    },
    ...(await exposures(watch)),
  ])
  try {
    const refused = await takeTurns(watch, watcher)
    if (refused !== null) return refused
    const last = await finishTurns(watcher)
    await teller.tell(last)
    await teller.tell((await ground.outlets?.close(last)) ?? [])
  } finally {
    await watcher.live.follower.close()
  }
  await teller.tell([{ type: 'stopped', at: system.clock.now(), why: whyOf(watch, watcher) }])
  return ok(silent)
}

/** Turn after turn until it is time to stop. A single turn that could not be taken is the answer; a daemon goes on. */
async function takeTurns(
  { system, teller, pace, leadership, ground }: Watch,
  watcher: Watcher,
): Promise<Result<never, Failure> | null> {
  do {
    const turn = await takeTurn(watcher)
    if (!turn.ok && pace.mode === 'once') return turn
    await teller.tellTurn(turn, system.clock.now())
    await teller.tell((await ground.outlets?.afterTurn(watcher, turn)) ?? [])
    if (watcher.unsaved !== 'time' && watcher.unwatched === null)
      await leadership?.awake(watcher.lookedAt + watcher.present.offsetMs)
    if (pace.mode === 'once' || watcher.ended) break
    await system.clock.sleep(pace.intervalMs, system.stop)
  } while (!system.stop.aborted)
  return null
}

/** Who else may change the feed or the store is said at the start (reliability X5). */
async function exposures({ store, call, system }: Watch): Promise<Notice[]> {
  const { file } = call.globals.feed
  const own = await store.places()
  const places = [...(own.ok ? own.value : []), ...(file === '-' ? [] : await feedPlaces(file))]
  const unique = new Map(places.map((place) => [place.file, place]))
  return exposuresOf([...unique.values()], system.account.uid).map((exposure) => ({
    type: 'problem',
    at: system.clock.now(),
    problem: { code: 'exposed', exposure },
  }))
}

function whyOf({ system, pace }: Watch, watcher: Watcher): string {
  if (system.stop.aborted) return String(system.stop.reason)
  return pace.mode === 'once' ? 'once' : watcher.ended ? 'end of input' : 'done'
}
