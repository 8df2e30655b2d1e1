import type { Command } from 'commander'
import { exportedDocument } from '../domain/catalogue/exported.ts'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result } from '../domain/result.ts'
import type { System } from '../system/system.ts'
import { showManifest } from '../views/catalogue/manifest.ts'
import type { Shown } from '../views/shown.ts'
import type { Call } from './declaring/command.ts'
import { formatOption, type ManifestFormat, manifestFormat } from './manifest/manifestFormat.ts'
import { withStore } from './storing/openStore.ts'

export function declare(command: Command): void {
  command.addOption(formatOption())
}

export const examples = ['opstat export > team.json', 'opstat export --format yaml | opstat apply -f -']

/** The catalogue as a manifest: applied to the same catalogue it changes nothing. */
export async function run(
  { globals, options }: Call<{ readonly format?: ManifestFormat }>,
  system: System,
): Promise<Result<Shown, Failure>> {
  const format = manifestFormat(options.format, globals.format)
  if (!format.ok) return format
  return withStore(globals, system, async (store) => {
    const current = await store.read()
    if (!current.ok) return current
    const document = exportedDocument(current.value.catalogue, await current.value.document())
    return ok(await showManifest(document, format.value))
  })
}
