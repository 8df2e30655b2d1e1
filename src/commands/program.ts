import { Command, CommanderError, Option } from 'commander'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import type { System } from '../system/system.ts'
import type { CommandModule, Globals } from './command.ts'
import { declareGlobals, globalHeading, ownOptions, readGlobals } from './globals.ts'
import { type Addressed, type Group, isGroup, type Leaf, shownNodes, type Tree } from './tree.ts'

/** What a command line came to. */
export type Parsed =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'call'
      readonly module: CommandModule
      readonly args: readonly (string | readonly string[] | undefined)[]
      readonly options: Record<string, unknown>
      readonly globals: Globals
    }

export interface ProgramFacts {
  readonly tree: Tree
  readonly addressed: Addressed
  readonly version: string
  readonly about: { readonly before: string; readonly after: string }
}

/** Parses a command line with commander, of which only the addressed part of the tree is built. */
export async function parseCommandLine(
  facts: ProgramFacts,
  argv: readonly string[],
  system: System,
): Promise<Result<Parsed, Failure>> {
  const module = facts.addressed.kind === 'leaf' ? await facts.addressed.leaf.load() : null
  const levels: Command[] = []
  let text = ''
  const collect = (part: string) => {
    text += part
  }
  const program = new Command('opstat')
    .exitOverride()
    .configureOutput({
      writeOut: collect,
      writeErr: collect,
      getOutHelpWidth: () => system.stdout.columns,
      getOutHasColors: () => false,
    })
    .helpCommand(false)
  levels.push(...buildLevels(program, facts, module))
  try {
    program.parse([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // `opstat` alone is a question, not a mistake.
    const asked = error.exitCode === 0 || (error.code === 'commander.help' && levels.length === 1)
    return asked ? ok({ kind: 'text', text }) : refuse(usageFailure(error, levels))
  }
  const leaf = levels.at(-1)
  if (module === null || leaf === undefined) return ok({ kind: 'text', text })
  const globals = readGlobals(levels, system)
  if (!globals.ok) return globals
  return ok({ kind: 'call', module, args: leaf.processedArgs, options: ownOptions(leaf), globals: globals.value })
}

/** The commands from the program down to what is addressed, each declared. */
function buildLevels(program: Command, facts: ProgramFacts, module: CommandModule | null): Command[] {
  const { addressed, tree, version, about } = facts
  program.description(about.before).addHelpText('after', about.after)
  finish(program, version)
  if (addressed.kind === 'top') {
    addStubs(program, tree)
    return [program]
  }
  const [first, second] = addressed.path as [string, string?]
  const node = tree[first] as Leaf | Group
  const command = program.command(first).description(node.summary)
  const levels = [program, command]
  if (isGroup(node)) {
    if (second === undefined) addStubs(command, node.leaves)
    else {
      finish(command, version)
      levels.push(command.command(second).description((node.leaves[second] as Leaf).summary))
    }
  }
  if (module === null) finish(command, version)
  else declareLeaf(levels.at(-1) as Command, module, version)
  return levels
}

function declareLeaf(leaf: Command, module: CommandModule, version: string): void {
  // The help shows the command's own options first.
  module.declare(leaf)
  leaf.action(() => undefined).allowExcessArguments(false)
  finish(leaf, version)
  const examples = module.examples.map((line) => `  $ ${line}\n`).join('')
  if (examples !== '') leaf.addHelpText('after', `\nExamples:\n${examples}`)
}

/** Global options, `-V` and `-h` at every level, so that they are understood wherever they stand. */
function finish(command: Command, version: string): void {
  declareGlobals(command)
  command.version(version, '-V, --version', 'print the version')
  command.options.at(-1)?.helpGroup(globalHeading)
  command.addHelpOption(new Option('-h, --help', 'show this help').helpGroup(globalHeading))
  command.enablePositionalOptions()
}

function addStubs(parent: Command, level: Readonly<Record<string, Leaf | Group>>): void {
  for (const [name, node] of shownNodes(level)) parent.command(name).description(node.summary)
}

/** Commander's objections, as a refusal; its did-you-mean becomes the hint. */
function usageFailure(error: CommanderError, levels: readonly Command[]): Failure {
  const deepest = levels.map((level) => level.name()).join(' ')
  const help = `see: ${deepest} --help`
  if (error.code === 'commander.help') {
    const names = levels.at(-1)?.commands.map((command) => command.name()) ?? []
    return { code: 'usage', message: `${deepest} needs one of: ${names.join(', ')}`, hint: help }
  }
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n')
  const meant = suggestion === undefined ? '' : `${suggestion.replace(/^\((.*)\)$/, '$1')} — `
  return { code: 'usage', message, hint: `${meant}${help}` }
}
