import { ok, type Result, refuse } from '../result.ts'

/**
 * The words of a command that is run without a shell: split at blanks; quotes of either kind and a backslash keep
 * what they hold together. Nothing is expanded. Refuses an open quote and a command without words.
 */
export function splitCommand(text: string): Result<readonly [string, ...string[]], 'open-quote' | 'empty'> {
  const words: string[] = []
  let word: string | null = null
  let quote: string | null = null
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string
    if (character === '\\' && quote !== "'" && index + 1 < text.length) {
      index += 1
      word = (word ?? '') + text[index]
    } else if (quote !== null) {
      if (character === quote) quote = null
      else word += character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + character
  }
  if (quote !== null) return refuse('open-quote')
  if (word !== null) words.push(word)
  const [first, ...rest] = words
  return first === undefined || first === '' ? refuse('empty') : ok([first, ...rest])
}
