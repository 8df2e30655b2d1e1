import type { Command } from 'commander'
import { namedStatus } from '../../domain/catalogue/named.ts'
import { editStatus, type StatusChanges } from '../../domain/edits/statusEdits.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { showEditedStatus } from '../../views/catalogue/statusTable.ts'
import type { Shown } from '../../views/shown.ts'
import { missing, readCatalogue, statusOrAsk } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption } from '../declaring/globals.ts'
import { readPosition } from '../options/wholeNumber.ts'
import type { ChangeOptions } from '../storing/change.ts'
import { withStore } from '../storing/openStore.ts'
import { commitStatus } from './commitStatus.ts'

type Options = StatusChanges & ChangeOptions

export function declare(command: Command): void {
  command
    .argument('[status]', 'its id or name')
    .option('--name <name>', 'what people call it; the id stays')
    .option('--color <color>', '#rgb, #rrggbb or a CSS colour name')
    .option('--can-receive', 'new dialogues may be routed to operators in it')
    .option('--no-can-receive', 'they may not')
    .option('--count-after-close', "its time counts from the close of the operator's last dialogue")
    .option('--no-count-after-close', 'it counts from the start')
    .option('--position <n>', 'its place in the list, 1 being the first', readPosition)
  dryRunOption(command)
}

export const examples = [
  'opstat status edit on-break --name Pause --color teal',
  'opstat status edit on-break --can-receive --no-count-after-close',
  'opstat status edit on-break --position 1',
]

export function run(call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const asking = { globals: call.globals, system }
    const [given] = call.args as [string | undefined]
    const reference = await statusOrAsk(given, asking, { store, message: 'Change which status?' })
    if (!reference.ok) return reference
    const changes = await readChanges(call, system, { store, reference: reference.value })
    if (!changes.ok) return changes
    const edited = await commitStatus(store, { call, system }, (catalogue) =>
      editStatus(catalogue, reference.value, changes.value),
    )
    return edited.ok ? ok(showEditedStatus(edited.value)) : edited
  })
}

/** What was given; on a terminal, where nothing was, everything is asked for. */
async function readChanges(
  { options, globals }: Call<Options>,
  system: System,
  { store, reference }: { readonly store: Store; readonly reference: string },
): Promise<Result<StatusChanges, Failure>> {
  const { dryRun: _, ...changes } = options
  if (Object.keys(changes).length > 0) return ok(changes)
  const { asks } = globals
  if (asks !== 'yes')
    return missing(asks, { what: 'what to change', flag: 'one of the flags: opstat status edit --help' })
  const catalogue = await readCatalogue(store)
  if (!catalogue.ok) return catalogue
  const status = namedStatus(catalogue.value.statuses, reference)
  if (!status.ok) return status
  const { askStatusChanges } = await import('./questions.ts')
  return ok(await askStatusChanges(status.value, { globals, system }, catalogue.value))
}
