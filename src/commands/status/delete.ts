import type { Command } from 'commander'
import { findStatus } from '../../domain/catalogue/catalogue.ts'
import { occupantsOf } from '../../domain/catalogue/occupancy.ts'
import { permit } from '../../domain/catalogue/permission.ts'
import { type DeletionRequest, deleteStatuses, factsOfDeletion } from '../../domain/edits/statusDeletion.ts'
import type { Deed, Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { declined } from '../../views/catalogue/outcome.ts'
import { deletionWords, showDeletion, targetQuestion } from '../../views/catalogue/statusTable.ts'
import type { Shown } from '../../views/shown.ts'
import { askAgreement } from '../asking/agreement.ts'
import { type Asking, statusOrAsk } from '../asking/ask.ts'
import { askStatus } from '../asking/prompts.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption } from '../declaring/globals.ts'
import { type ChangeOptions, change } from '../storing/change.ts'
import { withStore } from '../storing/openStore.ts'

interface Options extends ChangeOptions {
  readonly moveTo?: string
  readonly yes?: boolean
}

export function declare(command: Command): void {
  command
    .argument('[statuses...]', 'their ids or names; all are deleted or none')
    .option('--move-to <status>', 'where operators go that are in one of them or start in one')
    .option('-y, --yes', "don't ask")
  dryRunOption(command)
}

export const examples = [
  'opstat status delete on-break --dry-run',
  'opstat status delete on-break --move-to offline --yes',
]

const deed: Deed = { kind: 'change', what: 'statuses' }

export function run(call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const asking = { globals: call.globals, system }
    const [given = []] = call.args as [readonly string[] | undefined]
    const [first, ...others] = given
    const reference = await statusOrAsk(first, asking, { store, message: 'Delete which status?' })
    if (!reference.ok) return reference
    const { moveTo = null } = call.options
    const current = await store.read()
    if (!current.ok) return current
    const wanted = { references: [reference.value, ...others], moveTo }
    const agreed = await agree(wanted, current.value, { asking, options: call.options })
    if (!agreed.ok) return agreed
    const { value: request } = agreed
    if (request === null) return ok(declined('nothing was deleted'))
    const outcome = await change(
      store,
      { call, system },
      {
        deed,
        decide({ catalogue, recorded }, stamp) {
          const deletion = deleteStatuses(catalogue, { ...request, occupants: occupantsOf(catalogue, recorded) })
          if (!deletion.ok) return deletion
          const { value } = deletion
          return ok({ catalogue: value.catalogue, facts: factsOfDeletion(catalogue, value, stamp), value })
        },
      },
    )
    return outcome.ok ? ok(showDeletion(outcome.value.value, outcome.value.effect)) : outcome
  })
}

type Wanted = Omit<DeletionRequest, 'occupants'>

/** The deletion with a yes to it from an account that may, and with a place for its operators where one was asked for; null: it was declined. */
async function agree(
  wanted: Wanted,
  { catalogue, recorded }: StoreSnapshot,
  { asking, options }: { readonly asking: Asking; readonly options: Options },
): Promise<Result<Wanted | null, Failure>> {
  const permitted = permit(catalogue, asking.system.account, deed)
  if (!permitted.ok) return permitted
  const occupants = occupantsOf(catalogue, recorded)
  let agreed = wanted
  let deletion = deleteStatuses(catalogue, { ...agreed, occupants })
  if (!deletion.ok && asking.globals.asks === 'yes' && options.yes !== true && needsTarget(deletion.failure)) {
    const doomed = new Set(wanted.references.map((reference) => findStatus(catalogue.statuses, reference)))
    const targets = catalogue.statuses.filter((status) => !doomed.has(status))
    if (targets.length === 0) return deletion
    agreed = { ...wanted, moveTo: await askStatus(asking, targetQuestion(deletion.failure), targets) }
    deletion = deleteStatuses(catalogue, { ...agreed, occupants })
  }
  if (!deletion.ok) return deletion
  if (options.yes === true || options.dryRun === true) return ok(agreed)
  const isAgreed = await askAgreement(deletionWords(deletion.value), asking)
  return isAgreed.ok ? ok(isAgreed.value ? agreed : null) : isAgreed
}

type InUse = Extract<Failure, { code: 'status-in-use' }>

/** Is it only operators that keep the statuses? */
function needsTarget(failure: Failure): failure is InUse {
  if (failure.code !== 'status-in-use') return false
  const uses = [failure, ...failure.others].flatMap((status) => status.uses)
  return uses.every(({ by }) => by === 'operators-in' || by === 'operators-start')
}
