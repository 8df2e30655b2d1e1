import { commandLine, type Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { parseTimeArgument } from '../../domain/time.ts'

/** Epoch milliseconds of a time that was given with a flag: RFC 3339, or epoch milliseconds as digits. */
export function readTime({ flag, text }: { readonly flag: string; readonly text: string }): Result<number, Failure> {
  const at = parseTimeArgument(text)
  if (at !== null) return ok(at)
  return refuse({ code: 'invalid', source: commandLine, problems: [{ path: flag, kind: 'bad-time', value: text }] })
}
