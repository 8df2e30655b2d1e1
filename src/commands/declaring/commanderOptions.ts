import { Argument, type Command, Option } from 'commander'
import type { Declared } from './declared.ts'
import { declaredGlobals, type GivenGlobals } from './globals.ts'

/** Says to commander's own command what the leaf said. */
export function repeatDeclaration(command: Command, { calls }: Declared): void {
  const methods = command as unknown as Record<string, (...args: readonly unknown[]) => void>
  for (const [method, args] of calls) methods[method]?.call(command, ...args)
}

/** A leaf's options as commander's own. */
export function optionsOf({ calls }: Declared): Option[] {
  return calls.flatMap(([method, given]) => {
    if (method === 'addOption') return given[0] as Option
    if (method !== 'option' && method !== 'requiredOption') return []
    const [flags, description, parser, value] = given as [string, string, unknown, unknown]
    const option = withParser(new Option(flags, description), parser, value)
    return method === 'option' ? option : option.makeOptionMandatory()
  })
}

/** A leaf's arguments as commander's own. */
export function argumentsOf({ calls }: Declared): Argument[] {
  return calls.flatMap(([method, given]) => {
    if (method === 'addArgument') return given[0] as Argument
    if (method !== 'argument') return []
    const [name, description, parser, value] = given as [string, string, unknown, unknown]
    return withParser(new Argument(name, description), parser, value)
  })
}

/** Commander takes a function for a parser, anything else for the default. */
function withParser<Declaration extends Option | Argument>(
  of: Declaration,
  parser: unknown,
  value: unknown,
): Declaration {
  if (typeof parser === 'function') of.argParser(parser as never).default(value)
  else of.default(parser)
  return of
}

/** Under this the help lists the global options. */
export const globalHeading = 'Global options:'

export function globalOptions(): Option[] {
  return declaredGlobals.map(([flags, description, choices]) => {
    const option = new Option(flags, description)
    return choices === undefined ? option : option.choices(choices)
  })
}

/** Declares the global options, except where the command has an option of that name (`status create --color`). */
export function declareGlobals(command: Command): void {
  for (const option of globalOptions()) {
    if (command.options.some((declared) => declared.long === option.long)) continue
    command.addOption(option.helpGroup(globalHeading))
  }
}

/** A command's own options: what it declared itself, without the global ones. */
export function ownOptions(leaf: Command): Record<string, unknown> {
  const declared = leaf.options.filter((option) => option.helpGroupHeading !== globalHeading)
  const names = new Set(declared.map((option) => option.attributeName()))
  return Object.fromEntries(Object.entries(leaf.opts()).filter(([name]) => names.has(name)))
}

/**
 * The global options that were said at any level: the program, the group and the leaf, as far as addressed. The word
 * nearest to the command wins.
 */
export function givenGlobals(levels: readonly Command[]): GivenGlobals {
  const given: Record<string, unknown> = {}
  for (const level of levels) {
    for (const option of level.options) {
      const name = option.attributeName()
      const isGlobal = option.helpGroupHeading === globalHeading || name === 'heartbeats'
      if (isGlobal && level.getOptionValueSource(name) === 'cli') given[name] = level.getOptionValue(name)
    }
  }
  return given
}
