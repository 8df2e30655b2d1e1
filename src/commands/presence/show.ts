import type { Command } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import { presenceRow } from '../../domain/presence.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { similarTo } from '../../domain/text.ts'
import type { System } from '../../system/system.ts'
import { presenceCard } from '../../views/presenceTable.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../command.ts'
import { feedOption } from '../globals.ts'
import { readPresenceNow } from '../live/presenceNow.ts'
import { timeOptions } from '../timeOptions.ts'

export function declare(command: Command): void {
  command.argument('<operator>', "the operator's id")
  timeOptions(command)
  feedOption(command)
}

export const examples = ['opstat operator add ana --name "Ana Kovalenko" --status online', 'opstat presence show ana']

export async function run(call: Call, system: System): Promise<Result<Shown, Failure>> {
  const [reference] = call.args as [string]
  const read = await readPresenceNow(call.globals, system)
  if (!read.ok) return read
  const { state, catalogue, now, notes } = read.value
  const operator = catalogue.operators.find(({ id }) => id === reference)
  if (operator === undefined) {
    return refuse({
      code: 'operator-not-found',
      reference,
      similar: similarTo(
        reference,
        catalogue.operators.map(({ id }) => id),
      ),
    })
  }
  return ok(presenceCard(presenceRow(state, operator, now), notes))
}
