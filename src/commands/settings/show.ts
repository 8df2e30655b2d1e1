import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showSettings } from '../../views/catalogue/settingsTable.ts'
import type { Shown } from '../../views/shown.ts'
import { readCatalogue } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { withStore } from '../storing/openStore.ts'

export function declare(): void {
  // It has no words of its own.
}

export const examples = ['opstat settings show', 'opstat settings show -o json']

export function run({ globals }: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(globals, system, async (store) => {
    const catalogue = await readCatalogue(store)
    return catalogue.ok ? ok(showSettings(catalogue.value)) : catalogue
  })
}
