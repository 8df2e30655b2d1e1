import type { Command } from 'commander'
import { statusRows } from '../../domain/catalogue/occupancy.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showStatuses } from '../../views/catalogue/statusTable.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { arrangeList, listOptions } from '../options/listOptions.ts'
import { withStore } from '../storing/openStore.ts'

export function declare(command: Command): void {
  listOptions(command)
}

export const examples = [
  'opstat status list',
  'opstat status list -o json',
  'opstat status list --filter canReceive=yes --fields id,name --sort name',
]

export function run({ globals, options }: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(globals, system, async (store) => {
    const current = await store.read()
    if (!current.ok) return current
    return arrangeList(showStatuses(statusRows(current.value.catalogue, current.value.recorded)), options)
  })
}
