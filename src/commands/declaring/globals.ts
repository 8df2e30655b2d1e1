import type { Command } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { type ColorChoice, colorChoices, type System } from '../../system/system.ts'
import { type OutputFormat, outputFormats } from '../../views/shown.ts'
import type { Globals } from './command.ts'
import { type PlainOption, plainOption } from './plainOption.ts'

/** Flags, description and choices of the global options, which are accepted before and after the command's name. */
export const declaredGlobals: readonly (readonly [flags: string, description: string, choices?: readonly string[]])[] =
  [
    ['--store <file>', 'the catalogue (default: $OPSTAT_STORE, else ./statuses.json)'],
    ['-o, --output <format>', 'how to print', outputFormats],
    ['--json', 'the same as -o json'],
    ['--color <when>', 'colour the output', colorChoices],
    ['--no-input', 'never ask'],
    ['-q, --quiet', 'print no notes'],
    ['--verbose', 'say more about what went wrong'],
  ]

/** For a plain command line; without those that a command's own options hide (`status create --color`). */
export function plainGlobals(own: readonly PlainOption[]): PlainOption[] {
  const hidden = new Set(own.flatMap(({ flags }) => flags.filter((flag) => flag.startsWith('--'))))
  return declaredGlobals
    .map(([flags, , choices]) => plainOption(flags, { choices }))
    .filter(({ flags }) => !flags.some((flag) => hidden.has(flag)))
}

/** For commands that read or write the feed. */
export function feedOption(command: Command): void {
  command.option(
    '--heartbeats <file>',
    'the feed; - is standard input (default: $OPSTAT_HEARTBEATS, else heartbeats.jsonl beside the catalogue)',
  )
}

/** For every command that changes something. */
export function dryRunOption(command: Command): void {
  command.option('--dry-run', 'say what would happen and change nothing')
}

/** Is the token a global option whose value is the next token? */
export function takesValue(token: string): boolean {
  return (
    token === '--store' || token === '--output' || token === '-o' || token === '--color' || token === '--heartbeats'
  )
}

/**
 * The format that a command line asks for, read without commander: a command line that is refused is refused in
 * this format too.
 */
export function scanFormat(argv: readonly string[]): OutputFormat {
  let format: string = 'table'
  for (const [index, token] of argv.entries()) {
    if (token === '--') break
    if (token === '--json') format = 'json'
    else if (token === '-o' || token === '--output') format = argv[index + 1] ?? format
    else if (token.startsWith('--output=')) format = token.slice('--output='.length)
    else if (/^-o./.test(token)) format = token.slice(2)
  }
  return outputFormats.find((known) => known === format) ?? 'table'
}

/** The global options as given, by commander's camel-case names. */
export interface GivenGlobals {
  readonly store?: string
  readonly output?: OutputFormat
  readonly json?: boolean
  readonly color?: ColorChoice
  readonly input?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly heartbeats?: string
}

/** The catalogue that is meant where no flag names one. */
export function defaultStoreFile(system: System): string {
  return system.absolute(system.env.OPSTAT_STORE || 'statuses.json')
}

/** The global options with what stands in for those that were not given. */
export function readGlobals(given: GivenGlobals, system: System): Result<Globals, Extract<Failure, { code: 'usage' }>> {
  if (given.json === true && given.output !== undefined && given.output !== 'json')
    return refuse({ code: 'usage', mistake: 'contradiction', one: '--json', other: `-o ${given.output}` })
  const storeFile = given.store === undefined ? defaultStoreFile(system) : system.absolute(given.store)
  return ok({
    storeFile,
    // Worked out for who asks: both are questions to the system, and most commands want neither.
    get feed() {
      return feedOf(given.heartbeats ?? (system.env.OPSTAT_HEARTBEATS || undefined), storeFile, system)
    },
    format: given.json === true ? 'json' : (given.output ?? 'table'),
    color: given.color ?? 'auto',
    get asks() {
      if (given.input === false) return 'no-input'
      return system.stdin.isTerminal && system.stderr.isTerminal ? 'yes' : 'no-terminal'
    },
    quiet: given.quiet === true,
    verbose: given.verbose === true,
  })
}

function feedOf(named: string | undefined, storeFile: string, system: System): Globals['feed'] {
  if (named === undefined) return { file: system.beside(storeFile, 'heartbeats.jsonl'), named: false }
  return { file: named === '-' ? '-' : system.absolute(named), named: true }
}
