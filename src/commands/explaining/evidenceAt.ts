import type { ExplainingEvidence } from '../../domain/explaining/explainingEvidence.ts'
import {
  type LookBack,
  lookAtBatch,
  recordedByReplay,
  startLookBack,
  unrecordedChoices,
} from '../../domain/explaining/lookBack.ts'
import { catalogueThen } from '../../domain/explaining/operatorPast.ts'
import type { Failure } from '../../domain/failure.ts'
import { lostBefore } from '../../domain/history/fedAt.ts'
import { recordNames } from '../../domain/presence/recordNames.ts'
import { createReplay, finishReplay, type ReplayResult, replayBatch } from '../../domain/replay/replay.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { cutNotes } from '../../views/reports/reportNotes.ts'
import type { Globals } from '../declaring/command.ts'
import { type FeedRead, readWholeFeed } from '../reporting/feedReading.ts'
import type { Gathered } from './evidenceNow.ts'
import type { StoredPast } from './storedPast.ts'

/**
 * A look back at an instant: statuses, rules and stays as the history has them, the rest as the feed says as far as it
 * is kept. Where the history knows nothing of the operator yet, the feed is played as `simulate` does, and what the
 * rule makes of it stands in for the history.
 */
export function gatherAt(globals: Globals, system: System, stored: StoredPast): Promise<Result<Gathered, Failure>> {
  const isRecorded = stored.past.transitions.length > 0 || !stored.isInRoster
  return isRecorded ? gatherRecorded(globals, system, stored) : gatherReplayed(globals, system, stored)
}

async function gatherRecorded(
  globals: Globals,
  system: System,
  { operator, past, catalogue: present }: StoredPast,
): Promise<Result<Gathered, Failure>> {
  const { instant, recorded } = past
  const then = catalogueThen(recorded, present)
  const isThere = then.operators.some(({ id }) => id === operator.id)
  const catalogue = isThere ? then : { ...then, operators: [...then.operators, operator] }
  const about = { catalogue, recorded, instant, recordedUntil: past.watchedUntil }
  const back = startLookBack({ id: operator.id, isThere }, about)
  const feed = await readInto(back, globals, system)
  if (!feed.ok) return feed
  const evidence: ExplainingEvidence = {
    ...{ operator, at: instant, source: 'recorded', state: back.state, catalogue, start: null, held: null },
    transitions: [...past.transitions, ...unrecordedChoices(back, operator.id)],
    rulesAtSwitch: past.rulesAtSwitch,
    concerning: past.concerning,
    next: past.next,
    ...keptOf(feed.value, back, past),
  }
  return ok({ evidence, notes: notesOf(feed.value, evidence) })
}

async function gatherReplayed(
  globals: Globals,
  system: System,
  { operator, past, catalogue }: StoredPast,
): Promise<Result<Gathered, Failure>> {
  const at = past.instant
  const played = await playWholeFeed(globals, system, catalogue)
  if (!played.ok) return played
  const recorded = recordedByReplay(played.value, at)
  const about = { catalogue, recorded, instant: at, recordedUntil: Number.POSITIVE_INFINITY }
  const back = startLookBack({ id: operator.id, isThere: true }, about)
  const feed = await readInto(back, globals, system)
  if (!feed.ok) return feed
  const isPlayed = recorded.stays.has(operator.id)
  const own = played.value.transitions.filter((transition) => transition.operator === operator.id)
  const evidence: ExplainingEvidence = {
    ...{ operator, at, state: back.state, catalogue, start: played.value.from },
    source: isPlayed ? 'replayed' : 'recorded',
    transitions: own.filter((transition) => transition.at <= at),
    ...{ rulesAtSwitch: null, concerning: [] },
    // What the rule makes of the feed later on is told only where it is told as such.
    next: isPlayed ? (own.find((transition) => transition.at > at) ?? null) : past.next,
    held: played.value.problems.flatMap((problem) => (problem.type === 'held' ? [problem] : [])),
    ...keptOf(feed.value, back, past),
  }
  return ok({ evidence, notes: notesOf(feed.value, evidence) })
}

/** The feed's part of the evidence. */
function keptOf(
  { span }: FeedRead,
  { trace }: LookBack,
  { firstFedAt }: StoredPast['past'],
): Pick<ExplainingEvidence, 'trace' | 'lostBefore'> {
  return { trace: span === null ? null : trace, lostBefore: lostBefore(span, firstFedAt) }
}

/** What could not be used, and that the feed is not kept so far back. */
function notesOf(feed: FeedRead, { at, lostBefore }: Pick<ExplainingEvidence, 'at' | 'lostBefore'>): readonly string[] {
  return at < lostBefore ? [...feed.notes, ...cutNotes(feed)] : feed.notes
}

function readInto(back: LookBack, globals: Globals, system: System): Promise<Result<FeedRead, Failure>> {
  return readWholeFeed(globals, system, {
    names: recordNames(back.state),
    onBatch: (batch) => lookAtBatch(back, batch),
  })
}

async function playWholeFeed(
  globals: Globals,
  system: System,
  catalogue: StoredPast['catalogue'],
): Promise<Result<ReplayResult, Failure>> {
  const replay = createReplay({ catalogue, start: null, until: null, initial: new Map() })
  const feed = await readWholeFeed(globals, system, {
    names: recordNames(replay.state),
    onBatch: (batch) => {
      replayBatch(replay, batch)
    },
  })
  return feed.ok ? ok(finishReplay(replay, null).result) : feed
}
