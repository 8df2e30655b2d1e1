import type { CommanderError } from 'commander'

/** What is wrong with a command line, and what to write instead; null where the help says it best. */
export interface UsageWords {
  readonly message: string
  readonly advice: string | null
}

/** Commander's objection in the words that every other refusal has. */
export function usageWords(error: CommanderError): UsageWords {
  const [said = '', suggestion] = error.message.replace(/^error: /, '').split('\n')
  const advice = suggestion === undefined ? null : suggestion.replace(/^\(D(.*)\)$/, 'd$1')
  for (const [pattern, words] of rephrased) {
    const match = pattern.exec(said)
    if (match !== null) return words(match)
  }
  return { message: said, advice }
}

type Rephrased = readonly [pattern: RegExp, words: (match: RegExpExecArray) => UsageWords]

/** By commander's own sentences, of which a test has every one. */
const rephrased: readonly Rephrased[] = [
  [
    /^option '([^']*)' argument '([\s\S]*)' is invalid\. (.*)$/,
    ([, flags = '', value = '', rule = '']) => invalid(longFlag(flags), value, rule),
  ],
  [
    /^command-argument value '([\s\S]*)' is invalid for argument '(\S+)'\. (.*)$/,
    ([, value = '', name = '', rule = '']) => invalid(name, value, rule),
  ],
  [
    /^missing required argument '(\S+)'$/,
    ([, name = '']) => ({ message: `the ${name} is missing`, advice: `give ${name.toUpperCase()}` }),
  ],
  [
    /^option '([^']*)' argument missing$/,
    ([, flags = '']) => ({ message: `${longFlag(flags)} stands without its value`, advice: `give ${example(flags)}` }),
  ],
  [
    /^required option '([^']*)' not specified$/,
    ([, flags = '']) => ({ message: `${longFlag(flags)} is missing`, advice: `give ${example(flags)}` }),
  ],
  [
    /^too many arguments for '(\S+)'\. Expected (\d+) arguments? but got (\d+)\.$/,
    ([, name = '', expected = '', got = '']) => ({
      message: `too many arguments for ${name}: it takes ${expected === '0' ? 'none' : expected}, not ${got}`,
      advice: expected === '0' ? null : 'put what has blanks in it into quotes',
    }),
  ],
]

function invalid(where: string, value: string, rule: string): UsageWords {
  const choices = /^Allowed choices are (.*)\.$/.exec(rule)?.[1]
  const quoted = JSON.stringify(value)
  if (choices !== undefined) return { message: `${where}: ${quoted} is not one of ${choices}`, advice: null }
  return { message: `${where}: ${quoted} won't do: ${rule.replace(/\.$/, '')}`, advice: null }
}

/** `--file` of `-f, --file <file...>`. */
function longFlag(flags: string): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags
}

/** `--file FILE` of the same. */
function example(flags: string): string {
  const value = /[<[](\S+?)(?:\.{3})?[>\]]$/.exec(flags)?.[1] ?? 'value'
  return `${longFlag(flags)} ${value.toUpperCase()}`
}
