import { Argument, type Command } from 'commander'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result } from '../domain/result.ts'
import { completionScripts, type Shell, shells } from '../views/help/completionScripts.ts'
import type { Shown } from '../views/shown.ts'
import type { Call } from './declaring/command.ts'

export function declare(command: Command): void {
  command.addArgument(new Argument('<shell>', 'the shell that is to complete opstat').choices(shells))
}

export const examples = [
  'source <(opstat completion bash)',
  'opstat completion zsh > _opstat',
  'opstat completion fish > opstat.fish',
]

export async function run({ args }: Call): Promise<Result<Shown, Failure>> {
  const [shell] = args as [Shell]
  const script = completionScripts[shell]
  return ok({ value: { shell, script }, human: () => script.replace(/\n$/, ''), names: [shell] })
}
