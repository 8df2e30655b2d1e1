import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { OutputFormat } from '../../views/shown.ts'

/**
 * The wanted format, where what goes on as it happens can be told in it: line by line. What makes one whole of all
 * that is said (a YAML document, a sheet with one header) is a usage error.
 */
export function lineFormat<Known extends OutputFormat>(
  wanted: OutputFormat,
  { telling, formats }: { readonly telling: 'watch' | '--live'; readonly formats: readonly Known[] },
): Result<Known, Failure> {
  const known = formats.find((format) => format === wanted)
  if (known !== undefined) return ok(known)
  return refuse({ code: 'usage', mistake: 'no-line-format', telling, output: wanted })
}
