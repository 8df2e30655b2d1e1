import type { MistypedKey } from '../../domain/manifest/mistypedKeys.ts'
import { quote } from '../failures/problem.ts'

/** A sentence for each key that looks like a slip of the pen. */
export function mistypedNotes(keys: readonly MistypedKey[]): string[] {
  return keys.map(({ path, key, meant, count }) => {
    const more = count === 1 ? '' : ` and in ${count - 1} more`
    return `nothing reads the key ${quote(key)} in ${path}${more}; did you mean ${meant}?`
  })
}
