import type { Command } from 'commander'
import { namedOperator } from '../../domain/catalogue/named.ts'
import type { Failure } from '../../domain/failure.ts'
import type { HistoryEntry } from '../../domain/history/history.ts'
import { isAbout } from '../../domain/history/historyFilter.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { historyShape, showHistory } from '../../views/history/historyTable.ts'
import { jsonLine } from '../../views/show.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { arrangeList, arrangingOptions, type ListOptions } from '../options/listOptions.ts'
import { readTime } from '../options/readTime.ts'
import { timeOptions } from '../options/timeOptions.ts'
import { readLimit } from '../options/wholeNumber.ts'
import { withStore } from '../storing/openStore.ts'

interface Options extends ListOptions {
  readonly operator?: string
  readonly since?: string
}

export function declare(command: Command): void {
  command
    .option('--operator <operator>', 'only what is about this operator')
    .option('--since <time>', 'only what took effect then or later: RFC 3339, or epoch milliseconds')
    .option('--limit <n>', 'only the last so many', readLimit)
  arrangingOptions(command)
  timeOptions(command)
}

export const examples = [
  'opstat operator add ana',
  'opstat operator set-status ana online',
  'opstat history',
  'opstat history --operator ana --since 2026-01-01T00:00:00Z --limit 10 -o json',
]

export function run(call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const { operator, since, limit = Number.POSITIVE_INFINITY } = call.options
    const from = since === undefined ? ok(Number.NEGATIVE_INFINITY) : readTime({ flag: '--since', text: since })
    if (!from.ok) return from
    const unknown = await refusalOf(operator, store)
    const { filter, sort, fields } = call.options
    const arranges = [filter, sort, fields].some((option) => option !== undefined)
    const streams = call.globals.format === 'jsonl' && limit === Number.POSITIVE_INFINITY && !arranges
    const kept: HistoryEntry[] = []
    let mentioned = false
    for await (const entry of store.history()) {
      if (!entry.ok) return entry
      if (operator !== undefined && !isAbout(entry.value, operator)) continue
      mentioned = true
      if (entry.value.at < from.value) continue
      if (streams) await system.stdout.write(`${jsonLine(historyShape(entry.value))}\n`)
      else keep(kept, entry.value, arranges ? Number.POSITIVE_INFINITY : limit)
    }
    // Whoever was removed from the roster still has a history.
    if (unknown !== null && !(mentioned && unknown.code === 'operator-not-found')) return refuse(unknown)
    if (streams) return ok(written)
    return arranges ? arrangeList(showHistory(kept), call.options, 'last') : ok(showHistory(kept.slice(-limit)))
  })
}

/** Everything was written as it was read. */
const written: Shown = { value: undefined, human: () => '' }

/** Keeps the last entries, and not many more than those. */
function keep(kept: HistoryEntry[], entry: HistoryEntry, limit: number): void {
  kept.push(entry)
  if (kept.length > 2 * limit) kept.splice(0, kept.length - limit)
}

/** Why there is nothing to show: no store, or no such operator. A broken catalogue does not hide the history. */
async function refusalOf(operator: string | undefined, store: Store): Promise<Failure | null> {
  const current = await store.read()
  if (!current.ok) return current.failure.code === 'store-missing' ? current.failure : null
  const found = operator === undefined ? null : namedOperator(current.value.catalogue.operators, operator)
  return found === null || found.ok ? null : found.failure
}
