import type { Argument, Option } from 'commander'
import type { Declared } from './declared.ts'
import { type GivenGlobals, globalOptions } from './globals.ts'

/** What a command line says, as commander would have read it. */
export interface PlainCall {
  readonly args: readonly (string | readonly string[] | undefined)[]
  readonly options: Record<string, unknown>
  readonly given: GivenGlobals
}

/**
 * Reads the command line of a leaf without commander, where it is as plain as nearly all are: known options, each
 * with its value, and as many words as are wanted. Null for everything else (help, mistakes, `--`, options run
 * together, options of many values): commander then reads it and says what is wrong. Whatever this reads, commander
 * reads in the same way (test/commands/plainCall.test.ts).
 */
export function readPlainCall(path: readonly string[], declared: Declared, words: readonly string[]): PlainCall | null {
  const own = new Map(declared.options.flatMap((option) => flagsOf(option).map((flag) => [flag, option] as const)))
  const globals = new Map(globalOptions().flatMap((option) => flagsOf(option).map((flag) => [flag, option] as const)))
  const options = defaultsOf(declared.options)
  const given: Record<string, unknown> = {}
  const operands: string[] = []
  let depth = 0
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    if (!word.startsWith('-') || word === '-') {
      if (depth === path.length) operands.push(word)
      else if (word !== path[depth++]) return null
      continue
    }
    const flag = word.startsWith('--') && word.includes('=') ? word.slice(0, word.indexOf('=')) : word
    const ownOption = depth === path.length ? own.get(flag) : undefined
    const option = ownOption ?? globals.get(flag)
    if (
      option === undefined ||
      option.variadic ||
      option.optional ||
      isShadowed(option, ownOption, own, depth === path.length)
    )
      return null
    const text = !option.required ? null : flag === word ? words[++index] : word.slice(flag.length + 1)
    if (text === undefined || (text === null && flag !== word)) return null
    const name = option.attributeName()
    const value = valueGiven(option, text, ownOption === undefined ? given[name] : options[name])
    if (value === refused) return null
    if (ownOption !== undefined) options[name] = value
    if (ownOption === undefined || name === 'heartbeats') given[name] = value
  }
  const missing = declared.options.some((option) => option.mandatory && options[option.attributeName()] === undefined)
  const args = depth === path.length && !missing ? argsOf(declared.arguments, operands) : null
  return args === null ? null : { args, options, given }
}

/** A command's own option hides the global one of that name, its short flag too. */
function isShadowed(
  option: Option,
  ownOption: Option | undefined,
  own: ReadonlyMap<string, Option>,
  atLeaf: boolean,
): boolean {
  return atLeaf && ownOption === undefined && option.long !== undefined && own.has(option.long)
}

function flagsOf({ short, long }: Option): string[] {
  return [short, long].filter((flag) => flag !== undefined)
}

function defaultsOf(options: readonly Option[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [index, option] of options.entries()) {
    const name = option.attributeName()
    if (option.defaultValue !== undefined) values[name] = option.defaultValue
    else if (option.negate && !options.slice(0, index).some((other) => other.attributeName() === name)) {
      values[name] = true
    }
  }
  return values
}

const refused = Symbol('refused')

/** `text` is null for an option without a value. */
function valueGiven(option: Option, text: string | null, previous: unknown): unknown {
  if (text === null) return !option.negate
  return option.parseArg === undefined ? text : parsed(option.parseArg, text, previous)
}

function argsOf(wanted: readonly Argument[], operands: readonly string[]): PlainCall['args'] | null {
  const args: PlainCall['args'][number][] = []
  for (const [index, argument] of wanted.entries()) {
    const given = operands[index]
    if (given === undefined && argument.required) return null
    if (argument.variadic) {
      if (argument.parseArg !== undefined) return null
      args.push(given === undefined ? ((argument.defaultValue as string[] | undefined) ?? []) : operands.slice(index))
    } else if (given === undefined) args.push(argument.defaultValue as string | undefined)
    else {
      const value = argument.parseArg === undefined ? given : parsed(argument.parseArg, given, argument.defaultValue)
      if (value === refused) return null
      args.push(value as string)
    }
  }
  return operands.length > wanted.length && wanted.at(-1)?.variadic !== true ? null : args
}

function parsed(parse: (text: string, previous: never) => unknown, text: string, previous: unknown): unknown {
  try {
    return parse(text, previous as never)
  } catch (error) {
    if (isObjection(error)) return refused
    throw error
  }
}

/** Commander's way to say that a value is not accepted. */
function isObjection(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'commander.invalidArgument'
}
