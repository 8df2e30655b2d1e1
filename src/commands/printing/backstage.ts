import type { System } from '../../system/system.ts'
import { complete } from '../completing/complete.ts'
import { describeTree } from '../completing/declarations.ts'
import type { ProgramWords } from '../declaring/commandLine.ts'

/**
 * What verbs say that the scripts of `completion` and the build use; no help names them. Null for a word that is no
 * such verb.
 */
export async function backstageText(
  [verb, ...rest]: readonly string[],
  program: ProgramWords,
  system: System,
): Promise<string | null> {
  switch (verb) {
    case '__complete':
      return complete(program.tree, rest, system)
    case '__declarations':
      return describeTree(program.tree)
    case '__man': {
      const { manPages } = await import('../manual/manual.ts')
      return JSON.stringify(await manPages(program))
    }
    default:
      return null
  }
}
