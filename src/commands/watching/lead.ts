import type { Clock } from '../../domain/clock.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { Leadership, Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { OpenFollower } from '../live/livePresence.ts'
import type { Outlets } from '../telling/outlets.ts'
import type { Teller } from '../telling/teller.ts'
import type { Watcher } from './watcher.ts'

/** The files that a watcher works on. */
export interface WatchGround {
  /** A store object that knows nothing yet and waits by the clock. */
  readonly openStore: (clock: Clock) => Store
  readonly openFollower: OpenFollower
  readonly outlets?: Outlets
}

/** How often a watcher looks: `once`, or at every interval until it is stopped. */
export interface Pace {
  readonly mode: Watcher['mode']
  readonly intervalMs: number
}

/** A store that this watcher leads. */
export interface Lead {
  readonly store: Store
  /** Null for a dry run, which runs beside a watcher. */
  readonly leadership: Leadership | null
}

/**
 * One watcher decides, the others stand by until it is gone. Null: stopped before it was, or there was only one turn to
 * take. What refuses a start does not end a standby: it may be mended before its turn comes.
 */
export async function takeTheLead(
  ground: WatchGround,
  system: System,
  { teller, pace }: { readonly teller: Teller; readonly pace: Pace },
): Promise<Result<Lead | null, Failure>> {
  const readable = await ground.openStore(system.clock).read()
  if (!readable.ok) return readable
  for (let attempt = 0; !system.stop.aborted; attempt++) {
    const lead = await tryToLead(ground, system.clock)
    if (lead.ok ? lead.value !== null : attempt === 0) return lead
    if (attempt === 0) await teller.tell([{ type: 'standby', at: system.clock.now() }])
    if (pace.mode === 'once') return ok(null)
    await teller.tellTurn(lead.ok ? ok([]) : lead, system.clock.now())
    await system.clock.sleep(pace.intervalMs, system.stop)
  }
  return ok(null)
}

async function tryToLead(ground: WatchGround, clock: Clock): Promise<Result<Lead | null, Failure>> {
  const leadership = await ground.openStore(clock).lead()
  if (!leadership.ok) return leadership
  if (leadership.value === null) return ok(null)
  const store = ground.openStore(clock)
  const readable = await recall(store)
  if (readable.ok) return ok({ store, leadership: leadership.value })
  await leadership.value.release()
  return readable
}

/** What the one before left must not be forgotten for an error that passes. */
async function recall(store: Store): Promise<Result<unknown, Failure>> {
  const snapshot = await store.read()
  if (!snapshot.ok || snapshot.value.checkpointFailure === null) return snapshot
  return refuse(snapshot.value.checkpointFailure)
}
