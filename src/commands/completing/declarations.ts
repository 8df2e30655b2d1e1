import type { Argument, Option } from 'commander'
import { argumentsOf, globalOptions, optionsOf } from '../declaring/commanderOptions.ts'
import { declarationOf } from '../declaring/declared.ts'
import { type Leaf, leavesOf, type Tree } from '../declaring/tree.ts'

/** What completing needs to know of a leaf's arguments and options. */
export interface LeafWords {
  readonly arguments: readonly ArgumentWords[]
  readonly options: readonly OptionWords[]
}

export interface ArgumentWords {
  /** `status` of `[status]`. */
  readonly place: string
  readonly variadic: boolean
  readonly choices: readonly string[]
}

export interface OptionWords {
  readonly long: string
  readonly short: string | null
  /** `status` of `--to <status>`; null: it takes no value. */
  readonly place: string | null
  readonly variadic: boolean
  readonly choices: readonly string[]
  readonly note: string
}

/**
 * The build writes `describeTree` of the whole tree in here (tools/describe.js): so no leaf is loaded to complete a
 * word, and of the text only the leaf's own line is parsed.
 */
const written: string = 'DECLARATIONS'

/** What a leaf declares, with the global options that it leaves. */
export async function wordsOf(path: readonly string[], leaf: Leaf): Promise<LeafWords> {
  const head = `\n${path.join(' ')}\t`
  const start = written.indexOf(head)
  if (start === -1) return describeLeaf(leaf)
  return JSON.parse(written.slice(start + head.length, written.indexOf('\n', start + 1)))
}

/** Where no leaf is addressed yet. */
export function globalWords(): LeafWords {
  return { arguments: [], options: globalOptions().map(describeOption) }
}

/** A line for each leaf: its path with blanks between, a tab, and its words as JSON. */
export async function describeTree(tree: Tree): Promise<string> {
  const lines: string[] = []
  for (const [path, leaf] of leavesOf(tree)) {
    lines.push(`${path.join(' ')}\t${JSON.stringify(await describeLeaf(leaf))}\n`)
  }
  return `\n${lines.join('')}`
}

async function describeLeaf(leaf: Leaf): Promise<LeafWords> {
  const declared = declarationOf((await leaf.load()).declare)
  const declaredOptions = optionsOf(declared)
  const own = new Set(declaredOptions.map(({ long }) => long))
  const options = [...declaredOptions, ...globalOptions().filter(({ long }) => !own.has(long))]
  return {
    arguments: argumentsOf(declared).map(describeArgument),
    options: options.filter(({ hidden }) => !hidden).map(describeOption),
  }
}

function describeArgument(argument: Argument): ArgumentWords {
  return { place: argument.name(), variadic: argument.variadic, choices: argument.argChoices ?? [] }
}

function describeOption({ long, short, flags, required, variadic, argChoices, description }: Option): OptionWords {
  return {
    long: long ?? '',
    short: short ?? null,
    place: required ? (/[<[]([^>\]]+?)(?:\.\.\.)?[>\]]/.exec(flags)?.[1] ?? '') : null,
    variadic,
    choices: argChoices ?? [],
    note: description,
  }
}
