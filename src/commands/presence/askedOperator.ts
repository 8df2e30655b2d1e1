import type { Failure } from '../../domain/failure.ts'
import type { Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { operatorOrAsk } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { withStore } from '../storing/openStore.ts'

/** The operator that the command line names, else one chosen. The store is closed again before the feed is read. */
export function askedOperator(
  { args, globals }: Pick<Call, 'args' | 'globals'>,
  system: System,
  message: string,
): Promise<Result<string, Failure>> {
  const [given] = args as [string | undefined]
  return withStore(globals, system, (store) => operatorOrAsk(given, { globals, system }, { store, message }))
}
