import type { Command } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import { eachPresence } from '../../domain/presence/presence.ts'
import type { Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { presenceList } from '../../views/presence/presenceTable.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { feedOption } from '../declaring/globals.ts'
import { readPresenceNow } from '../live/presenceNow.ts'
import { arrangeList, listOptions } from '../options/listOptions.ts'
import { timeOptions } from '../options/timeOptions.ts'

export function declare(command: Command): void {
  listOptions(command)
  timeOptions(command)
  command.option(
    '--live',
    'go on showing what changes: in place on a terminal, else a line for each; Ctrl-C ends it with 130',
  )
  feedOption(command)
}

export const examples = [
  'opstat operator add ana --name "Ana Kovalenko" --status online',
  'opstat presence list',
  'opstat presence list --filter presence=waiting --sort switchAt',
  'opstat presence list -o json',
]

/** Who is present now, from history, checkpoint and feed, whether or not a watcher runs. */
export async function run(call: Call<{ readonly live?: boolean }>, system: System): Promise<Result<Shown, Failure>> {
  if (call.options.live === true) return (await import('../live/liveList.ts')).showLive(call, system)
  const read = await readPresenceNow(call.globals, system)
  if (!read.ok) return read
  const { state, roster, now, notes } = read.value
  const operators = roster()
  const list = presenceList(() => eachPresence(state, { operators }, now), notes)
  return arrangeList(list, call.options)
}
