import type { Command } from 'commander'
import { permit } from '../../domain/catalogue/permission.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showArchived } from '../../views/history/archived.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption } from '../declaring/globals.ts'
import { readTime } from '../options/readTime.ts'
import { withStore } from '../storing/openStore.ts'

export function declare(command: Command): void {
  command.option('--before <time>', 'archive what was written before: RFC 3339, or epoch milliseconds')
  dryRunOption(command)
}

export const examples = [
  'opstat operator add ana',
  'opstat history archive --before 2026-01-01T00:00:00Z --dry-run',
  'opstat history archive --before 2026-01-01T00:00:00Z',
]

interface Options {
  readonly before?: string
  readonly dryRun?: boolean
}

/** Puts the older part of the history into a file of its own; everything that reads the history reads both. */
export function run(call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const before = readBefore(call.options.before, system.clock.now())
    if (!before.ok) return before
    const rehearsed = call.options.dryRun === true
    const archived = await store.archive({
      before: before.value,
      permit: (catalogue) => permit(catalogue, system.account, { kind: 'change', what: 'catalogue' }),
      rehearsed,
    })
    return archived.ok ? ok(showArchived(archived.value, { before: before.value, rehearsed })) : archived
  })
}

/** Epoch milliseconds, not after the present: what is still to come can't be closed. */
function readBefore(text: string | undefined, now: number): Result<number, Failure> {
  if (text === undefined) return refuse({ code: 'missing-answer', what: 'the time', flag: '--before TIME' })
  const before = readTime({ flag: '--before', text })
  if (!before.ok || before.value <= now) return before
  return refuse({
    code: 'usage',
    message: `--before ${text} lies in the future`,
    hint: 'give a time that has passed',
  })
}
