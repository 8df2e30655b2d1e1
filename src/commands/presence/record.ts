import { Argument, type Command } from 'commander'
import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { namedOperator } from '../../domain/edits/operatorEdits.ts'
import { namedStatus } from '../../domain/edits/statusEdits.ts'
import { commandLine, type Failure } from '../../domain/failure.ts'
import { type FeedRecord, type RecordKind, recordKinds } from '../../domain/records/records.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { formatTime } from '../../domain/time.ts'
import { appendRecord, formatRecord } from '../../feed/appendRecord.ts'
import { longestLine } from '../../feed/feedFile.ts'
import type { System } from '../../system/system.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption, feedOption } from '../declaring/globals.ts'
import { readTime } from '../options/readTime.ts'
import { openStore } from '../storing/openStore.ts'

export function declare(command: Command): void {
  command
    .addArgument(new Argument('<event>', 'what happened').choices(recordKinds))
    .argument('[operator]', "the operator's id (not for tick and inquiry)")
    .option('--session <session>', 'the panel session, for open, beat and close (default: cli)')
    .option('--dialogue <dialogue>', 'the dialogue, for dialogue-open and dialogue-close')
    .option('--status <status>', 'the status chosen, for status')
    .option('--inquiry <inquiry>', 'the inquiry, for inquiry')
    .option('--at <time>', 'when it happened (default: now)')
  feedOption(command)
  dryRunOption(command)
}

export const examples = [
  'opstat operator add ana',
  'opstat presence record open ana --session tab-1',
  'opstat presence record status ana --status Online',
  'opstat presence record dialogue-open ana --dialogue D-17',
  'opstat presence record tick',
]

interface RecordOptions {
  readonly session?: string
  readonly dialogue?: string
  readonly status?: string
  readonly inquiry?: string
  readonly at?: string
  readonly dryRun?: boolean
}

/** Appends one record to the feed, as a panel's back end would. */
export async function run(call: Call<RecordOptions>, system: System): Promise<Result<Shown, Failure>> {
  const { feed } = call.globals
  if (feed.file === '-')
    return refuse({
      code: 'usage',
      message: 'a record is appended to a file, not to standard input',
      hint: 'give --heartbeats FILE',
    })
  const { at: text, dryRun = false } = call.options
  const at = text === undefined ? ok(system.clock.now()) : readTime({ flag: '--at', text })
  if (!at.ok) return at
  const snapshot = await openStore(call.globals, system).read()
  if (!snapshot.ok) return snapshot
  const [event, operator] = call.args as [RecordKind, string | undefined]
  const record = recordOf({ at: at.value, event, operator }, call.options, snapshot.value.catalogue)
  if (!record.ok) return record
  const bytes = Buffer.byteLength(formatRecord(record.value)) - 1
  if (bytes > longestLine) return tooLong(event)
  if (!dryRun) {
    const appended = await appendRecord(feed.file, record.value)
    if (!appended.ok) return appended
  }
  const stamp = formatTime(at.value)
  return ok({
    value: { ...record.value, at: stamp },
    human: () => '',
    note: `${dryRun ? 'Would append' : 'Appended'} ${event} at ${stamp} to ${feed.file}`,
  })
}

function recordOf(
  said: { readonly at: number; readonly event: RecordKind; readonly operator: string | undefined },
  options: RecordOptions,
  catalogue: Catalogue,
): Result<FeedRecord, Failure> {
  const { at, event, operator } = said
  if (event === 'tick') return ok({ at, event })
  if (event === 'inquiry')
    return isMissing(options.inquiry)
      ? missing('the inquiry', '--inquiry ID')
      : ok({ at, event, inquiry: options.inquiry })
  if (operator === undefined) return missing('the operator', 'the operator after the event')
  const known = namedOperator(catalogue.operators, operator)
  if (!known.ok) return known
  if (event === 'status') {
    if (options.status === undefined) return missing('the status', '--status STATUS')
    const status = namedStatus(catalogue.statuses, options.status)
    return status.ok ? ok({ at, event, operator, status: status.value.id }) : status
  }
  if (event === 'dialogue-open' || event === 'dialogue-close') {
    return isMissing(options.dialogue)
      ? missing('the dialogue', '--dialogue ID')
      : ok({ at, event, operator, dialogue: options.dialogue })
  }
  const { session = 'cli' } = options
  return isMissing(session) ? missing('the session', '--session SESSION') : ok({ at, event, operator, session })
}

/** A feed's reader takes an empty text for a missing field. */
function isMissing(text: string | undefined): text is undefined | '' {
  return text === undefined || text === ''
}

/** Refused before it is written: no reader would take it (contract §3). */
function tooLong(event: RecordKind): Result<never, Failure> {
  const flag = event.startsWith('dialogue') ? '--dialogue' : event === 'inquiry' ? '--inquiry' : '--session'
  const problem = { path: flag, kind: 'bad-record', reason: 'too-long', value: event } as const
  return refuse({ code: 'invalid', source: commandLine, problems: [problem] })
}

function missing(what: string, flag: string): Result<never, Failure> {
  return refuse({ code: 'missing-answer', what, flag })
}
