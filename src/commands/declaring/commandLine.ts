import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import type { CommandModule, Globals } from './command.ts'
import { type Declared, declarationOf } from './declared.ts'
import { readGlobals } from './globals.ts'
import { type PlainCall, readPlainCall } from './plainCall.ts'
import { findAddressed, type Tree } from './tree.ts'

/** What is said of the program as a whole. */
export interface ProgramWords {
  readonly tree: Tree
  readonly version: string
  readonly about: { readonly before: string; readonly after: string }
}

/** What a command line came to: a text (help, the version), or a call of a leaf. */
export type CommandLine =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'call'
      readonly module: CommandModule
      readonly args: readonly (string | readonly string[] | undefined)[]
      readonly options: Record<string, unknown>
      readonly globals: Globals
    }

/** The leaf that is addressed, and how it declared itself. */
export interface DeclaredLeaf {
  readonly module: CommandModule
  readonly declared: Declared
}

/** Reads a command line, plainly if it can be, else with commander, which takes as long to load as all the rest. */
export async function readCommandLine(
  program: ProgramWords,
  words: readonly string[],
  system: System,
): Promise<Result<CommandLine, Failure>> {
  if (words.length === 1 && words[0] === '--version') return ok({ kind: 'text', text: `${program.version}\n` })
  const addressed = findAddressed(program.tree, words)
  const module = addressed.kind === 'leaf' ? await addressed.leaf.load() : null
  const leaf = module && { module, declared: declarationOf(module.declare) }
  const plain = leaf && addressed.kind === 'leaf' ? readPlainCall(addressed.path, leaf.declared, words) : null
  if (leaf !== null && plain !== null) return callOf(leaf, plain, system)
  const { parseWords } = await import('./program.ts')
  const parsed = parseWords({ ...program, addressed, leaf }, words, system)
  if (!parsed.ok || parsed.value.kind === 'text') return parsed as Result<CommandLine, Failure>
  return leaf === null ? ok({ kind: 'text', text: '' }) : callOf(leaf, parsed.value, system)
}

function callOf(
  { module }: DeclaredLeaf,
  { args, options, given }: PlainCall,
  system: System,
): Result<CommandLine, Failure> {
  const globals = readGlobals(given, system)
  return globals.ok ? ok({ kind: 'call', module, args, options, globals: globals.value }) : globals
}
