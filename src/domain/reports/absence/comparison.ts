import type { Transition } from '../../history/history.ts'
import { compareIds } from '../../order.ts'
import { kindSeen, kindStatus, type RecordBatch } from '../../records/records.ts'
import type { Replay, ReplayResult } from '../../replay/replay.ts'
import { transitionAt } from '../../replay/transitionLog.ts'
import { backSoonMs } from './absence.ts'

/** An automatic switch of a replay. Epoch milliseconds. */
interface PlayedSwitch {
  readonly transition: Transition
  /** Its place in the replay's log. */
  readonly place: number
  /** The last sign of life, or the stay's beginning: from here on nobody was there. */
  readonly base: number
  /** The first sign of life that makes it a false offline: within ten minutes, newer than the base. */
  back: number | null
}

/** What one replay of a comparison has switched so far. */
export interface SwitchTrack {
  readonly replay: Replay
  readonly switches: PlayedSwitch[]
  readonly byOperator: Map<number, PlayedSwitch[]>
  /** When each operator's present stay began, where that was not the replay's start. */
  readonly since: Map<number, number>
  /** Transitions that were looked at. */
  taken: number
}

export function startTrack(replay: Replay): SwitchTrack {
  return { replay, switches: [], byOperator: new Map(), since: new Map(), taken: 0 }
}

/**
 * Looks at what a batch brought about, after the replay has played it: its switches, and its signs of life. A sign
 * newer than a switch's base can only have come after the switch, so the order within the batch does not matter.
 */
export function trackBatch(track: SwitchTrack, batch: RecordBatch): void {
  takeTransitions(track)
  for (let index = 0; index < batch.length; index++) {
    const kind = batch.kind[index] as number
    if (kind > kindStatus && kind !== kindSeen) continue
    const at = batch.at[index] as number
    if (track.replay.setup.until !== null && at > track.replay.setup.until) continue
    for (const played of track.byOperator.get(batch.operator[index] as number) ?? []) {
      if (at <= played.base || at > played.transition.at + backSoonMs) continue
      played.back = Math.min(played.back ?? at, at)
    }
  }
}

/** Milliseconds, except for counts. */
export interface SwitchSums {
  readonly switches: number
  /** Receiving, but not there: from the base to each switch. */
  readonly ghostMs: number
  /** Switches followed by a sign of life within ten minutes. */
  readonly falseOffline: number
  /** There, but switched away: from that sign of life to the end of the stay. */
  readonly falseOfflineMs: number
}

export interface MovedSwitch {
  readonly before: Transition
  readonly after: Transition
}

/** What changed settings would have done differently. A switch is the same where it ends the same silence. */
export interface ComparedSwitches {
  readonly before: SwitchSums
  readonly after: SwitchSums
  readonly added: readonly Transition[]
  readonly removed: readonly Transition[]
  readonly moved: readonly MovedSwitch[]
}

export interface Comparison extends ComparedSwitches {
  /** By operator id; only operators who were switched under either settings. */
  readonly operators: readonly (ComparedSwitches & { readonly operator: string })[]
}

/** Compares two replays of the same records that are both finished. */
export function compareTracks(
  before: { readonly track: SwitchTrack; readonly result: ReplayResult },
  after: { readonly track: SwitchTrack; readonly result: ReplayResult },
): Comparison {
  // Both are counted up to the same end: the later one's.
  const end = Math.max(before.result.to ?? Number.NEGATIVE_INFINITY, after.result.to ?? Number.NEGATIVE_INFINITY)
  const [old, now] = [before, after].map(({ track }) => finishedSwitches(track, end)) as [
    FinishedSwitch[],
    FinishedSwitch[],
  ]
  const [oldOf, nowOf] = [byOperator(old), byOperator(now)]
  return {
    ...compareSwitches(old, now),
    operators: [...new Set([...oldOf.keys(), ...nowOf.keys()])]
      .sort(compareIds)
      .map((operator) => ({ operator, ...compareSwitches(oldOf.get(operator) ?? [], nowOf.get(operator) ?? []) })),
  }
}

function byOperator(switches: readonly FinishedSwitch[]): Map<string, FinishedSwitch[]> {
  const found = new Map<string, FinishedSwitch[]>()
  for (const one of switches) {
    const own = found.get(one.transition.operator)
    if (own === undefined) found.set(one.transition.operator, [one])
    else own.push(one)
  }
  return found
}

interface FinishedSwitch extends PlayedSwitch {
  /** The end of the stay in the target. */
  readonly until: number
}

function finishedSwitches(track: SwitchTrack, end: number): FinishedSwitch[] {
  takeTransitions(track)
  const { log, order } = track.replay
  const ends = new Map<number, number>()
  const open = new Map<number, number>()
  for (const place of order) {
    const operator = log.operator[place] as number
    const earlier = open.get(operator)
    if (earlier !== undefined) ends.set(earlier, log.at[place] as number)
    open.set(operator, place)
  }
  return track.switches.map((played) => ({ ...played, until: ends.get(played.place) ?? end }))
}

function takeTransitions(track: SwitchTrack): void {
  const { replay, switches, byOperator, since } = track
  const { log } = replay
  for (; track.taken < log.length; track.taken++) {
    const place = track.taken
    const operator = log.operator[place] as number
    const transition = transitionAt(log, place)
    if (transition.cause === 'auto-offline') {
      const began = since.get(operator) ?? replay.from ?? transition.at
      const played = { transition, place, base: Math.max(transition.lastSeen ?? began, began), back: null }
      switches.push(played)
      byOperator.set(operator, [...(byOperator.get(operator) ?? []), played])
    }
    since.set(operator, transition.at)
  }
}

function compareSwitches(old: readonly FinishedSwitch[], now: readonly FinishedSwitch[]): ComparedSwitches {
  const keyOf = ({ transition, base }: PlayedSwitch) => `${transition.operator} ${base}`
  const earlier = new Map(old.map((played) => [keyOf(played), played]))
  const later = new Set(now.map(keyOf))
  return {
    before: sumsOf(old),
    after: sumsOf(now),
    added: now.filter((played) => !earlier.has(keyOf(played))).map(({ transition }) => transition),
    removed: old.filter((played) => !later.has(keyOf(played))).map(({ transition }) => transition),
    moved: now.flatMap((played) => {
      const same = earlier.get(keyOf(played))
      if (same === undefined) return []
      const [one, other] = [same.transition, played.transition]
      return one.at === other.at && one.to === other.to ? [] : [{ before: one, after: other }]
    }),
  }
}

function sumsOf(switches: readonly FinishedSwitch[]): SwitchSums {
  const gone = switches.filter(({ back }) => back !== null)
  return {
    switches: switches.length,
    ghostMs: switches.reduce((sum, { transition, base }) => sum + transition.at - base, 0),
    falseOffline: gone.length,
    falseOfflineMs: gone.reduce((sum, { transition, back, until }) => {
      return sum + Math.max(0, until - Math.max(back ?? until, transition.at))
    }, 0),
  }
}
