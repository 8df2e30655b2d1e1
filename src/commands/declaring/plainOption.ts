import type { Option } from 'commander'

/** What of an argument decides how a plain command line is read. */
export interface PlainArgument {
  readonly isRequired: boolean
  readonly isVariadic: boolean
  readonly fallback: unknown
  readonly choices: readonly string[] | undefined
  readonly parse: ((text: string, previous: never) => unknown) | undefined
}

/** Of a name as commander takes it: `<file>`, `[statuses...]`. */
export function plainArgument(
  name: string,
  rest: Pick<PlainArgument, 'fallback' | 'choices' | 'parse'>,
): PlainArgument {
  return { isRequired: !name.startsWith('['), isVariadic: /\.\.\.[\]>]?$/.test(name), ...rest }
}

/** What of an option decides how a plain command line is read. */
export interface PlainOption {
  /** `-o`, `--output`. */
  readonly flags: readonly string[]
  /** The option's long flag without its dashes and its `no-`, in camel case, as commander names it. */
  readonly name: string
  /** `several` and `maybe` are left to commander. */
  readonly values: 'none' | 'one' | 'several' | 'maybe'
  readonly isNegative: boolean
  readonly isMandatory: boolean
  readonly fallback: unknown
  readonly choices: readonly string[] | undefined
  readonly parse: ((text: string, previous: never) => unknown) | undefined
}

/** Of flags as commander takes them: `-o, --output <format>`. Commander's own Option takes ten times as long. */
export function plainOption(
  flags: string,
  rest: Partial<Pick<PlainOption, 'isMandatory' | 'fallback' | 'choices' | 'parse'>>,
): PlainOption {
  const names = flags.split(/[ ,|]+/).filter((word) => word.startsWith('-'))
  const long = names.find((word) => word.startsWith('--')) ?? ''
  const isNegative = long.startsWith('--no-')
  return {
    flags: names,
    name: camelCase(long.slice(isNegative ? 5 : 2)),
    values: flags.includes('[') ? 'maybe' : !flags.includes('<') ? 'none' : flags.endsWith('...>') ? 'several' : 'one',
    isNegative,
    isMandatory: false,
    fallback: undefined,
    choices: undefined,
    parse: undefined,
    ...rest,
  }
}

/** The same of commander's option. */
export function plainOf(option: Option): PlainOption {
  const { flags, mandatory, defaultValue, argChoices, parseArg } = option
  return plainOption(flags, { isMandatory: mandatory, fallback: defaultValue, choices: argChoices, parse: parseArg })
}

function camelCase(words: string): string {
  return words.replace(/-([^-])/g, (_, letter: string) => letter.toUpperCase())
}
