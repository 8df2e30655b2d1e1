import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { operatorRow } from '../../domain/catalogue/occupancy.ts'
import type { OperatorEdit } from '../../domain/edits/operatorEdits.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { ChangedOperator } from '../../views/catalogue/operatorTable.ts'
import type { Call } from '../declaring/command.ts'
import { type ChangeOptions, change } from '../storing/change.ts'
import { changeOf } from '../storing/changeOf.ts'

/** Makes the edit of one operator inside the lock. Whoever is new begins their first stay with it. */
export async function commitOperator(
  store: Store,
  { call, system }: { readonly call: Pick<Call<ChangeOptions>, 'options'>; readonly system: System },
  edit: (catalogue: Catalogue) => Result<OperatorEdit, Failure>,
): Promise<Result<ChangedOperator, Failure>> {
  const outcome = await change(
    store,
    { call, system },
    {
      deed: { kind: 'change', what: 'roster' },
      decide({ catalogue: before, recorded }, stamp) {
        const edited = edit(before)
        if (!edited.ok) return edited
        const { catalogue: after, operator } = edited.value
        const row = operatorRow(after, recorded, operator)
        const isNew = !before.operators.some(({ id }) => id === operator.id)
        return ok(changeOf({ before, after, stamp }, isNew ? { ...row, since: stamp.at } : row))
      },
    },
  )
  if (!outcome.ok) return outcome
  const { value: row, effect } = outcome.value
  return ok({ row, effect })
}
