import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tree } from '../../../src/cli.ts'
import type { CommandModule } from '../../../src/commands/declaring/command.ts'
import { argumentsOf, globalOptions, optionsOf } from '../../../src/commands/declaring/commanderOptions.ts'
import { type Declared, declarationOf } from '../../../src/commands/declaring/declared.ts'
import { readPlainCall } from '../../../src/commands/declaring/plainCall.ts'
import { parseWords } from '../../../src/commands/declaring/program.ts'
import { findAddressed, leavesOf } from '../../../src/commands/declaring/tree.ts'
import { createFakeSystem } from '../../support/system.ts'

interface DeclaredLeaf {
  readonly path: readonly string[]
  readonly module: CommandModule
  readonly declared: Declared
}

async function everyLeaf(): Promise<DeclaredLeaf[]> {
  const loaded = leavesOf(tree).map(async ([path, leaf]) => {
    const module = await leaf.load()
    return { path, module, declared: declarationOf(module.declare) }
  })
  return Promise.all(loaded)
}

const leaves = await everyLeaf()
const system = createFakeSystem({ cwd: '/' })

/** Tokens that make sense to the leaf, to another one, or to nobody. */
function tokensFor({ declared }: DeclaredLeaf): fc.Arbitrary<string[]> {
  const options = [...optionsOf(declared), ...globalOptions()]
  const flags = options.flatMap(({ long, short }) => [long, short]).filter((flag) => flag !== undefined)
  const values = [...options, ...argumentsOf(declared)].flatMap(({ argChoices }) => argChoices ?? [])
  const value = fc.oneof(
    fc.constantFrom('ana', 'Lunch', '3', '0', '-1', '', '-', '--', 'json', 'never', 'open', 'help', ...values),
    fc.constantFrom(...flags),
  )
  const flag = fc.constantFrom(...flags, '--nonsense', '-h', '--help', '-V', '-x')
  const token = fc.oneof(
    { weight: 3, arbitrary: value.map((text) => [text]) },
    { weight: 3, arbitrary: fc.tuple(flag, value) },
    { weight: 2, arbitrary: flag.map((text) => [text]) },
    { weight: 1, arbitrary: fc.tuple(flag, value).map(([name, text]) => [`${name}=${text}`]) },
    { weight: 1, arbitrary: fc.tuple(flag, value).map(([name, text]) => [`${name}${text}`]) },
  )
  return fc.array(token, { maxLength: 5 }).map((tokens) => tokens.flat())
}

/** What the two readings come to; null where only commander reads the line. */
function bothWays(leaf: DeclaredLeaf, words: readonly string[]) {
  const addressed = findAddressed(tree, words)
  if (addressed.kind !== 'leaf' || addressed.path.join() !== leaf.path.join()) return null
  const plain = readPlainCall(leaf.path, leaf.declared, words)
  if (plain === null) return null
  const about = { before: '', after: '' }
  return { plain, commander: parseWords({ tree, addressed, leaf, version: '0', about }, words, system) }
}

test.each(leaves)('$path: whatever is read plainly, commander reads in the same way', (leaf) => {
  let plain = 0
  fc.assert(
    fc.property(tokensFor(leaf), fc.nat({ max: 4 }), (tokens, before) => {
      const [first, second] = leaf.path as [string, string?]
      const cut = Math.min(before, tokens.length)
      const words = [...tokens.slice(0, cut), first, ...(second === undefined ? [] : [second]), ...tokens.slice(cut)]
      const read = bothWays(leaf, words)
      if (read === null) return
      plain++
      expect(read.commander).toEqual({ ok: true, value: { kind: 'call', ...read.plain } })
    }),
    { numRuns: 1000 },
  )
  // The property says something only where plain lines are among them; options of many values are commander's.
  expect(plain > 0).toBe(!optionsOf(leaf.declared).some(({ mandatory, variadic }) => mandatory && variadic))
})

test('every example in a help is read plainly where no option takes many values', () => {
  const left = leaves
    .filter(({ declared }) => !optionsOf(declared).some(({ variadic }) => variadic))
    .flatMap((leaf) =>
      leaf.module.examples
        .filter((line) => line.startsWith(`opstat ${leaf.path.join(' ')} `) && !/["'|>\\]/.test(line))
        .filter((line) => bothWays(leaf, line.split(' ').slice(1)) === null),
    )
  expect(left).toEqual([])
})
