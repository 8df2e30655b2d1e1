import type { Command } from 'commander'
import { operatorRows } from '../../domain/catalogue/occupancy.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showOperators } from '../../views/catalogue/operatorTable.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { arrangeList, listOptions } from '../options/listOptions.ts'
import { timeOptions } from '../options/timeOptions.ts'
import { withStore } from '../storing/openStore.ts'

export function declare(command: Command): void {
  listOptions(command)
  timeOptions(command)
}

export const examples = [
  'opstat operator list',
  'opstat operator list --filter role=supervisor -o name',
  'opstat operator list --sort -since --limit 10 --time relative',
]

export function run({ globals, options }: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(globals, system, async (store) => {
    const current = await store.read()
    if (!current.ok) return current
    return arrangeList(showOperators(operatorRows(current.value.catalogue, current.value.recorded)), options)
  })
}
