import { type Command, Option } from 'commander'
import { roles } from '../../domain/catalogue/catalogue.ts'
import { namedOperator } from '../../domain/catalogue/named.ts'
import { editOperator, type OperatorChanges } from '../../domain/edits/operatorEdits.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { showEditedOperator } from '../../views/catalogue/operatorTable.ts'
import type { Shown } from '../../views/shown.ts'
import { missing, operatorOrAsk, readCatalogue } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption } from '../declaring/globals.ts'
import { withStore } from '../storing/openStore.ts'
import { commitOperator } from './commitOperator.ts'
import { askOperatorChanges } from './questions.ts'

export function declare(command: Command): void {
  command
    .argument('[operator]', 'their id')
    .option('--name <name>', 'what people call them')
    .addOption(new Option('--role <role>', 'what they may do once access goes by roles').choices(roles))
    .option('--account <account>', "their account on this machine's operating system")
    .option('--no-account', 'they have none')
    .option('--status <status>', 'where they start; where they are now: opstat operator set-status')
    .option('--no-status', 'they start where everybody does')
    .option('--calendar <calendar>', 'the work calendar that applies')
    .option('--no-calendar', 'none applies')
  dryRunOption(command)
}

export const examples = [
  'opstat operator add ana --name "Ana Kovalenko"',
  'opstat operator edit ana --role supervisor --account ana',
  'opstat operator edit ana --no-account',
]

export function run(call: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const asking = { globals: call.globals, system }
    const [given] = call.args as [string | undefined]
    const id = await operatorOrAsk(given, asking, { store, message: 'Change which operator?' })
    if (!id.ok) return id
    const changes = await readChanges(call, system, { store, id: id.value })
    if (!changes.ok) return changes
    const edited = await commitOperator(store, { call, system }, (catalogue) =>
      editOperator(catalogue, id.value, changes.value),
    )
    return edited.ok ? ok(showEditedOperator(edited.value)) : edited
  })
}

/** What was given, `--no-…` taking it away; on a terminal, where nothing was, name and role are asked for. */
async function readChanges(
  { options, globals }: Call,
  system: System,
  { store, id }: { readonly store: Store; readonly id: string },
): Promise<Result<OperatorChanges, Failure>> {
  const given = Object.entries(options).filter(([flag]) => flag !== 'dryRun')
  if (given.length > 0)
    return ok(Object.fromEntries(given.map(([flag, value]) => [flag, value === false ? null : value])))
  const { asks } = globals
  if (asks !== 'yes')
    return missing(asks, { what: 'what to change', flag: 'one of the flags: opstat operator edit --help' })
  const catalogue = await readCatalogue(store)
  if (!catalogue.ok) return catalogue
  const operator = namedOperator(catalogue.value.operators, id)
  return operator.ok ? ok(await askOperatorChanges(operator.value, { globals, system })) : operator
}
