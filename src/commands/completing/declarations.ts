import type { Argument, Option } from 'commander'
import { declarationOf } from '../declared.ts'
import { globalOptions } from '../globals.ts'
import { isGroup, isLoadable, type LoadableLeaf, type Tree } from '../tree.ts'

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

/** Of every leaf, by its path with blanks between. */
export type Declarations = Readonly<Record<string, LeafWords>>

/** The build writes `describeTree` of the whole tree in here (tools/build.js): so no leaf is loaded to complete a word. */
const written: string = 'DECLARATIONS'

/** What a leaf declares, with the global options that it leaves. */
export async function wordsOf(path: readonly string[], leaf: LoadableLeaf): Promise<LeafWords> {
  const known = written.startsWith('{') ? (JSON.parse(written) as Declarations)[path.join(' ')] : undefined
  return known ?? describeLeaf(leaf)
}

/** Where no leaf is addressed yet. */
export function globalWords(): LeafWords {
  return { arguments: [], options: globalOptions().map(describeOption) }
}

export async function describeTree(tree: Tree): Promise<Declarations> {
  const described: Record<string, LeafWords> = {}
  for (const [path, leaf] of loadableLeaves(tree)) described[path.join(' ')] = await describeLeaf(leaf)
  return described
}

export function loadableLeaves(tree: Tree): readonly (readonly [readonly string[], LoadableLeaf])[] {
  return Object.entries(tree).flatMap(([name, node]): (readonly [readonly string[], LoadableLeaf])[] => {
    const leaves = isGroup(node) ? Object.entries(node.leaves) : []
    return [
      ...(isLoadable(node) ? [[[name], node] as const] : []),
      ...leaves.flatMap(([second, leaf]) => (isLoadable(leaf) ? [[[name, second], leaf] as const] : [])),
    ]
  })
}

async function describeLeaf(leaf: LoadableLeaf): Promise<LeafWords> {
  const declared = declarationOf((await leaf.load()).declare)
  const own = new Set(declared.options.map(({ long }) => long))
  const options = [...declared.options, ...globalOptions().filter(({ long }) => !own.has(long))]
  return {
    arguments: declared.arguments.map(describeArgument),
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
