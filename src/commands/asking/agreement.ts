import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { capitalized } from '../../views/catalogue/outcome.ts'
import type { Asking } from './ask.ts'
import { promptsOf } from './promptsOf.ts'

/** Is there a yes to a deed? `words` begin with its verb. Refused where nobody can be asked: then it takes `--yes`. */
export async function askAgreement(words: string, { globals, system }: Asking): Promise<Result<boolean, Failure>> {
  const { asks } = globals
  if (asks !== 'yes') return refuse({ code: 'confirmation-needed', action: `to ${words}`, why: asks, flag: '--yes' })
  return ok(await promptsOf(system).confirm({ message: `${capitalized(words)}?`, initial: false }))
}
