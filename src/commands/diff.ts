import type { Command } from 'commander'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result } from '../domain/result.ts'
import type { System } from '../system/system.ts'
import { showDiff } from '../views/catalogue/planText.ts'
import type { Shown } from '../views/shown.ts'
import type { Call } from './declaring/command.ts'
import { planFor } from './manifest/planFor.ts'
import { readManifest } from './manifest/readManifest.ts'
import { withStore } from './storing/openStore.ts'

interface Options {
  readonly file: readonly string[]
  readonly prune?: boolean
}

export function declare(command: Command): void {
  command
    .requiredOption('-f, --file <file...>', 'manifests, JSON or YAML, taken together; - is standard input')
    .option('--prune', 'show also what would be deleted, as no file lists it')
}

export const examples = ['opstat export --format yaml > team.yaml', 'opstat diff -f team.yaml --prune']

/** The plan of `apply` without doing it. */
export async function run({ options, globals }: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  const { file, prune = false } = options
  const manifest = await readManifest(file, system)
  if (!manifest.ok) return manifest
  return withStore(globals, system, async (store) => {
    const current = await store.read()
    if (!current.ok) return current
    const plan = await planFor(manifest.value, current.value, prune ? 'prune' : 'keep')
    return plan.ok ? ok(showDiff(plan.value.changes, manifest.value)) : plan
  })
}
