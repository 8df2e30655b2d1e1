import type { Command } from 'commander'
import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { operatorRows } from '../../domain/catalogue/occupancy.ts'
import { permit } from '../../domain/catalogue/permission.ts'
import { removeOperators } from '../../domain/edits/operatorEdits.ts'
import type { Deed, Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { removalWords, showRemovedOperators } from '../../views/catalogue/operatorTable.ts'
import { declined } from '../../views/catalogue/outcome.ts'
import type { Shown } from '../../views/shown.ts'
import { askAgreement } from '../asking/agreement.ts'
import { type Asking, operatorOrAsk, readCatalogue } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption } from '../declaring/globals.ts'
import { type ChangeOptions, change } from '../storing/change.ts'
import { changeOf } from '../storing/changeOf.ts'
import { withStore } from '../storing/openStore.ts'

interface Options extends ChangeOptions {
  readonly yes?: boolean
}

export function declare(command: Command): void {
  command.argument('[operators...]', 'their ids; all are removed or none').option('-y, --yes', "don't ask")
  dryRunOption(command)
}

export const examples = ['opstat operator add ana', 'opstat operator remove ana --yes']

const deed: Deed = { kind: 'change', what: 'roster' }

export function run(call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const asking = { globals: call.globals, system }
    const [given = []] = call.args as [readonly string[] | undefined]
    const [first, ...others] = given
    const id = await operatorOrAsk(first, asking, { store, message: 'Remove which operator?' })
    if (!id.ok) return id
    const ids = [id.value, ...others]
    const catalogue = await readCatalogue(store)
    if (!catalogue.ok) return catalogue
    const agreed = await agree(ids, catalogue.value, { asking, options: call.options })
    if (!agreed.ok) return agreed
    if (!agreed.value) return ok(declined('nobody was removed'))
    const outcome = await change(
      store,
      { call, system },
      {
        deed,
        decide({ catalogue: before, recorded }, stamp) {
          const removal = removeOperators(before, ids)
          if (!removal.ok) return removal
          const rows = operatorRows(before, recorded, removal.value.operators)
          return ok(changeOf({ before, after: removal.value.catalogue, stamp }, rows))
        },
      },
    )
    return outcome.ok ? ok(showRemovedOperators(outcome.value.value, outcome.value.effect)) : outcome
  })
}

/** Is there a yes to it? Refused where the removal itself would be, and before all where the account may not. */
async function agree(
  ids: readonly string[],
  catalogue: Catalogue,
  { asking, options }: { readonly asking: Asking; readonly options: Options },
): Promise<Result<boolean, Failure>> {
  const permitted = permit(catalogue, asking.system.account, deed)
  if (!permitted.ok) return permitted
  const removal = removeOperators(catalogue, ids)
  if (!removal.ok) return removal
  if (options.yes === true || options.dryRun === true) return ok(true)
  return askAgreement(removalWords(removal.value.operators), asking)
}
