import type { Argument, Option } from 'commander'
import { type ManCommand, type ManTerm, manName, manPage } from '../../views/help/manPages.ts'
import { argumentsOf, globalOptions, optionsOf } from '../declaring/commanderOptions.ts'
import type { ProgramWords } from '../declaring/commandLine.ts'
import { declarationOf } from '../declaring/declared.ts'
import { isGroup, leavesOf, type Tree } from '../declaring/tree.ts'

/** The manual's pages by their files' names. */
export async function manPages({ tree, version, about }: ProgramWords): Promise<Record<string, string>> {
  const below = (nodes: Tree) =>
    Object.entries(nodes).map(([term, { summary }]): ManTerm => ({ term, description: summary }))
  const blank = { arguments: [], options: [], notes: '', examples: [], commands: [] }
  const groups = Object.entries(tree).flatMap(([name, node]): ManCommand[] => {
    if (!isGroup(node)) return []
    return [{ ...blank, path: [name], summary: node.summary, usage: 'COMMAND', commands: below(node.leaves) }]
  })
  const leaves: ManCommand[] = []
  for (const [path, leaf] of leavesOf(tree)) {
    const { declare, examples } = await leaf.load()
    const declared = declarationOf(declare)
    const group = groups.find((one) => one.path.join(' ') === path.join(' '))
    leaves.push({
      path,
      summary: leaf.summary,
      usage: [...argumentsOf(declared).map(bracketed), '[OPTION]...'].join(' '),
      arguments: argumentsOf(declared).map((argument) => ({
        term: argument.name(),
        description: withChoices(argument),
      })),
      options: optionsOf(declared)
        .filter(({ hidden }) => !hidden)
        .map(optionTerm),
      notes: declared.calls.flatMap(([method, args]) => (method === 'addHelpText' ? [String(args[1])] : [])).join('\n'),
      examples,
      commands: group?.commands ?? [],
    })
  }
  const top: ManCommand = {
    ...blank,
    path: [],
    summary: about.before,
    usage: 'COMMAND [OPTION]...',
    options: globalOptions().map(optionTerm),
    commands: below(tree),
  }
  const own = new Set(leaves.map(({ path }) => path.join(' ')))
  const all = [top, ...groups.filter(({ path }) => !own.has(path.join(' '))), ...leaves]
  return Object.fromEntries(all.map((command) => [manName(command.path), manPage(command, { version, all })]))
}

function bracketed(argument: Argument): string {
  const word = `${argument.name().toUpperCase()}${argument.variadic ? '...' : ''}`
  return argument.required ? word : `[${word}]`
}

function optionTerm(option: Option): ManTerm {
  return { term: option.flags, description: withChoices(option) }
}

function withChoices({
  description,
  argChoices,
  defaultValue,
}: Pick<Option, 'description' | 'argChoices' | 'defaultValue'>) {
  const choices = argChoices === undefined ? '' : ` (one of ${argChoices.join(', ')})`
  const usual = typeof defaultValue === 'string' ? ` (default: ${defaultValue})` : ''
  return `${description}${choices}${usual}`
}
