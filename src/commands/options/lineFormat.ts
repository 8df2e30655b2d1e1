import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { OutputFormat } from '../../views/shown.ts'

/**
 * The wanted format, where what goes on as it happens can be told in it: line by line. What makes one whole of all
 * that is said (a YAML document, a sheet with one header) is a usage error.
 */
export function lineFormat<Known extends OutputFormat>(
  wanted: OutputFormat,
  telling: { readonly what: string; readonly formats: readonly Known[]; readonly hint: string },
): Result<Known, Failure> {
  const known = telling.formats.find((format) => format === wanted)
  if (known !== undefined) return ok(known)
  const message = `${telling.what} tells line by line what happens, and -o ${wanted} has no such lines`
  return refuse({ code: 'usage', message, hint: telling.hint })
}
