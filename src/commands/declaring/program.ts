import { Command, CommanderError, Option } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { foldText } from '../../views/help/foldText.ts'
import { declareGlobals, givenGlobals, globalHeading, ownOptions, repeatDeclaration } from './commanderOptions.ts'
import type { DeclaredLeaf, ProgramWords } from './commandLine.ts'
import type { PlainCall } from './plainCall.ts'
import { type Addressed, type Group, isGroup, type Leaf } from './tree.ts'
import { usageWords } from './usageWords.ts'

/** What commander made of a command line. */
export type Parsed = { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'call' } & PlainCall)

export interface ProgramFacts extends ProgramWords {
  readonly addressed: Addressed
  /** Null where no leaf is addressed. */
  readonly leaf: DeclaredLeaf | null
}

/** Parses a command line with commander, of which only the addressed part of the tree is built. */
export function parseWords(facts: ProgramFacts, words: readonly string[], system: System): Result<Parsed, Failure> {
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
  levels.push(...buildLevels(program, facts))
  try {
    program.parse([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // `opstat` alone is a question, not a mistake.
    const asked = error.exitCode === 0 || (error.code === 'commander.help' && levels.length === 1)
    return asked
      ? ok({ kind: 'text', text: foldText(text, system.stdout.columns) })
      : refuse(usageFailure(error, levels))
  }
  const leaf = levels.at(-1)
  if (facts.leaf === null || leaf === undefined) return ok({ kind: 'text', text })
  return ok({ kind: 'call', args: leaf.processedArgs, options: ownOptions(leaf), given: givenGlobals(levels) })
}

/** The commands from the program down to what is addressed, each declared. */
function buildLevels(program: Command, facts: ProgramFacts): Command[] {
  const { addressed, tree, leaf, version, about } = facts
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
  if (leaf === null) finish(command, version)
  else declareLeaf(levels.at(-1) as Command, leaf, version)
  return levels
}

function declareLeaf(leaf: Command, { module, declared }: DeclaredLeaf, version: string): void {
  // The help shows the command's own options first.
  repeatDeclaration(leaf, declared)
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
  for (const [name, node] of Object.entries(level)) parent.command(name).description(node.summary)
}

/** Commander's objections, as a refusal. */
function usageFailure(error: CommanderError, levels: readonly Command[]): Failure {
  const deepest = levels.map((level) => level.name()).join(' ')
  const help = `see: ${deepest} --help`
  if (error.code === 'commander.help') {
    const names = levels.at(-1)?.commands.map((command) => command.name()) ?? []
    return { code: 'usage', mistake: 'not-parsed', message: `${deepest} needs one of: ${names.join(', ')}`, hint: help }
  }
  const { message, advice } = usageWords(error)
  const isQuestion = advice?.endsWith('?') === true
  const hint = advice === null ? help : `${advice}${isQuestion ? '' : ';'} ${help}`
  return { code: 'usage', mistake: 'not-parsed', message, hint }
}
