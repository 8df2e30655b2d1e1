import type { Command } from 'commander'
import { createStatus, type StatusInput } from '../../domain/edits/statusEdits.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { showCreatedStatus } from '../../views/catalogue/statusTable.ts'
import type { Shown } from '../../views/shown.ts'
import { missing, readCatalogue } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption } from '../declaring/globals.ts'
import { readPosition } from '../options/wholeNumber.ts'
import type { ChangeOptions } from '../storing/change.ts'
import { withStore } from '../storing/openStore.ts'
import { commitStatus } from './commitStatus.ts'

interface Options extends ChangeOptions {
  readonly id?: string
  readonly color?: string
  readonly canReceive?: boolean
  readonly countAfterClose?: boolean
  readonly position?: number
}

export function declare(command: Command): void {
  command
    .argument('[name]', 'what people call it')
    .option('--id <id>', 'what scripts call it (default: made from the name)')
    .option('--color <color>', '#rgb, #rrggbb or a CSS colour name (default: one that is not used yet)')
    .option('--can-receive', 'new dialogues may be routed to operators in it')
    .option('--no-can-receive', 'they may not (the default)')
    .option('--count-after-close', "its time counts from the close of the operator's last dialogue")
    .option('--no-count-after-close', 'it counts from the start (the default)')
    .option('--position <n>', 'its place in the list, 1 being the first (default: the last)', readPosition)
  dryRunOption(command)
}

export const examples = [
  'opstat status create Lunch --color orange --count-after-close',
  'opstat status create "Back office" --id back-office --color "#3949ab" --position 2',
]

export function run(call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const input = await readInput(call, system, store)
    if (!input.ok) return input
    const created = await commitStatus(store, { call, system }, (catalogue) => createStatus(catalogue, input.value))
    return created.ok ? ok(showCreatedStatus(created.value)) : created
  })
}

/** What was given; on a terminal the rest is asked for. What can't be accepted anyway is refused before that. */
async function readInput(call: Call<Options>, system: System, store: Store): Promise<Result<StatusInput, Failure>> {
  const { globals } = call
  const [name] = call.args as [string | undefined]
  const { id, color, canReceive, countAfterClose, position } = call.options
  const { asks } = globals
  if (name === undefined && asks !== 'yes')
    return missing(asks, { what: "the new status's name", flag: 'NAME: opstat status create NAME' })
  const place = { id: id ?? null, position: position ?? null }
  const given: StatusInput = {
    name: name ?? '',
    color: color ?? null,
    canReceive: canReceive ?? false,
    countAfterClose: countAfterClose ?? false,
    ...place,
  }
  if (asks !== 'yes') return ok(given)
  const catalogue = await readCatalogue(store)
  if (!catalogue.ok) return catalogue
  const refused = name === undefined ? null : createStatus(catalogue.value, given)
  if (refused !== null && !refused.ok) return refused
  const { askNewStatus } = await import('./questions.ts')
  const answers = await askNewStatus({ name, color, canReceive, countAfterClose }, { globals, system }, catalogue.value)
  return ok({ ...answers, ...place })
}
