import type { Command } from 'commander'
import type { Failure } from '../domain/failure.ts'
import type { Evidence, FeedEvidence, PresenceEvidence } from '../domain/inspection/evidence.ts'
import { examine } from '../domain/inspection/examine.ts'
import { presenceEvidence } from '../domain/inspection/presenceEvidence.ts'
import { createPresenceState } from '../domain/presence/presenceState.ts'
import { startPresent } from '../domain/presence/presentTime.ts'
import { recordNames } from '../domain/presence/recordNames.ts'
import type { RecordNames } from '../domain/records/records.ts'
import { type Result, refuse } from '../domain/result.ts'
import { aheadToleranceMs } from '../domain/rule/engine.ts'
import { createLineParser } from '../feed/lineParser.ts'
import { feedPlaces, readFeedTail, tailBytes } from '../feed/reading/feedTail.ts'
import type { StoreSnapshot } from '../store/port.ts'
import type { System } from '../system/system.ts'
import { showFindings } from '../views/findings/findingWords.ts'
import type { Shown } from '../views/shown.ts'
import type { Call, Globals } from './declaring/command.ts'
import { feedOption } from './declaring/globals.ts'
import { drainFeed, followerOf, openLivePresence } from './live/livePresence.ts'
import { arrangeList, listOptions } from './options/listOptions.ts'
import { withStore } from './storing/openStore.ts'

export function declare(command: Command): void {
  listOptions(command)
  feedOption(command)
}

export const examples = ['opstat doctor', 'opstat doctor --filter level!=note -o json']

/** Looks at everything, changes nothing: catalogue, settings, history, cache, locks, watcher, feed, files. */
export async function run({ globals, options }: Call, system: System): Promise<Result<Shown, Failure>> {
  const { feed } = globals
  if (feed.file === '-') return refuse({ code: 'usage', mistake: 'not-of-standard-input', command: 'doctor' })
  return withStore(globals, system, async (store) => {
    const now = system.clock.now()
    const snapshot = await store.read()
    const inspection = await store.inspect()
    if (!inspection.ok) return inspection
    const evidence: Evidence = {
      now,
      uid: system.account.uid,
      nodeVersion: system.nodeVersion,
      catalogue: snapshot,
      files: store.files(),
      store: inspection.value,
      feed: await lookAtFeed(feed, snapshot, now),
      presence: snapshot.ok ? await presenceNow({ snapshot: snapshot.value, feed, system, now }) : null,
    }
    return arrangeList(showFindings(examine(evidence)), options)
  })
}

async function lookAtFeed(
  feed: Globals['feed'],
  snapshot: Result<StoreSnapshot, Failure>,
  now: number,
): Promise<FeedEvidence> {
  const names = snapshot.ok ? recordNames(createPresenceState(snapshot.value.catalogue)) : anyNames
  const found = await readFeedTail({
    file: feed.file,
    parser: createLineParser({ names, futureLimit: null }),
    now,
    toleranceMs: aheadToleranceMs,
    bytes: tailBytes,
  })
  return { ...feed, found, places: await feedPlaces(feed.file) }
}

async function presenceNow(at: {
  readonly snapshot: StoreSnapshot
  readonly feed: Globals['feed']
  readonly system: System
  readonly now: number
}): Promise<PresenceEvidence> {
  const { snapshot, feed, system, now } = at
  const live = openLivePresence(snapshot, feed, followerOf(feed, system))
  const present = startPresent({ wall: now, steady: system.clock.steady() })
  await drainFeed(live, { present, clock: system.clock, recorded: snapshot.recorded, events: [] })
  await live.follower.close()
  return presenceEvidence(live.state, snapshot.catalogue, now)
}

/** Where no catalogue says who and what there is, every name will do. */
const anyNames: RecordNames = {
  operatorIndex: () => 0,
  statusIndex: () => 0,
  sessionSlot: () => 0,
  dialogueSlot: () => 0,
  inquiryIndex: () => 0,
}
