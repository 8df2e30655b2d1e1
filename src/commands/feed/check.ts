import type { Command } from 'commander'
import { type Catalogue, defaultSettings, findStatus, sessionTimeoutOf } from '../../domain/catalogue/catalogue.ts'
import type { Failure } from '../../domain/failure.ts'
import { feedFindings } from '../../domain/feedCheck/feedFindings.ts'
import { createSurvey, type SurveyRule } from '../../domain/feedCheck/survey.ts'
import { surveyBatch } from '../../domain/feedCheck/surveyBatch.ts'
import type { Known } from '../../domain/feedCheck/surveyedNames.ts'
import { ok, type Result } from '../../domain/result.ts'
import { createLineParser } from '../../feed/lineParser.ts'
import { readFeed } from '../../feed/reading/wholeFeed.ts'
import type { System } from '../../system/system.ts'
import { showFeedFindings } from '../../views/findings/feedCheckWords.ts'
import { missingFeedNote } from '../../views/findings/feedNotes.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { feedOption } from '../declaring/globals.ts'
import { arrangeList, listOptions } from '../options/listOptions.ts'
import { withProgress } from '../printing/progress.ts'
import { feedSource } from '../sources/feedSource.ts'
import { sourceName } from '../sources/sourceName.ts'
import { withStore } from '../storing/openStore.ts'

export function declare(command: Command): void {
  command.argument('[file]', 'the feed to check; - is standard input (default: the one that --heartbeats names)')
  listOptions(command)
  feedOption(command)
}

export const examples = [
  'opstat operator add ana',
  'opstat presence record open ana',
  'opstat feed check',
  'opstat feed check examples/bank-day/feed.jsonl --store examples/bank-day/statuses.json -o json',
]

/** Reads a feed from its beginning and says what in it would mislead the rule. Works without a catalogue too. */
export async function run({ args, globals, options }: Call, system: System): Promise<Result<Shown, Failure>> {
  const [named] = args as [string | undefined]
  const file = named === undefined ? globals.feed.file : named === '-' ? '-' : system.absolute(named)
  const snapshot = await withStore(globals, system, (store) => store.read())
  if (!snapshot.ok && snapshot.failure.code !== 'store-missing') return snapshot
  const catalogue = snapshot.ok ? snapshot.value.catalogue : null
  const survey = createSurvey(ruleOf(catalogue, system.clock.now()), catalogue && knownTo(catalogue))
  const parser = createLineParser({ names: survey.names, futureLimit: null })
  const source = feedSource(file, system)
  const work = { doing: 'checking', to: sourceName(file), records: () => parser.counts.lines }
  const read = await withProgress(work, { globals, system }, (pace) =>
    readFeed({ source, parser, onBatch: (batch) => surveyBatch(survey, batch), pace }),
  )
  const isMissingDefault = named === undefined && !globals.feed.named && !read.ok && isMissing(read.failure)
  if (isMissingDefault) return ok({ value: [], human: () => '', names: [], note: missingFeedNote(file) })
  if (!read.ok) return read
  const counts = { ...parser.counts, ...read.value, hasCatalogue: catalogue !== null }
  return arrangeList(showFeedFindings(feedFindings(survey, counts)), options)
}

function isMissing(failure: Failure): boolean {
  return failure.code === 'file' && failure.errno === 'ENOENT'
}

function ruleOf(catalogue: Catalogue | null, now: number): SurveyRule {
  const settings = catalogue?.settings ?? defaultSettings
  return {
    offlineAfterMs: settings.offlineAfterMs,
    sessionTimeoutMs: sessionTimeoutOf(settings),
    feedTimeoutMs: settings.feedTimeoutMs ?? (defaultSettings.feedTimeoutMs as number),
    now,
  }
}

function knownTo({ operators, statuses }: Catalogue): Known {
  return {
    operators: new Set(operators.map(({ id }) => id)),
    isStatus: (reference) => findStatus(statuses, reference) !== undefined,
  }
}
