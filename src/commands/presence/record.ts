import { Argument, type Command } from 'commander'
import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { namedOperator, namedStatus } from '../../domain/catalogue/named.ts'
import { commandLine, type Failure } from '../../domain/failure.ts'
import { type FeedRecord, type RecordKind, recordKinds } from '../../domain/records/records.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { appendRecord, formatRecord } from '../../feed/appendRecord.ts'
import { longestLine } from '../../feed/feedFile.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { showRecorded } from '../../views/presence/recorded.ts'
import type { Shown } from '../../views/shown.ts'
import type { Asking } from '../asking/ask.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption, feedOption } from '../declaring/globals.ts'
import { readTime } from '../options/readTime.ts'
import { openStore } from '../storing/openStore.ts'
import { answersOrAsk, eventOrAsk, type RecordAnswers, type SaidRecord } from './recordAnswers.ts'

export function declare(command: Command): void {
  command
    .addArgument(new Argument('[event]', 'what happened').choices(recordKinds))
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

interface RecordOptions extends Omit<RecordAnswers, 'operator'> {
  readonly at?: string
  readonly dryRun?: boolean
}

/** Appends one record to the feed, as a panel's back end would. */
export async function run(call: Call<RecordOptions>, system: System): Promise<Result<Shown, Failure>> {
  const { feed } = call.globals
  if (feed.file === '-') return refuse({ code: 'usage', mistake: 'not-of-standard-input', command: 'presence record' })
  const at = call.options.at === undefined ? ok(null) : readTime({ flag: '--at', text: call.options.at })
  if (!at.ok) return at
  const store = openStore(call.globals, system)
  const said = await readSaid(call, { globals: call.globals, system }, store)
  if (!said.ok) return said
  const snapshot = await store.read()
  if (!snapshot.ok) return snapshot
  const record = recordOf(said.value, at.value ?? system.clock.now(), snapshot.value.catalogue)
  if (!record.ok) return record
  return write(record.value, { feed: feed.file, effect: call.options.dryRun === true ? 'rehearsed' : 'made' })
}

async function readSaid(call: Call<RecordOptions>, asking: Asking, store: Store): Promise<Result<SaidRecord, Failure>> {
  const [given, operator] = call.args as [RecordKind | undefined, string | undefined]
  const event = await eventOrAsk(given, asking)
  if (!event.ok) return event
  return answersOrAsk(
    event.value,
    { ...call.options, ...(operator === undefined ? {} : { operator }) },
    { asking, store },
  )
}

/** The record with the catalogue's names. */
function recordOf(said: SaidRecord, at: number, catalogue: Catalogue): Result<FeedRecord, Failure> {
  if (!('operator' in said)) return ok({ at, ...said })
  const operator = namedOperator(catalogue.operators, said.operator)
  if (!operator.ok) return operator
  if (said.event !== 'status') return ok({ at, ...said })
  const status = namedStatus(catalogue.statuses, said.status)
  return status.ok ? ok({ at, ...said, status: status.value.id }) : status
}

async function write(
  record: FeedRecord,
  { feed, effect }: { readonly feed: string; readonly effect: 'made' | 'rehearsed' },
): Promise<Result<Shown, Failure>> {
  const bytes = Buffer.byteLength(formatRecord(record)) - 1
  if (bytes > longestLine) return tooLong(record.event)
  if (effect === 'made') {
    const appended = await appendRecord(feed, record)
    if (!appended.ok) return appended
  }
  return ok(showRecorded(record, { feed, effect }))
}

/** Refused before it is written: no reader would take it (contract §3). */
function tooLong(event: RecordKind): Result<never, Failure> {
  const flag = event.startsWith('dialogue') ? '--dialogue' : event === 'inquiry' ? '--inquiry' : '--session'
  const problem = { path: flag, kind: 'bad-record', reason: 'too-long', value: event } as const
  return refuse({ code: 'invalid', source: commandLine, problems: [problem] })
}
