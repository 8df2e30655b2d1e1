import type { Command } from 'commander'
import { type OperatorRow, operatorRow } from '../../domain/catalogue/occupancy.ts'
import { namedOperator } from '../../domain/edits/operatorEdits.ts'
import { namedStatus } from '../../domain/edits/statusEdits.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Stamp } from '../../domain/history/factsOfChange.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Change, StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { showStatusSet } from '../../views/catalogue/operatorTable.ts'
import type { Shown } from '../../views/shown.ts'
import { operatorOrAsk, statusOrAsk } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption, feedOption } from '../declaring/globals.ts'
import type { Choice } from '../live/unreadChoices.ts'
import { change } from '../storing/change.ts'
import { withStore } from '../storing/openStore.ts'
import { currentStatusOf } from './currentStatus.ts'

export function declare(command: Command): void {
  command.argument('[operator]', 'their id').argument('[status]', "the status's id or name")
  feedOption(command)
  dryRunOption(command)
}

export const examples = ['opstat operator add ana', 'opstat operator set-status ana online']

export function run(call: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const asking = { globals: call.globals, system }
    const [givenOperator, givenStatus] = call.args as [string | undefined, string | undefined]
    const id = await operatorOrAsk(givenOperator, asking, { store, message: 'Which operator?' })
    if (!id.ok) return id
    const reference = await statusOrAsk(givenStatus, asking, { store, message: `Put ${id.value} into which status?` })
    if (!reference.ok) return reference
    const outcome = await change(
      store,
      { call, system },
      {
        deed: { kind: 'set-status', operator: id.value },
        decide: (current, stamp) => {
          const wanted = { id: id.value, reference: reference.value }
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

/**
 * Puts the operator into the status at the commit. Where the history has them in it already, the unread rest of the
 * feed is asked whether they have left it since: then that choice and its undoing are both told.
 */
async function enterStatus(
  current: StoreSnapshot,
  wanted: { readonly id: string; readonly reference: string },
  { stamp, unread }: { readonly stamp: Stamp; readonly unread: () => Promise<readonly Choice[]> },
): Promise<Result<Change<Entered>, Failure>> {
  const { catalogue, recorded } = current
  const operator = namedOperator(catalogue.operators, wanted.id)
  if (!operator.ok) return operator
  const status = namedStatus(catalogue.statuses, wanted.reference)
  if (!status.ok) return status
  const row = operatorRow(catalogue, recorded, operator.value)
  const { id: to, name: statusName } = status.value
  const inHistory = currentStatusOf(current, operator.value)
  const choices = inHistory === to ? await unread() : []
  const from = choices.at(-1)?.to ?? inHistory
  if (from === to) return ok({ facts: [], value: { row, from } })
  const { at, by } = stamp
  const entered = { type: 'status-entered', operator: wanted.id, cause: 'admin', due: null, lastSeen: null } as const
  return ok({
    facts: [...choices, { ...entered, at, from, to, by }],
    value: { row: { ...row, status: to, statusName, since: at }, from },
  })
}
