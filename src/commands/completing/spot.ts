import { findAddressed, type Group, isGroup, type Leaf, type Tree } from '../declaring/tree.ts'
import { type ArgumentWords, globalWords, type OptionWords, wordsOf } from './declarations.ts'

/** What may stand at the cursor. */
export type Spot =
  | { readonly kind: 'option'; readonly options: readonly OptionWords[] }
  | {
      readonly kind: 'value'
      /** What its place is called in the help: `status`, `file`, `key=value`. */
      readonly place: string
      readonly choices: readonly string[]
      /** What stands before the value in the word at the cursor: `--status=`. */
      readonly prefix: string
    }
  | {
      readonly kind: 'word'
      readonly nodes: readonly (readonly [string, Leaf | Group])[]
      readonly argument: ArgumentWords | null
    }

/** A command line up to its cursor, as far as it was understood. */
export interface Line {
  readonly path: readonly string[]
  readonly operands: readonly string[]
  /** The values of `--store` and the like, by long flag; the last one counts. */
  readonly given: ReadonlyMap<string, string>
  readonly spot: Spot
}

/** Reads the words before the cursor; `current` is what is typed of the word at it. */
export async function readLine(tree: Tree, typed: readonly string[], current: string): Promise<Line> {
  const addressed = findAddressed(tree, typed)
  const path = addressed.kind === 'top' ? [] : addressed.path
  const words = addressed.kind === 'leaf' ? await wordsOf(path, addressed.leaf) : globalWords()
  const { pending, literal, operands, given } = walk(typed, path, words.options)
  const spotOf = (): Spot => {
    const isOption = !literal && current.startsWith('-')
    if (pending !== null && !(pending.variadic && isOption)) return valueSpot(pending, '')
    if (isOption && current.includes('=')) {
      const flag = current.slice(0, current.indexOf('='))
      const option = words.options.find(({ long, place }) => long === flag && place !== null)
      return option === undefined ? { kind: 'word', nodes: [], argument: null } : valueSpot(option, `${flag}=`)
    }
    if (isOption) return { kind: 'option', options: words.options }
    const { arguments: args } = words
    const argument = args[operands.length] ?? args.findLast(({ variadic }) => variadic) ?? null
    return { kind: 'word', nodes: operands.length === 0 && !literal ? nodesAt(tree, path) : [], argument }
  }
  return { path, operands, given, spot: spotOf() }
}

function valueSpot({ place, choices }: OptionWords, prefix: string): Spot {
  return { kind: 'value', place: place ?? '', choices, prefix }
}

function walk(typed: readonly string[], path: readonly string[], options: readonly OptionWords[]) {
  const operands: string[] = []
  const given = new Map<string, string>()
  let pending: OptionWords | null = null
  let literal = false
  let depth = 0
  for (const word of typed) {
    if (!literal && word === '--') {
      literal = true
      pending = null
    } else if (!literal && word.startsWith('-') && word !== '-' && (pending === null || pending.variadic)) {
      const [flag = '', ...rest] = word.split('=')
      const option = options.find(({ long, short }) => flag === long || flag === short)
      const takes = option !== undefined && option.place !== null ? option : null
      if (takes !== null && rest.length > 0) given.set(takes.long, rest.join('='))
      pending = rest.length === 0 ? takes : null
    } else if (pending !== null) {
      given.set(pending.long, word)
      if (!pending.variadic) pending = null
    } else if (word === path[depth]) depth++
    else operands.push(word)
  }
  return { pending, literal, operands, given }
}

/** The commands that may follow. */
function nodesAt(tree: Tree, path: readonly string[]): readonly (readonly [string, Leaf | Group])[] {
  const [first, second] = path
  if (first === undefined) return Object.entries<Leaf | Group>(tree)
  const node = tree[first]
  return node !== undefined && isGroup(node) && second === undefined ? Object.entries<Leaf | Group>(node.leaves) : []
}
