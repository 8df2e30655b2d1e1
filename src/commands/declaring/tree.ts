import type { CommandModule } from './command.ts'
import { takesValue } from './globals.ts'

/** A leaf of the command tree. */
export interface Leaf {
  readonly summary: string
  readonly load: () => Promise<CommandModule>
}

/** With `load` the group's own name is a command too: `history` beside `history verify`. */
export interface Group extends Partial<Pick<Leaf, 'load'>> {
  readonly summary: string
  readonly leaves: Readonly<Record<string, Leaf>>
}

export type Tree = Readonly<Record<string, Leaf | Group>>

/** What a command line addresses, found without commander: only that much of the tree is then built. */
export type Addressed =
  | { readonly kind: 'leaf'; readonly path: readonly string[]; readonly leaf: Leaf }
  | { readonly kind: 'group'; readonly path: readonly string[] }
  | { readonly kind: 'top' }

export function isGroup(node: Leaf | Group): node is Group {
  return 'leaves' in node
}

/** Is the node's own name a command? */
export function isLeaf(node: Leaf | Group): node is Leaf {
  return node.load !== undefined
}

/** Every leaf with its path, in the order of the tree; a group that is a command too before those below it. */
export function leavesOf(tree: Tree): readonly (readonly [path: readonly string[], leaf: Leaf])[] {
  return Object.entries(tree).flatMap(([name, node]) => [
    ...(isLeaf(node) ? [[[name], node] as const] : []),
    ...Object.entries(isGroup(node) ? node.leaves : {}).map(([second, leaf]) => [[name, second], leaf] as const),
  ])
}

/** The deepest node that the words of a command line lead to, global options between them passed over. */
export function findAddressed(tree: Tree, argv: readonly string[]): Addressed {
  const [first, second] = leadingWords(argv)
  const node = first === undefined ? undefined : own(tree, first)
  if (first === undefined || node === undefined) return { kind: 'top' }
  if (!isGroup(node)) return { kind: 'leaf', path: [first], leaf: node }
  const leaf = second === undefined ? undefined : own(node.leaves, second)
  if (second !== undefined && leaf !== undefined) return { kind: 'leaf', path: [first, second], leaf }
  return isLeaf(node) ? { kind: 'leaf', path: [first], leaf: node } : { kind: 'group', path: [first] }
}

/** `help status create` asks the same as `status create --help`. */
export function withoutHelpWord(argv: readonly string[]): readonly string[] {
  const index = argv.indexOf('help')
  return index >= 0 && leadingWords(argv)[0] === 'help' ? [...argv.toSpliced(index, 1), '--help'] : argv
}

/** At most two words, up to the first option that is not a global one. */
function leadingWords(argv: readonly string[]): string[] {
  const words: string[] = []
  for (let index = 0; index < argv.length && words.length < 2; index++) {
    const token = argv[index] as string
    if (token === '--') break
    if (!token.startsWith('-') || token === '-') words.push(token)
    else if (takesValue(token)) index++
  }
  return words
}

function own<Value>(level: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(level, name) ? level[name] : undefined
}
