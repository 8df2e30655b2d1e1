import type { System } from '../../system/system.ts'
import { printable } from '../../views/painting/printable.ts'
import { readGlobals } from '../declaring/globals.ts'
import type { Tree } from '../declaring/tree.ts'
import { type Candidate, candidatesFor } from './candidates.ts'
import { type Line, readLine } from './spot.ts'

/**
 * What a shell may offer for the last of the words (empty where nothing is typed yet): a first line `words` or `files`,
 * then a candidate and what it is on each line, with a tab between. Nothing that goes wrong is ever said: it would land
 * in the line that is being typed.
 */
export async function complete(tree: Tree, words: readonly string[], system: System): Promise<string> {
  const current = words.at(-1) ?? ''
  const isHelp = words.length > 1 && words[0] === 'help'
  const typed = words.slice(isHelp ? 1 : 0, -1)
  const line = await readLine(tree, typed, current)
  const found = isHelp && line.spot.kind !== 'word' ? [] : await candidatesOf(line, { current, isHelp, system })
  if (found === 'files') return 'files\n'
  const folded = current.toLowerCase()
  const fitting = found.filter(({ value }) => value.toLowerCase().startsWith(folded))
  return `words\n${fitting.map(({ value, note }) => `${value}\t${printable(note)}\n`).join('')}`
}

interface Around {
  readonly current: string
  readonly isHelp: boolean
  readonly system: System
}

async function candidatesOf(line: Line, { current, isHelp, system }: Around): Promise<readonly Candidate[] | 'files'> {
  const { spot, path, operands, given } = line
  const store = fromHome(given.get('--store'), system)
  const globals = readGlobals(store === undefined ? {} : { store }, system)
  if (!globals.ok) return []
  const about = { path, operands, storeFile: globals.value.storeFile }
  switch (spot.kind) {
    case 'option':
      return spot.options.map(({ long, note }) => ({ value: long, note }))
    case 'value': {
      const typed = current.slice(spot.prefix.length)
      const values = await candidatesFor({ ...about, place: spot.place, choices: spot.choices, typed })
      return values === 'files' ? values : values.map(({ value, note }) => ({ value: spot.prefix + value, note }))
    }
    case 'word': {
      const topics =
        path.length === 0 && operands.length === 0
          ? isHelp
            ? await helpTopics()
            : [{ value: 'help', note: 'Explain a command' }]
          : []
      const told = new Set(topics.map(({ value }) => value))
      const commands = spot.nodes.filter(([value]) => !told.has(value))
      const nodes = [...commands.map(([value, { summary }]) => ({ value, note: summary })), ...topics]
      if (spot.argument === null || isHelp) return nodes
      const { place, variadic, choices } = spot.argument
      const asked = { ...about, operands: variadic || place === 'value' ? operands : [], place, typed: current }
      const values = await candidatesFor({ ...asked, choices })
      return values === 'files' ? values : [...nodes, ...values]
    }
  }
}

async function helpTopics(): Promise<readonly Candidate[]> {
  const { helpTopics } = await import('../../views/help/topics.ts')
  return [...helpTopics].map(([value, { summary }]) => ({ value, note: summary }))
}

/** Shells leave `~/` in the middle of a line as it is typed. */
function fromHome(file: string | undefined, { env }: System): string | undefined {
  return file?.startsWith('~/') && env.HOME ? env.HOME + file.slice(1) : file
}
