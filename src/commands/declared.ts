import { Argument, type Command, Option } from 'commander'

/** What a leaf declared: the calls themselves, for commander to repeat, and what they say. */
export interface Declared {
  readonly calls: readonly (readonly [method: string, args: readonly unknown[]])[]
  readonly arguments: readonly Argument[]
  readonly options: readonly Option[]
}

/**
 * Lets a leaf declare itself without commander's Command, which takes as long to load as all the rest of a start.
 * Bundled, a leaf's `Option` and `Argument` are commander's own, without the rest of it (rolldown.config.js).
 */
export function declarationOf(declare: (command: Command) => void): Declared {
  const calls: [string, unknown[]][] = []
  const args: Argument[] = []
  const options: Option[] = []
  const recorder = {
    argument: (...given: Parameters<Command['argument']>) => {
      const [name, description, parser, value] = given as unknown as [string, string, unknown, unknown]
      return keep('argument', given, () => args.push(withParser(new Argument(name, description), parser, value)))
    },
    addArgument: (argument: Argument) => keep('addArgument', [argument], () => args.push(argument)),
    option: (...given: Parameters<Command['option']>) => keep('option', given, () => options.push(optionOf(given))),
    requiredOption: (...given: Parameters<Command['requiredOption']>) =>
      keep('requiredOption', given, () => options.push(optionOf(given).makeOptionMandatory())),
    addOption: (option: Option) => keep('addOption', [option], () => options.push(option)),
    addHelpText: (...given: Parameters<Command['addHelpText']>) => keep('addHelpText', given, () => undefined),
  }
  function keep(method: string, given: unknown[], note: () => void) {
    calls.push([method, given])
    note()
    return recorder
  }
  declare(recorder as unknown as Command)
  return { calls, arguments: args, options }
}

/** Says the same to commander's own command. */
export function repeatDeclaration(command: Command, { calls }: Declared): void {
  const methods = command as unknown as Record<string, (...args: readonly unknown[]) => void>
  for (const [method, args] of calls) methods[method]?.call(command, ...args)
}

function optionOf([flags, description, parser, value]: readonly unknown[]): Option {
  return withParser(new Option(flags as string, description as string), parser, value)
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
