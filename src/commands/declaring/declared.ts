import type { Argument, Command, Option } from 'commander'
import { type PlainArgument, type PlainOption, plainArgument, plainOf, plainOption } from './plainOption.ts'

/** What a leaf declared: the calls themselves, for commander to repeat, and what a plain command line needs of them. */
export interface Declared {
  readonly calls: readonly (readonly [method: string, args: readonly unknown[]])[]
  readonly plainArguments: readonly PlainArgument[]
  readonly plainOptions: readonly PlainOption[]
}

/** Lets a leaf declare itself without commander's Command, which takes as long to load as all the rest of a start. */
export function declarationOf(declare: (command: Command) => void): Declared {
  const calls: [string, readonly unknown[]][] = []
  const plainArguments: PlainArgument[] = []
  const plainOptions: PlainOption[] = []
  const recorder = {
    argument: (...given: readonly [string, ...unknown[]]) =>
      keep('argument', given, () => plainArguments.push(plainArgument(given[0], restOf(given)))),
    addArgument: (argument: Argument) =>
      keep('addArgument', [argument], () => {
        const { argChoices: choices, parseArg: parse, defaultValue: fallback, required, variadic } = argument
        const name = `${argument.name()}${variadic ? '...' : ''}`
        plainArguments.push(plainArgument(required ? `<${name}>` : `[${name}]`, { choices, parse, fallback }))
      }),
    option: (...given: readonly [string, ...unknown[]]) =>
      keep('option', given, () => plainOptions.push(plainOption(given[0], restOf(given)))),
    requiredOption: (...given: readonly [string, ...unknown[]]) =>
      keep('requiredOption', given, () =>
        plainOptions.push(plainOption(given[0], { ...restOf(given), isMandatory: true })),
      ),
    addOption: (option: Option) => keep('addOption', [option], () => plainOptions.push(plainOf(option))),
    addHelpText: (...given: readonly unknown[]) => keep('addHelpText', given, () => undefined),
  }
  function keep(method: string, given: readonly unknown[], note: () => void) {
    calls.push([method, given])
    note()
    return recorder
  }
  declare(recorder as unknown as Command)
  return { calls, plainArguments, plainOptions }
}

/** Commander takes a function for a parser, anything else for the default. */
function restOf([, , parser, value]: readonly unknown[]): Pick<PlainArgument, 'parse' | 'fallback' | 'choices'> {
  return typeof parser === 'function'
    ? { parse: parser as never, fallback: value, choices: undefined }
    : { parse: undefined, fallback: parser, choices: undefined }
}
