import { type Command, InvalidArgumentError } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import type { EnteredEntry } from '../../domain/history/history.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { splitCommand } from '../../domain/watching/commandWords.ts'
import type { Notice } from '../../domain/watching/notice.ts'
import type { System } from '../../system/system.ts'
import type { Call } from '../declaring/command.ts'
import type { Watcher } from '../watching/watcher.ts'
import { type MetricsOutlet, openMetrics } from './metricsOutlet.ts'
import { createSwitchHook, type SwitchHook } from './switchHook.ts'

/** Whom a watcher tells beside its own output: a program for each switch, and whoever gathers numbers. */
export interface Outlets {
  /** Every transition that is written to the history, by whomever. */
  noteEntry(entry: EnteredEntry): void
  /** Answers what went wrong here; it never keeps the watcher from its next turn. */
  afterTurn(watcher: Watcher, turn: Result<readonly Notice[], Failure>): Promise<Notice[]>
  /** Tells what is left, as far as there is time for it. Once is enough. */
  close(last: readonly Notice[]): Promise<Notice[]>
}

export interface OutletOptions {
  readonly once?: boolean
  readonly onSwitch?: string
  readonly metricsFile?: string
  readonly metricsPort?: Address
}

export interface Address {
  readonly host: string
  readonly port: number
}

export function outletOptions(command: Command): void {
  command
    .option('--on-switch <command>', 'run for each switch, without a shell, the switch as JSON on its standard input')
    .option('--metrics-file <file>', "keep the watcher's numbers in a file for node_exporter's textfile collector")
    .option(
      '--metrics-port <[host:]port>',
      'serve /metrics and /healthz, on 127.0.0.1 unless a host is given',
      readAddress,
    )
}

/** A program that is stopped has to be done within two seconds; one that decides once waits for its calls. */
const patienceMs = { daemon: 1000, once: 600_000 }

export async function openOutlets(
  { options }: Pick<Call<OutletOptions>, 'options'>,
  system: System,
): Promise<Result<Outlets, Failure>> {
  const hook = openHook(options.onSwitch, system)
  if (!hook.ok) return hook
  const metrics = await openMetrics(options, system)
  if (!metrics.ok) return metrics
  const patience = options.once === true ? patienceMs.once : patienceMs.daemon
  return ok(outletsOf({ hook: hook.value, metrics: metrics.value, patience, system }))
}

function outletsOf(open: {
  readonly hook: SwitchHook | null
  readonly metrics: MetricsOutlet | null
  readonly patience: number
  readonly system: System
}): Outlets {
  const { hook, metrics, patience, system } = open
  return {
    noteEntry: (entry) => metrics?.noteEntry(entry),
    async afterTurn(watcher, turn) {
      if (turn.ok) hook?.push(switchesIn(turn.value))
      const found = hook?.takeProblems(system.clock.now()) ?? []
      return [...found, ...((await metrics?.afterTurn(watcher, turn)) ?? [])]
    },
    async close(last) {
      hook?.push(switchesIn(last))
      await hook?.finish(patience)
      const found = hook?.takeProblems(system.clock.now()) ?? []
      return [...found, ...((await metrics?.close()) ?? [])]
    },
  }
}

function switchesIn(notices: readonly Notice[]) {
  return notices.flatMap((notice) => (notice.type === 'switched' ? [notice.entry] : []))
}

function openHook(text: string | undefined, system: System): Result<SwitchHook | null, Failure> {
  if (text === undefined) return ok(null)
  const command = splitCommand(text)
  if (!command.ok) return refuse({ code: 'usage', mistake: 'bad-hook', flaw: command.failure, value: text })
  const { runProgram, clock } = system
  if (runProgram !== undefined) return ok(createSwitchHook(command.value, { runProgram, clock }))
  return refuse({ code: 'usage', mistake: 'no-programs-here' })
}

function readAddress(text: string): Address {
  const match = /^(?:(.+):)?(\d{1,5})$/.exec(text)
  const port = Number(match?.[2])
  if (match === null || port > 65_535) throw new InvalidArgumentError('write PORT or HOST:PORT, the port up to 65535.')
  return { host: match[1]?.replace(/^\[(.*)\]$/, '$1') ?? '127.0.0.1', port }
}
