import type { Command } from 'commander'
import { namedOperator } from '../../domain/catalogue/named.ts'
import type { Failure } from '../../domain/failure.ts'
import { presenceRow } from '../../domain/presence/presence.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { presenceCard } from '../../views/presence/presenceTable.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { feedOption } from '../declaring/globals.ts'
import { readPresenceNow } from '../live/presenceNow.ts'
import { timeOptions } from '../options/timeOptions.ts'
import { askedOperator } from './askedOperator.ts'

export function declare(command: Command): void {
  command.argument('[operator]', "the operator's id")
  timeOptions(command)
  feedOption(command)
}

export const examples = ['opstat operator add ana --name "Ana Kovalenko" --status online', 'opstat presence show ana']

export async function run(call: Call, system: System): Promise<Result<Shown, Failure>> {
  const reference = await askedOperator(call, system, 'Show which operator?')
  if (!reference.ok) return reference
  const read = await readPresenceNow(call.globals, system)
  if (!read.ok) return read
  const { state, catalogue, now, notes } = read.value
  const operator = namedOperator(catalogue.operators, reference.value)
  return operator.ok ? ok(presenceCard(presenceRow(state, operator.value, now), notes)) : operator
}
