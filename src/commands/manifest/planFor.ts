import { occupantsOf } from '../../domain/catalogue/occupancy.ts'
import type { Failure } from '../../domain/failure.ts'
import { planExtraKeys } from '../../domain/manifest/extraKeys.ts'
import { type Plan, planApply } from '../../domain/manifest/plan.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { StoreSnapshot } from '../../store/port.ts'
import type { Manifest } from './readManifest.ts'

/** A plan with the keys that opstat does not know. */
export interface WholePlan extends Plan {
  readonly rewrite: ((document: unknown) => unknown) | null
}

/** What the manifest would change in what the store holds. */
export async function planFor(
  manifest: Manifest,
  current: StoreSnapshot,
  unlisted: 'keep' | 'prune',
): Promise<Result<WholePlan, Failure>> {
  const { catalogue, recorded } = current
  const { wanted, source } = manifest
  const occupants = occupantsOf(catalogue, recorded)
  const plan = planApply({ current: catalogue, wanted, source, unlisted, occupants })
  if (!plan.ok) return refuse(await manifest.place(plan.failure))
  const { changes, rewrite } = planExtraKeys({
    document: await current.document(),
    current: catalogue,
    manifest: manifest.document,
    planned: plan.value.catalogue,
    changes: plan.value.changes,
  })
  return ok({ changes, rewrite, catalogue: plan.value.catalogue })
}
