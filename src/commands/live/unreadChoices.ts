import { startPresent } from '../../domain/presence/presentTime.ts'
import type { PresenceEvent } from '../../domain/rule/events.ts'
import type { StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'
import { drainFeed, followerOf, openLivePresence } from './livePresence.ts'

export type Choice = Extract<PresenceEvent, { type: 'status-entered' }>

/** What an operator chose in the panel that no watcher has recorded yet, oldest first. A feed that is not there tells nothing. */
export async function unreadChoices(
  snapshot: StoreSnapshot,
  operator: string,
  { globals, system }: { readonly globals: Globals; readonly system: System },
): Promise<readonly Choice[]> {
  const events: PresenceEvent[] = []
  const live = openLivePresence(snapshot, globals.feed, followerOf(globals.feed, system))
  try {
    const present = startPresent({ wall: system.clock.now(), steady: system.clock.steady() })
    await drainFeed(live, { present, clock: system.clock, recorded: snapshot.recorded, events })
  } finally {
    await live.follower.close()
  }
  return events.filter((event) => event.type === 'status-entered' && event.operator === operator) as Choice[]
}
