import type { Declared } from './declared.ts'
import { type GivenGlobals, plainGlobals } from './globals.ts'
import type { PlainArgument, PlainOption } from './plainOption.ts'

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
 * reads in the same way (test/commands/declaring/plainCall.test.ts).
 */
export function readPlainCall(path: readonly string[], declared: Declared, words: readonly string[]): PlainCall | null {
  const own = declared.plainOptions
  const options = defaultsOf(own)
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
    const isOwn = depth === path.length && own.some(({ flags }) => flags.includes(flag))
    const option = isOwn ? find(own, flag) : find(plainGlobals(depth === path.length ? own : []), flag)
    if (option === undefined || option.values === 'several' || option.values === 'maybe') return null
    const text = option.values === 'none' ? null : flag === word ? words[++index] : word.slice(flag.length + 1)
    if (text === undefined || (text === null && flag !== word)) return null
    const value = valueGiven(option, text, (isOwn ? options : given)[option.name])
    if (value === refused) return null
    if (isOwn) options[option.name] = value
    if (!isOwn || option.name === 'heartbeats') given[option.name] = value
  }
  const missing = own.some(({ isMandatory, name }) => isMandatory && options[name] === undefined)
  const args = depth === path.length && !missing ? argsOf(declared.plainArguments, operands) : null
  return args === null ? null : { args, options, given }
}

function find(options: readonly PlainOption[], flag: string): PlainOption | undefined {
  return options.find(({ flags }) => flags.includes(flag))
}

function defaultsOf(options: readonly PlainOption[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [index, { name, fallback, isNegative }] of options.entries()) {
    if (fallback !== undefined) values[name] = fallback
    else if (isNegative && !options.slice(0, index).some((other) => other.name === name)) values[name] = true
  }
  return values
}

const refused = Symbol('refused')

/** `text` is null for an option without a value. */
function valueGiven(option: PlainOption, text: string | null, previous: unknown): unknown {
  return text === null ? !option.isNegative : parsed(option, text, previous)
}

function argsOf(wanted: readonly PlainArgument[], operands: readonly string[]): PlainCall['args'] | null {
  const args: PlainCall['args'][number][] = []
  for (const [index, argument] of wanted.entries()) {
    const given = operands[index]
    if (given === undefined && argument.isRequired) return null
    if (argument.isVariadic) {
      if (argument.parse !== undefined || argument.choices !== undefined) return null
      args.push(given === undefined ? ((argument.fallback as string[] | undefined) ?? []) : operands.slice(index))
    } else if (given === undefined) args.push(argument.fallback as string | undefined)
    else {
      const value = parsed(argument, given, argument.fallback)
      if (value === refused) return null
      args.push(value as string)
    }
  }
  return operands.length > wanted.length && wanted.at(-1)?.isVariadic !== true ? null : args
}

function parsed({ choices, parse }: PlainArgument | PlainOption, text: string, previous: unknown): unknown {
  if (choices !== undefined && !choices.includes(text)) return refused
  try {
    return parse === undefined ? text : parse(text, previous as never)
  } catch (error) {
    if (isObjection(error)) return refused
    throw error
  }
}

/** Commander's way to say that a value is not accepted. */
function isObjection(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'commander.invalidArgument'
}
