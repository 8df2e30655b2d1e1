import type { Failure } from '../../domain/failure.ts'
import { operatorRows } from '../../domain/occupancy.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showOperators } from '../../views/operatorTable.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../command.ts'
import { withStore } from '../openStore.ts'

export function declare(): void {
  // It has no words of its own.
}

export const examples = ['opstat operator list', 'opstat operator list -o name']

export function run({ globals }: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(globals, system, async (store) => {
    const current = await store.read()
    return current.ok ? ok(showOperators(operatorRows(current.value.catalogue, current.value.recorded))) : current
  })
}
