import type { Command } from 'commander'
import { explain } from '../../domain/explaining/explain.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showExplanation } from '../../views/explaining/explanationView.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { feedOption } from '../declaring/globals.ts'
import { gatherAt } from '../explaining/evidenceAt.ts'
import { gatherNow } from '../explaining/evidenceNow.ts'
import { rereadable } from '../explaining/rereadable.ts'
import { readPast, type StoredPast } from '../explaining/storedPast.ts'
import { readTime } from '../options/readTime.ts'
import { askedOperator } from './askedOperator.ts'

export function declare(command: Command): void {
  command
    .argument('[operator]', "the operator's id")
    .option('--at <time>', 'look back at this instant, through history and feed (default: now)')
    .addHelpText('after', meaning)
  feedOption(command)
}

const meaning = `
Says why the operator is where they are: the sign of life that counted, the wait, the deadline, what did not count, the
setting that chose the target and those that did not apply, who changed what, and what would have prevented the switch;
or why nothing will happen. Where the history knows nothing of the instant, the feed is played as simulate does.`

export const examples = [
  'opstat operator add ana --name "Ana Kovalenko" --status online',
  'opstat presence record open ana --session tab-1',
  'opstat presence explain ana',
  `opstat presence explain agent-003 --at 1999-02-05T05:01:13Z \\
    --store examples/bank-day/statuses.json --heartbeats examples/bank-day/feed.jsonl`,
]

interface ExplainOptions {
  readonly at?: string
}

export async function run(call: Call<ExplainOptions>, system: System): Promise<Result<Shown, Failure>> {
  const at = instantOf(call.options.at, system.clock.now())
  if (!at.ok) return at
  const instant = at.value ?? Number.POSITIVE_INFINITY
  const operator = await askedOperator(call, system, 'Explain which operator?')
  if (!operator.ok) return operator
  const stored = await readPast(call.globals, system, { operator: operator.value, instant })
  if (!stored.ok) return stored
  const reader = rereadable(call.globals, system)
  const gathered =
    at.value === null
      ? await gatherNow(call.globals, reader, stored.value)
      : await gatherAt(call.globals, reader, stored.value)
  if (!gathered.ok) return gathered
  const { evidence, notes } = gathered.value
  return ok(showExplanation(explain(evidence), { names: namesOf(stored.value), notes }))
}

/** Null: now. */
function instantOf(text: string | undefined, now: number): Result<number | null, Failure> {
  if (text === undefined) return ok(null)
  const at = readTime({ flag: '--at', text })
  if (!at.ok || at.value <= now) return at
  return refuse({ code: 'usage', mistake: 'future-time', flag: '--at', value: text })
}

function namesOf({ catalogue, past }: StoredPast): Map<string, string> {
  const then = [...past.recorded.statuses].map(([id, { name }]): [string, string] => [id, name])
  return new Map([...catalogue.statuses.map(({ id, name }): [string, string] => [id, name]), ...then])
}
