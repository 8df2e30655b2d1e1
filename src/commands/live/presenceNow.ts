import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import type { Failure } from '../../domain/failure.ts'
import type { PresenceState } from '../../domain/presence/presenceState.ts'
import { startPresent } from '../../domain/presence/presentTime.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { missingFeedNote } from '../../views/findings/feedNotes.ts'
import { skippedNotes } from '../../views/findings/skippedLines.ts'
import type { Globals } from '../declaring/command.ts'
import { withProgress } from '../printing/progress.ts'
import { openStore } from '../storing/openStore.ts'
import { feedRefusal } from './feedRefusal.ts'
import { drainFeed, followerOf, type LivePresence, openLivePresence } from './livePresence.ts'

export interface PresenceNow {
  readonly state: PresenceState
  readonly catalogue: Catalogue
  /** Everybody in the roster, in any order. */
  readonly roster: LivePresence['roster']
  readonly now: number
  /** Sentences about what could not be used. */
  readonly notes: readonly string[]
}

/**
 * Everybody as they are now: recorded statuses with the unread rest of the feed applied, never an invented switch
 * (contract §4.11). Reads alone. A missing default feed is an empty one; a named one is refused.
 */
export async function readPresenceNow(globals: Globals, system: System): Promise<Result<PresenceNow, Failure>> {
  const store = openStore(globals, system)
  const snapshot = await store.read()
  if (!snapshot.ok) return snapshot
  const now = system.clock.now()
  const live = openLivePresence(snapshot.value, globals.feed, followerOf(globals.feed, system))
  const { file } = globals.feed
  const work = { doing: 'reading', to: file, records: () => live.parser.counts.lines }
  const { state: look } = await withProgress(work, { globals, system }, (pace) =>
    drainFeed(live, {
      present: startPresent({ wall: now, steady: system.clock.steady() }),
      clock: system.clock,
      recorded: snapshot.value.recorded,
      events: [],
      pace,
    }),
  )
  await live.follower.close()
  const refusal = feedRefusal(look, globals.feed)
  if (refusal !== null) return refuse(refusal)
  const notes = look.state === 'missing' ? [missingFeedNote(file)] : skippedNotes(live.parser.counts)
  return ok({ state: live.state, roster: live.roster, catalogue: snapshot.value.catalogue, now, notes })
}
