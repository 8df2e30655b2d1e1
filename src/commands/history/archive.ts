import type { Command } from 'commander'
import { permit } from '../../domain/catalogue/permission.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { wordFailure } from '../../views/failures/failure.ts'
import { showArchived } from '../../views/history/archived.ts'
import type { Shown } from '../../views/shown.ts'
import { type Asking, missing } from '../asking/ask.ts'
import { promptsOf } from '../asking/promptsOf.ts'
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
    const before = await readBefore(call.options.before, { globals: call.globals, system })
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

/** The time that is given, else asked for. */
async function readBefore(given: string | undefined, asking: Asking): Promise<Result<number, Failure>> {
  const { globals, system } = asking
  if (given !== undefined) return pastTime(given, system.clock.now())
  if (globals.asks !== 'yes') return missing(globals.asks, { what: 'the time', flag: '--before TIME' })
  const text = await promptsOf(system).text({
    message: 'Archive what was written before which time?',
    check(answer) {
      const before = pastTime(answer, system.clock.now())
      return before.ok ? null : wordFailure(before.failure).message
    },
  })
  return pastTime(text, system.clock.now())
}

/** Epoch milliseconds, not after the present: what is still to come can't be closed. */
function pastTime(text: string, now: number): Result<number, Failure> {
  const before = readTime({ flag: '--before', text })
  if (!before.ok || before.value <= now) return before
  return refuse({ code: 'usage', mistake: 'future-time', flag: '--before', value: text })
}
