import { isDeepStrictEqual } from 'node:util'
import { unreachable } from '../../domain/result.ts'
import type { FeedHappening } from '../../domain/watching/notice.ts'
import type { FeedFile, FeedName } from '../files/feedName.ts'
import { isSameInode, parseFingerprint } from '../files/fileIdentity.ts'
import type { Sibling } from '../files/siblings.ts'
import type { FilePlace, TrackedFile } from '../files/trackedFile.ts'
import type { FollowState } from '../follower.ts'

/** The state of a follower of `name`, each change told once. */
export interface ToldState {
  readonly now: FollowState
  become(next: FollowState, happened: FeedHappening[]): void
  /**
   * The reading failed. What the name seemed to be until then is no news where it was unreadable `before` as well.
   */
  fail(errno: string, before: FollowState, happened: FeedHappening[]): void
}

export function createToldState(name: string): ToldState {
  let now: FollowState = { state: 'following' }
  const become: ToldState['become'] = (next, happened) => {
    if (!isDeepStrictEqual(next, now)) happened.push(...eventsOf(next, name))
    now = next
  }
  return {
    get now() {
      return now
    },
    become,
    fail(errno, before, happened) {
      const failed: FollowState = { state: 'unreadable', errno }
      if (!isDeepStrictEqual(before, failed)) become(failed, happened)
      else {
        happened.splice(0, happened.length, ...happened.filter(({ event }) => !ofStates.includes(event)))
        now = failed
      }
    },
  }
}

/** The events that tell of a state. */
const ofStates: readonly string[] = ['appeared', 'missing', 'refused']

export function stateOf(found: FeedName): FollowState {
  switch (found.is) {
    case 'file':
      return { state: 'following' }
    case 'missing':
      return { state: 'missing' }
    case 'refused':
      return { state: 'refused', found: found.found }
    case 'unreadable':
      return { state: 'unreadable', errno: found.errno }
    default:
      return unreachable(found)
  }
}

/** What there is to tell when a follower of `name` comes into a state that it was not in. */
function eventsOf(state: FollowState, name: string): FeedHappening[] {
  switch (state.state) {
    case 'following':
      return [{ event: 'appeared' }]
    case 'missing':
      return [{ event: 'missing' }]
    case 'refused':
      return [{ event: 'refused', found: state.found }]
    case 'unreadable':
      return [{ event: 'unreadable', file: name, errno: state.errno }]
    case 'ended':
      return [{ event: 'ended' }]
    default:
      return unreachable(state)
  }
}

/** How the file at the feed's name took the place of the followed one; nothing where none was followed. */
export function successionOf(
  place: FilePlace | null,
  to: { readonly feed: FeedFile | null; readonly rest: TrackedFile | null; readonly between: readonly Sibling[] },
): FeedHappening[] {
  const print = place === null ? null : parseFingerprint(place.file)
  if (print === null) return []
  const event = to.feed !== null && isSameInode(print, to.feed.facts) ? 'truncated' : 'rotated'
  return [{ event, rest: to.rest === null ? 'gone' : 'read', between: to.between.length }]
}
