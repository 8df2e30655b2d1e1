import { Option } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { OutputFormat } from '../../views/shown.ts'

export type ManifestFormat = 'json' | 'yaml'

/** For commands that print a manifest. */
export function formatOption(): Option {
  return new Option('--format <format>', 'how to print it (default: json)').choices(['json', 'yaml'])
}

/** JSON unless `--format` or `-o` says YAML. Refused where they contradict each other, or `-o` says what it can't be. */
export function manifestFormat(
  given: ManifestFormat | undefined,
  output: OutputFormat,
): Result<ManifestFormat, Failure> {
  if (output === 'csv' || output === 'name') return refuse({ code: 'usage', mistake: 'no-manifest-format', output })
  if (given !== undefined && (output === 'json' || output === 'yaml') && output !== given) {
    return refuse({ code: 'usage', mistake: 'contradiction', one: `--format ${given}`, other: `-o ${output}` })
  }
  return ok(given ?? (output === 'yaml' ? 'yaml' : 'json'))
}
