import type { Command } from 'commander'
import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import type { Failure } from '../../domain/failure.ts'
import { judge } from '../../domain/replay/expectations.ts'
import { createReplay, finishReplay, type Replay, type ReplayResult } from '../../domain/replay/replay.ts'
import type { Transitions } from '../../domain/replay/transitionLog.ts'
import { complianceReport } from '../../domain/reports/compliance/compliance.ts'
import { ledgerOfReplay } from '../../domain/reports/ledger/replayedLedger.ts'
import { reportedOperators } from '../../domain/reports/timeReport.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { missingFeedNote } from '../../views/findings/feedNotes.ts'
import { skippedNotes } from '../../views/findings/skippedLines.ts'
import type { Simulation } from '../../views/presence/simulation.ts'
import { showSimulation, transitionLines } from '../../views/presence/simulationView.ts'
import { inPieces } from '../../views/rows.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { feedOption } from '../declaring/globals.ts'
import { startComparing } from '../simulating/comparing.ts'
import { preparePlay, type SimulateOptions } from '../simulating/playing.ts'

export function declare(command: Command): void {
  command
    .argument('[scenario]', 'a scenario to play, JSON or YAML; - is standard input (default: the feed)')
    .option('--until <time>', 'play up to this instant, itself included')
    .option('--initial <operator=status...>', "where operators start; '*=online' is for all")
    .option('--set <key=value...>', 'play under another setting, as in `settings set`')
    .option('--compare', 'show what --set changes beside the present settings')
    .option('--timeline', 'draw a bar for each operator')
  feedOption(command)
}

export const examples = [
  'opstat operator add ana --name "Ana Kovalenko"',
  'opstat presence record open ana --session tab-1',
  "opstat presence simulate --initial '*=online'",
  'opstat presence simulate --initial ana=online --set offline-after=5m --timeline',
  'opstat presence simulate --initial ana=online --set offline-after=5m --compare',
  'opstat presence simulate --initial ana=online -o json',
]

/** Plays a scenario or a feed in virtual time and shows what the rule would do. Changes nothing on disk. */
export async function run(call: Call<SimulateOptions>, system: System): Promise<Result<Shown, Failure>> {
  system.spareMemory?.()
  const prepared = await preparePlay(call, system)
  if (!prepared.ok) return prepared
  const { catalogue, setup, expect, unread, play } = prepared.value
  const replay = createReplay(setup)
  const comparing = startComparing(call.options, prepared.value, replay)
  if (!comparing.ok) return comparing
  const streams = call.globals.format === 'jsonl'
  const onTransitions = async (transitions: Transitions) => {
    if (!streams || transitions.length === 0) return
    for (const some of inPieces(transitions)) await system.stdout.write(transitionLines(some))
  }
  const played = await play(replay, onTransitions, comparing.value)
  if (!played.ok) return played
  const lastExpected = expect.reduce<number | null>((latest, { at }) => Math.max(latest ?? at, at), null)
  const { last, result } = finishReplay(replay, lastExpected)
  await onTransitions(last)
  const { missing } = played.value
  const simulation: Simulation = {
    replay,
    result,
    catalogue,
    skipped: played.value.skipped,
    skippedNotes: [...(missing === null ? [] : [missingFeedNote(missing)]), ...skippedNotes(played.value)],
    expectations: judge(expect, result),
    showsTimeline: call.options.timeline === true,
    comparison: comparing.value?.finish(result, lastExpected) ?? null,
    compliance: complianceOf(replay, result, catalogue),
  }
  return ok(showSimulation(simulation, { transitions: streams ? 'written' : 'unwritten', unread }))
}

/** Null where the catalogue has no calendars. */
function complianceOf(replay: Replay, result: ReplayResult, catalogue: Catalogue): Simulation['compliance'] {
  const { from, to } = result
  if (catalogue.calendars.length === 0 || from === null || to === null) return null
  const ledger = ledgerOfReplay(replay, result, catalogue)
  const operators = reportedOperators(ledger, { from, to })
  return complianceReport(ledger, { window: { from, to }, operators, knownUntil: to }).flatMap(({ rows }) => rows)
}
