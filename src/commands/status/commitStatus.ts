import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { statusRow } from '../../domain/catalogue/occupancy.ts'
import type { StatusEdit } from '../../domain/edits/statusEdits.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { ChangedStatus } from '../../views/catalogue/statusTable.ts'
import type { Call } from '../declaring/command.ts'
import { type ChangeOptions, change } from '../storing/change.ts'
import { changeOf } from '../storing/changeOf.ts'
import { type ColorOptions, colorRemarkFor } from './colorRemark.ts'

type StatusOptions = ChangeOptions & ColorOptions

/** Makes the edit of one status inside the lock. */
export async function commitStatus(
  store: Store,
  { call, system }: { readonly call: Call<StatusOptions>; readonly system: System },
  edit: (catalogue: Catalogue) => Result<StatusEdit, Failure>,
): Promise<Result<ChangedStatus, Failure>> {
  const outcome = await change(
    store,
    { call, system },
    {
      deed: { kind: 'change', what: 'statuses' },
      decide({ catalogue: before, recorded }, stamp) {
        const edited = edit(before)
        if (!edited.ok) return edited
        const { catalogue: after, status } = edited.value
        return ok(changeOf({ before, after, stamp }, statusRow(after, recorded, status)))
      },
    },
  )
  if (!outcome.ok) return outcome
  const { value: row, effect } = outcome.value
  return ok({ row, effect, remark: await colorRemarkFor(call, row.color) })
}
