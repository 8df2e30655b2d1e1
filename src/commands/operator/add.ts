import { type Command, Option } from 'commander'
import { roles } from '../../domain/catalogue/catalogue.ts'
import { addOperator, type OperatorInput } from '../../domain/edits/operatorEdits.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { showAddedOperator } from '../../views/catalogue/operatorTable.ts'
import type { Shown } from '../../views/shown.ts'
import { missing, readCatalogue } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption } from '../declaring/globals.ts'
import type { ChangeOptions } from '../storing/change.ts'
import { withStore } from '../storing/openStore.ts'
import { commitOperator } from './commitOperator.ts'
import { askNewOperator } from './questions.ts'

interface Options extends ChangeOptions {
  readonly name?: string
  readonly role?: string
  readonly account?: string
  readonly status?: string
  readonly calendar?: string
}

export function declare(command: Command): void {
  command
    .argument('[id]', 'as the feed calls them: 1 to 64 characters without blanks')
    .option('--name <name>', 'what people call them (default: the id)')
    .addOption(new Option('--role <role>', 'what they may do once access goes by roles').choices(roles))
    .option('--account <account>', "their account on this machine's operating system")
    .option('--status <status>', 'where they start (default: the default offline status)')
    .option('--calendar <calendar>', 'the work calendar that applies')
  dryRunOption(command)
}

export const examples = [
  'opstat operator add ana --name "Ana Kovalenko"',
  'opstat operator add ben --role supervisor --account ben --status on-break',
]

export function run(call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const input = await readInput(call, system, store)
    if (!input.ok) return input
    const added = await commitOperator(store, { call, system }, (catalogue) => addOperator(catalogue, input.value))
    return added.ok ? ok(showAddedOperator(added.value)) : added
  })
}

/** What was given; where not even an id was, id and name are asked for on a terminal. */
async function readInput(call: Call<Options>, system: System, store: Store): Promise<Result<OperatorInput, Failure>> {
  const { globals } = call
  const [id] = call.args as [string | undefined]
  const { name = null, role = null, account = null, status = null, calendar = null } = call.options
  const rest = { role, account, status, calendar }
  if (id !== undefined) return ok({ id, name, ...rest })
  if (globals.asks !== 'yes')
    return missing(globals.asks, { what: "the new operator's id", flag: 'ID: opstat operator add ID' })
  const catalogue = await readCatalogue(store)
  if (!catalogue.ok) return catalogue
  return ok({ ...(await askNewOperator(name, { globals, system }, catalogue.value)), ...rest })
}
