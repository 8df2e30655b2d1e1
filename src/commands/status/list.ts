import type { Failure } from '../../domain/failure.ts'
import { statusRows } from '../../domain/occupancy.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import type { Shown } from '../../views/shown.ts'
import { showStatuses } from '../../views/statusTable.ts'
import type { Call } from '../command.ts'
import { withStore } from '../openStore.ts'

export function declare(): void {
  // It has no words of its own.
}

export const examples = ['opstat status list', 'opstat status list -o json']

export function run({ globals }: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(globals, system, async (store) => {
    const current = await store.read()
    if (!current.ok) return current
    return ok(showStatuses(statusRows(current.value.catalogue, current.value.recorded)))
  })
}
