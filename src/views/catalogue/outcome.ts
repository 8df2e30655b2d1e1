import { unreachable } from '../../domain/result.ts'
import type { Shown } from '../shown.ts'

/** What became of a change: committed, only tried (`--dry-run`), or there was nothing to change. */
export type Effect = 'made' | 'rehearsed' | 'none'

/** The note about a change. `would` begins with a verb in the infinitive, as in "create the status lunch". */
export function outcomeNote(
  effect: Effect,
  words: { readonly made: string; readonly would: string; readonly none: string },
): string {
  switch (effect) {
    case 'made':
      return words.made
    case 'rehearsed':
      return `dry run: would ${words.would}; nothing was changed`
    case 'none':
      return words.none
    default:
      return unreachable(effect)
  }
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

/** The first so many of them: "a, b and 4 more". */
export function listedUpTo(most: number, words: readonly string[]): string {
  const more = words.length - most
  return listed(more > 0 ? [...words.slice(0, most), `${more} more`] : words)
}

/** "1 operator", "3 statuses", "2 entries". */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : pluralOf(noun)}`
}

/** "operators", "statuses", "entries". */
export function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`
}

/** What a person who was asked said no to. */
export function declined(note: string): Shown {
  return { value: undefined, human: () => '', note }
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
