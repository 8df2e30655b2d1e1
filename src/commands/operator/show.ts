import type { Command } from 'commander'
import { namedOperator } from '../../domain/catalogue/named.ts'
import { operatorRow } from '../../domain/catalogue/occupancy.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showOperator } from '../../views/catalogue/operatorTable.ts'
import type { Shown } from '../../views/shown.ts'
import { operatorOrAsk } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { timeOptions } from '../options/timeOptions.ts'
import { withStore } from '../storing/openStore.ts'

export function declare(command: Command): void {
  command.argument('[operator]', 'their id')
  timeOptions(command)
}

export const examples = ['opstat operator add ana --name "Ana Kovalenko"', 'opstat operator show ana']

export function run({ args, globals }: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(globals, system, async (store) => {
    const [given] = args as [string | undefined]
    const id = await operatorOrAsk(given, { globals, system }, { store, message: 'Show which operator?' })
    if (!id.ok) return id
    const current = await store.read()
    if (!current.ok) return current
    const { catalogue, recorded } = current.value
    const operator = namedOperator(catalogue.operators, id.value)
    return operator.ok ? ok(showOperator(operatorRow(catalogue, recorded, operator.value))) : operator
  })
}
