import type { Command } from 'commander'
import type { Status } from '../../domain/catalogue/catalogue.ts'
import { namedOperator, namedStatus } from '../../domain/catalogue/named.ts'
import { type OperatorRow, operatorRow } from '../../domain/catalogue/occupancy.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Stamp } from '../../domain/history/factsOfChange.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Change, OperatorSnapshot, StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { showStatusSet } from '../../views/catalogue/operatorTable.ts'
import type { Shown } from '../../views/shown.ts'
import { operatorOrAsk, statusOrAsk } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption, feedOption } from '../declaring/globals.ts'
import type { Choice } from '../live/unreadChoices.ts'
import { type ChangeOptions, changeOperator } from '../storing/change.ts'
import { withStore } from '../storing/openStore.ts'
import { currentStatusOf } from './currentStatus.ts'

export function declare(command: Command): void {
  command.argument('[operator]', 'their id').argument('[status]', "the status's id or name")
  feedOption(command)
  dryRunOption(command)
}

export const examples = ['opstat operator add ana', 'opstat operator set-status ana online']

export function run(call: Call<ChangeOptions>, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const asking = { globals: call.globals, system }
    const [givenOperator, givenStatus] = call.args as [string | undefined, string | undefined]
    const id = await operatorOrAsk(givenOperator, asking, { store, message: 'Which operator?' })
    if (!id.ok) return id
    const reference = await statusOrAsk(givenStatus, asking, { store, message: `Put ${id.value} into which status?` })
    if (!reference.ok) return reference
    const wanted = { id: id.value, reference: reference.value }
    const outcome = await changeOperator(
      store,
      { call, system },
      {
        deed: { kind: 'set-status', operator: wanted.id },
        operator: wanted.id,
        decideAlone: (current, stamp) => enterAlone(current, wanted, stamp),
        decide: (current, stamp) => {
          const unread = async () => {
            const { unreadChoices } = await import('../live/unreadChoices.ts')
            return unreadChoices(current, wanted.id, asking)
          }
          return enterStatus(current, wanted, { stamp, unread })
        },
      },
    )
    return outcome.ok ? ok(showStatusSet(outcome.value.value, outcome.value.effect)) : outcome
  })
}

interface Entered {
  readonly row: OperatorRow
  /** Where they were; the same as where they are if they were there already. */
  readonly from: string | null
}

interface Wanted {
  readonly id: string
  /** A status by its id or name. */
  readonly reference: string
}

/** Null where more has to be asked: who else there is, or whether they have left the status again. */
function enterAlone(current: OperatorSnapshot, wanted: Wanted, stamp: Stamp): Result<Entering, Failure> | null {
  const found = find(current, wanted)
  return found.ok && found.value.inHistory !== found.value.to.id
    ? ok(entering(found.value, { stamp, choices: [] }))
    : null
}

/**
 * Puts the operator into the status at the commit. Where the history has them in it already, the unread rest of the
 * feed is asked whether they have left it since: then that choice and its undoing are both told.
 */
async function enterStatus(
  current: StoreSnapshot,
  wanted: Wanted,
  { stamp, unread }: { readonly stamp: Stamp; readonly unread: () => Promise<readonly Choice[]> },
): Promise<Result<Entering, Failure>> {
  const found = find(current, wanted)
  if (!found.ok) return found
  const { inHistory, to } = found.value
  return ok(entering(found.value, { stamp, choices: inHistory === to.id ? await unread() : [] }))
}

interface Found {
  readonly row: OperatorRow
  readonly to: Status
  readonly inHistory: string | null
}

function find(current: OperatorSnapshot, wanted: Wanted): Result<Found, Failure> {
  const { catalogue, recorded } = current
  const operator = namedOperator(catalogue.operators, wanted.id)
  if (!operator.ok) return operator
  const status = namedStatus(catalogue.statuses, wanted.reference)
  if (!status.ok) return status
  const row = operatorRow(catalogue, recorded, operator.value)
  return ok({ row, to: status.value, inHistory: currentStatusOf(current, operator.value) })
}

type Entering = Pick<Change<Entered>, 'facts' | 'value'>

function entering(
  { row, to, inHistory }: Found,
  { stamp, choices }: { readonly stamp: Stamp; readonly choices: readonly Choice[] },
): Entering {
  const from = choices.at(-1)?.to ?? inHistory
  if (from === to.id) return { facts: [], value: { row, from } }
  const { at, by } = stamp
  const entered = { type: 'status-entered', operator: row.id, cause: 'admin', due: null, lastSeen: null } as const
  return {
    facts: [...choices, { ...entered, at, from, to: to.id, by }],
    value: { row: { ...row, status: to.id, statusName: to.name, since: at }, from },
  }
}
