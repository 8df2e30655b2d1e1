import type { Command } from 'commander'
import { namedStatus } from '../../domain/catalogue/named.ts'
import { statusRow } from '../../domain/catalogue/occupancy.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showStatus } from '../../views/catalogue/statusTable.ts'
import type { Shown } from '../../views/shown.ts'
import { statusOrAsk } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { withStore } from '../storing/openStore.ts'

export function declare(command: Command): void {
  command.argument('[status]', 'its id or name')
}

export const examples = ['opstat status show on-break', 'opstat status show "On break" -o json']

export function run({ args, globals }: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(globals, system, async (store) => {
    const [given] = args as [string | undefined]
    const reference = await statusOrAsk(given, { globals, system }, { store, message: 'Show which status?' })
    if (!reference.ok) return reference
    const current = await store.read()
    if (!current.ok) return current
    const { catalogue, recorded } = current.value
    const status = namedStatus(catalogue.statuses, reference.value)
    return status.ok ? ok(showStatus(statusRow(catalogue, recorded, status.value))) : status
  })
}
