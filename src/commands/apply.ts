import type { Command } from 'commander'
import { permit } from '../domain/catalogue/permission.ts'
import type { Deed, Failure } from '../domain/failure.ts'
import { factsOfChange, type Stamp } from '../domain/history/factsOfChange.ts'
import type { HistoryFact } from '../domain/history/history.ts'
import type { PlannedChange } from '../domain/manifest/plan.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import type { Change, Store, StoreSnapshot } from '../store/port.ts'
import type { System } from '../system/system.ts'
import { declined } from '../views/catalogue/outcome.ts'
import { countsOf, deletionWords, planText, showApplied } from '../views/catalogue/planText.ts'
import type { Shown } from '../views/shown.ts'
import { askAgreement } from './asking/agreement.ts'
import { promptPaint } from './asking/prompts.ts'
import type { Call } from './declaring/command.ts'
import { dryRunOption } from './declaring/globals.ts'
import { planFor, type WholePlan } from './manifest/planFor.ts'
import { type Manifest, readManifest } from './manifest/readManifest.ts'
import { change } from './storing/change.ts'
import { withStore } from './storing/openStore.ts'

interface Options {
  readonly file: readonly string[]
  readonly prune?: boolean
  readonly yes?: boolean
  readonly dryRun?: boolean
}

export function declare(command: Command): void {
  command
    .requiredOption('-f, --file <file...>', 'manifests, JSON or YAML, taken together; - is standard input')
    .option('--prune', 'delete what the lists of the files leave out')
    .option('-y, --yes', "don't ask before something is deleted")
  dryRunOption(command)
}

export const examples = [
  'opstat export --format yaml > team.yaml',
  'opstat apply -f team.yaml --dry-run',
  'opstat apply -f team.yaml --prune --yes',
]

const deed: Deed = { kind: 'change', what: 'catalogue' }

export async function run(call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  const { options } = call
  const manifest = await readManifest(options.file, system)
  if (!manifest.ok) return manifest
  return withStore(call.globals, system, async (store) => {
    const unlisted = options.prune === true ? 'prune' : 'keep'
    const agreed = await agree({ manifest: manifest.value, store, unlisted }, call, system)
    if (!agreed.ok) return agreed
    const { value: deletions } = agreed
    if (deletions === null) return ok(declined('nothing was changed'))
    const outcome = await change(
      store,
      { call, system },
      {
        deed,
        async decide(current, stamp) {
          const plan = await planFor(manifest.value, current, unlisted)
          if (!plan.ok) return plan
          // Somebody changed the catalogue between the question and the answer.
          const isAgreed = deletionsIn(plan.value.changes).every((deletion) => deletions.has(deletion))
          if (!isAgreed) return refuse({ code: 'changed-underneath', file: store.files().catalogue })
          return ok(changeOfPlan(plan.value, { current, stamp, source: manifest.value.source }))
        },
      },
    )
    if (!outcome.ok) return outcome
    return ok(showApplied(outcome.value.value, { ...manifest.value, effect: outcome.value.effect }))
  })
}

/** The deletions that may be done; null: they were declined. Without a terminal they need `--yes`. */
async function agree(
  wish: { readonly manifest: Manifest; readonly store: Store; readonly unlisted: 'keep' | 'prune' },
  { globals, options }: Call<Options>,
  system: System,
): Promise<Result<{ has(deletion: string): boolean } | null, Failure>> {
  const { yes, dryRun } = options
  if (wish.unlisted === 'keep' || yes === true || dryRun === true) return ok({ has: () => true })
  const current = await wish.store.read()
  if (!current.ok) return current
  const permitted = permit(current.value.catalogue, system.account, deed)
  if (!permitted.ok) return permitted
  const plan = await planFor(wish.manifest, current.value, wish.unlisted)
  if (!plan.ok) return plan
  const { changes } = plan.value
  const deletions = new Set(deletionsIn(changes))
  if (deletions.size === 0) return ok(deletions)
  const asking = { globals, system }
  if (globals.asks === 'yes') await system.stderr.write(`${planText(changes, await promptPaint(asking))}\n`)
  const agreed = await askAgreement(deletionWords(changes), asking)
  return agreed.ok ? ok(agreed.value ? deletions : null) : agreed
}

function deletionsIn(changes: readonly PlannedChange[]): string[] {
  return changes.filter(({ action }) => action === 'delete').map(({ kind, id }) => `${kind} ${id}`)
}

function changeOfPlan(
  { changes, catalogue, rewrite }: WholePlan,
  { current, stamp, source }: { readonly current: StoreSnapshot; readonly stamp: Stamp; readonly source: string },
): Change<readonly PlannedChange[]> {
  if (changes.length === 0) return { facts: [], value: changes }
  const { create, edit, delete: deleted } = countsOf(changes)
  const applied: HistoryFact = {
    type: 'applied',
    ...stamp,
    source,
    changes: { created: create, edited: edit, deleted },
  }
  const facts = [...factsOfChange(current.catalogue, catalogue, stamp), applied]
  return { catalogue, facts, value: changes, ...(rewrite === null ? {} : { rewrite }) }
}
