import type { Command } from 'commander'
import type { Failure, Unasked } from '../../domain/failure.ts'
import type { Result } from '../../domain/result.ts'
import type { ColorChoice, System } from '../../system/system.ts'
import type { Paint } from '../../views/painting/paint.ts'
import type { OutputFormat, Shown } from '../../views/shown.ts'

export { type OutputFormat, outputFormats } from '../../views/shown.ts'

/** The options every command takes, parsed once. */
export interface Globals {
  /** The catalogue's file, absolute. */
  readonly storeFile: string
  /** The feed's file, absolute; `-` is standard input. `named` says that a flag or variable chose it. */
  readonly feed: { readonly file: string; readonly named: boolean }
  readonly format: OutputFormat
  readonly color: ColorChoice
  /** May the program ask? It may where both stdin and stderr are terminals, unless `--no-input` was given. */
  readonly asks: 'yes' | Unasked
  readonly quiet: boolean
  readonly verbose: boolean
}

/** One call of a leaf command: what commander made of the command line. */
export interface Call<Options = Record<string, unknown>> {
  /** In the order declared; a variadic argument is an array, a missing one undefined. */
  readonly args: readonly (string | readonly string[] | undefined)[]
  /** The command's own options by commander's camel-case names; the global ones are in `globals`. */
  readonly options: Options
  readonly globals: Globals
  /** For a command that writes as it goes: how text for people on stdout may be painted. */
  readonly paint: () => Promise<Paint>
}

/**
 * A leaf command: its file exports these three (and nothing by default). It is loaded only when the command line
 * names it; its name and summary stand in `cli.ts`.
 */
export interface CommandModule {
  /** Adds arguments and options to commander's command. */
  declare(command: Command): void
  /** Lines that the help shows and a test runs, in order, in a fresh folder with `opstat init` done. */
  readonly examples: readonly string[]
  /**
   * Reads, decides in one pure call, writes; what it answers is shown in the wanted format. Its options are of the type
   * that it declared them to have: that is known to nobody else.
   */
  run(call: Call<never>, system: System): Promise<Result<Shown, Failure>>
  /** True: the command watches `system.stop` and ends by itself with its own exit code, as `watch` does. */
  readonly stopsItself?: boolean
}
